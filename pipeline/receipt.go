package pipeline

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"hedui/pipeline/fault"
	"hedui/reports"
)

// WriteReceipt writes into folder, for the township, what became of each of its answers. It
// is as private as the workbook: reasons name numbers in full.
func (f *FeedbackFile) WriteReceipt(folder string) (path string, err error) {
	base := filepath.Base(f.Path)
	path = filepath.Join(folder, strings.TrimSuffix(base, filepath.Ext(base))+".回执.csv")
	rows := [][]string{{"工作表", "行号", "疑点编号", "登记情况", "代码", "原因", "处理办法"}}
	for _, told := range f.Refused {
		rows = append(rows, []string{"", "", "", "没有登记", string(told.Code), told.Err.Error(), told.Remedy})
	}
	for _, a := range f.Answers {
		row := []string{a.Sheet, strconv.Itoa(a.Row), a.FindingID, "已登记", "", "", ""}
		switch told := f.Fault(a); {
		case told != nil:
			row[3], row[4], row[5], row[6] = "没有登记", string(told.Code), told.Err.Error(), told.Remedy
		case !a.NewlyEntered:
			row[3] = "以前登记过或重复"
		}
		row[0], row[2], row[5] = reports.Inert(a.Sheet), reports.Inert(a.FindingID), reports.Inert(row[5]) // as the town wrote them
		rows = append(rows, row)
	}
	unwritable := func(err error) error {
		return fault.New(fault.Usage, "--receipt "+folder, "核查结论已登记；检查文件夹权限后重报一次即可得到回执。", err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", unwritable(err)
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return "", unwritable(err)
	}
	defer func() {
		if closed := out.Close(); err == nil && closed != nil {
			err = unwritable(closed)
		}
	}()
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return "", unwritable(err)
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return "", unwritable(err)
	}
	return path, nil
}
