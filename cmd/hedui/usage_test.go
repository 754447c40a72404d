package main

import (
	"strings"
	"testing"

	"hedui/pipeline/fault"
)

// TestWrongCommandLineIsToldInChinese: whatever is wrong with it, the program ends with
// the status of a wrong command line and says so in words of its own.
func TestWrongCommandLineIsToldInChinese(t *testing.T) {
	for line, told := range map[string]string{
		"ruin":                    "没有这个命令：ruin",
		"run --as":                "没有这个选项：--as",
		"run -x":                  "没有这个选项：-x",
		"run --=1":                "没有这个选项：--=1",
		"run --as-of":             "选项后面要写值：--as-of",
		"sample --n many":         "选项 --n 的值不对：many",
		"status --max-age soon":   "选项 --max-age 的值不对：soon",
		"summary --to 2021-06-30": `缺少选项："from"`,
		"person":                  "要写 1 个文件或名称，写了 0 个",
		"feedback":                "至少要写 1 个文件或名称，写了 0 个",
		"rules LB01 LB02":         "文件或名称的个数不对",
	} {
		var out, errs strings.Builder
		status := run(strings.Fields(line), strings.NewReader(""), &out, &errs)
		if want := string(fault.Usage) + "｜命令行｜" + told + "｜"; status != fault.ExitUsage || !strings.Contains(errs.String(), want) {
			t.Errorf("hedui %s ended with status %d and %s, not %s", line, status, errs.String(), want)
		}
	}
}
