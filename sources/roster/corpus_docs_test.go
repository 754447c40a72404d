package roster_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const docsHead = `# 读得了什么样的名册

报来的名册有各种毛病。下表是程序的试验用文件：从一份完好的名册出发，每次只弄坏一处，共 %d 种、%d 个文件。
“结果”为“同完好的名册”的，读出的每一行、每一个单元格都与完好的名册相同，行号与 Excel 里看到的相同，
行数账目相符（“身份证号原文”一列总是照写，不在此列）；另有说明的，除说明的内容外都相同；写着错误代码的，整个文件不读，并说明原因和处理办法。

格式以文件内容为准，不看文件名：XLS 指 Excel 97–2003，XLS 95 指 Excel 5 和 95，HTML 指名为 .xls 的网页，XML 指 Excel 的 XML 表格 2003。
其中的工作簿还经 LibreOffice 重新保存后再读一遍。

本表由 ` + "`go test ./sources/roster -run CorpusDocs -update`" + ` 生成，请勿手改。

| 名称 | 格式 | 损坏 | 结果 |
|---|---|---|---|
`

// TestCorpusDocs keeps docs/reading.md what the corpus is.
func TestCorpusDocs(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "reading.md")
	want := corpusDocs(t)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not current: run this test with -update", path)
	}
}

func corpusDocs(t *testing.T) []byte {
	var b bytes.Buffer
	kinds, files := 0, 0
	names := map[string]bool{}
	for _, d := range corpus() {
		if names[d.name] {
			t.Errorf("%s comes twice", d.name)
		}
		names[d.name] = true
		kept := len(d.but) == 0 || slices.Equal(d.but, []string{"id_raw"})
		if d.outcome == "" && d.refused == "" && (d.want != nil || !kept) {
			t.Errorf("%s: it is not said what is lawfully changed", d.name)
		}
		kinds++
		files += len(d.formats)
	}
	fmt.Fprintf(&b, docsHead, kinds, files)
	for _, d := range corpus() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", inTable(d.name), strings.Join(d.formats, "、"), inTable(d.what), inTable(d.result()))
	}
	return b.Bytes()
}

func (d damage) result() string {
	switch {
	case d.refused != "":
		return "拒收，" + string(d.refused)
	case d.outcome != "":
		return d.outcome
	}
	return "同完好的名册"
}

// inTable writes a text as a cell of a Markdown table.
func inTable(text string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", "*", "\\*", "_", "\\_", "`", "\\`").Replace(text)
}
