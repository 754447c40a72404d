package fault_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"hedui/pipeline/fault"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"上板城镇低保.csv":                "上板城镇低保.csv",
		"a\nb\r\x00":                `a\nb\r\u0000`,
		"\x1b]0;x\x07":              `\u001b]0;x\u0007`,
		"\u009b31m":                 `\u009b31m`,
		"\u202egpj.exe\u2066\u200b": `\u202egpj.exe\u2066\u200b`,
		"\ufeff\u2028":              `\ufeff\u2028`,
		"\xff\x9b":                  `\ufffd\ufffd`,
		"\x7f\U000e0041":            `\u007f\udb40\udc41`,
		"𠮷\ue000":                   "𠮷\ue000", // beyond the BMP, and for private use: names have such
	} {
		if got := fault.Plain(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := fault.PlainLines("一\t二\n\x1b[2J"); got != "一\t二\n\\u001b[2J" {
		t.Errorf("lines: %q", got)
	}
}

// TestErrorIsOneLine: a file's name cannot write a line of its own into a log.
func TestErrorIsOneLine(t *testing.T) {
	err := fault.New(fault.SourceUnclaimed, "《低保\n错误：E-RUN-01.csv》", "移出\x1b[2J。", errors.New("甲\nb"))
	if got, want := err.Error(), `E-SRC-04｜《低保\n错误：E-RUN-01.csv》｜甲\nb｜处理办法：移出\u001b[2J。`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestOperatorsReadChinese: of what departments send no word of the reader's is told, and of none
// what was wrapped around a fault; all of it is there for whoever asks.
func TestOperatorsReadChinese(t *testing.T) {
	missing := fmt.Errorf("find file: %w", &fs.PathError{Op: "stat", Path: "/收件夹/a", Err: syscall.ENOENT})
	for _, c := range []struct {
		code fault.Code
		err  error
		want string
	}{
		{fault.SourceUnreadable, fmt.Errorf("open ZIP: %w", errors.New("not a valid zip file")), "E-SRC-01｜《a》｜处理办法：办。"},
		{fault.SourceUnreadable, missing, "E-SRC-01｜《a》｜没有这个文件或文件夹｜处理办法：办。"},
		{fault.SourceAmbiguous, fmt.Errorf("read a: %w", errors.New("choose column town: “镇”“乡镇”都像镇")), "E-SRC-06｜《a》｜“镇”“乡镇”都像镇｜处理办法：办。"},
		{fault.SourceShrunk, errors.New("由 3 行减至 1 行"), "E-SRC-12｜《a》｜由 3 行减至 1 行｜处理办法：办。"},
		{fault.ConfigUnreadable, missing, "E-CFG-01｜《a》｜没有这个文件或文件夹｜处理办法：办。"},
		{fault.ConfigUnreadable, errors.New("yaml: line 3: mapping"), "E-CFG-01｜《a》｜yaml: line 3: mapping｜处理办法：办。"},
		{fault.RunPublish, missing, "E-RUN-05｜《a》｜" + missing.Error() + "｜处理办法：办。"},
	} {
		err := fmt.Errorf("read dibao: %w", fault.New(c.code, "《a》", "办。", c.err))
		if got := fault.Told(err); got != c.want {
			t.Errorf("told %s, want %s", got, c.want)
		}
		if !errors.Is(err, c.err) {
			t.Errorf("%s: its cause is lost", c.want)
		}
	}
	if got := fault.Told(errors.New("x")); got != "x" {
		t.Errorf("told %s", got)
	}
}

func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"a", "\x1b[2J", "\u202e", "\xff", "�"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := fault.PlainLines(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\x07\x1b\r\u009b\u202e\u200b") {
			t.Errorf("%q gave %q", s, got)
		}
		if again := fault.PlainLines(got); again != got {
			t.Errorf("%q gave %q, and then %q", s, got, again)
		}
	})
}
