package pipeline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hedui/pipeline/fault"
	"hedui/reports"
)

// WriteReceipts writes into folder, for the townships, a receipt of each file, and gives their
// paths: empty from the one that could not be written. Every town has a 漏保.csv: the second of
// a call gets 漏保_2.回执.csv, not the place of the first's.
func (f *Feedback) WriteReceipts(folder string) ([]string, error) {
	paths := make([]string, len(f.Files))
	for i := range f.Files {
		base := filepath.Base(f.Files[i].Path)
		stem := filepath.Join(folder, strings.TrimSuffix(base, filepath.Ext(base)))
		path := stem + ".回执.csv"
		for n := 2; slices.Contains(paths, path); n++ {
			path = fmt.Sprintf("%s_%d.回执.csv", stem, n)
		}
		if err := f.Files[i].writeReceipt(path); err != nil {
			return paths, fault.New(fault.Usage, "--receipt "+folder, "核查结论已登记；检查文件夹权限后重报一次即可得到回执。", err)
		}
		paths[i] = path
	}
	return paths, nil
}

// writeReceipt tells what became of each answer. It is as private as the workbook: reasons
// name numbers in full.
func (f *FeedbackFile) writeReceipt(path string) (err error) {
	rows := [][]string{{"工作表", "行号", "疑点编号", "登记情况", "代码", "原因", "处理办法"}}
	for _, told := range f.Refused {
		rows = append(rows, []string{"", "", "", "没有登记", string(told.Code), told.Err.Error(), told.Remedy})
	}
	for _, a := range f.Answers {
		row := []string{a.Sheet, strconv.Itoa(a.Row), a.FindingID, "已登记", "", "", ""}
		switch told := refusal(a); {
		case told != nil:
			row[3], row[4], row[5], row[6] = "没有登记", string(told.Code), told.Err.Error(), told.Remedy
		case !a.NewlyEntered:
			row[3] = "以前登记过或重复"
		case a.Former != "":
			row[5] = "原来的结论是" + a.Former + "，已改"
		}
		row[0], row[2], row[5] = reports.Inert(a.Sheet), reports.Inert(a.FindingID), reports.Inert(row[5]) // as the town wrote them
		rows = append(rows, row)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	return csv.NewWriter(out).WriteAll(rows)
}
