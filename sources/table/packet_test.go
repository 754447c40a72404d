package table_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

const csvText = "镇,姓名\n上板城镇,甲一\n"

func TestPacket(t *testing.T) {
	gbk := func(s string) string { return string(encode(simplifiedchinese.GBK, s)) }
	data := packed(
		"城乡低保/", "",
		gbk("城乡低保/东村.csv"), gbk(csvText),
		`城乡低保\西村.xls`, string(sample(t, "特困.xls")),
		"城乡低保/~$西村.xls", "x",
		"__MACOSX/城乡低保/._东村.csv", "\x00\x05\x16\x07",
		"城乡低保/.DS_Store", "\x00\x00\x00\x01Bud1",
		"说明.pdf", "%PDF-1.4\n"+strings.Repeat("\x81\x03\xff\x00\x07", 400),
		"函.docx", string(packed("[Content_Types].xml", "<Types/>", "_rels/.rels", `<Relationships><Relationship Id="a" Type="t/officeDocument" Target="word/document.xml"/></Relationships>`, "word/document.xml", "<d/>")),
		"../../南村.csv", csvText,
		"/北村.csv", csvText,
		"再包.zip", string(packed("里.csv", csvText)),
		"表.xlsx", string(sheet(`<row><c t="s"><v>0</v></c></row>`)),
	)
	f, lines, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	var names, notes []string
	for _, s := range f.Sheets {
		names = append(names, s.Name)
		notes = append(notes, s.Note)
	}
	expect(t, "sheets", names, "城乡低保/东村.csv", "城乡低保/西村.xls/特困", "说明.pdf", "函.docx", "南村.csv", "北村.csv", "再包.zip/里.csv", "表.xlsx/村&镇")
	expect(t, "east", lines[:3], "# 城乡低保/东村.csv", "1|t镇|t姓名", "2|t上板城镇|t甲一")
	if i := slices.Index(lines, "# 说明.pdf"); lines[i+1] != "# 函.docx" || lines[i+2] != "# 南村.csv" {
		t.Errorf("rows of what is no table: %q", lines[i:i+3])
	}
	if f.Format != "zip" || !strings.Contains(f.Grounds, "6 个表格") || !strings.Contains(notes[0], "GB18030") || !strings.Contains(notes[2], "不是表格") || !strings.Contains(notes[1], "BIFF8") {
		t.Errorf("%s, %s, notes %q", f.Format, f.Grounds, notes)
	}
}

// locked marks the members of a ZIP as encrypted.
func lockedZIP(data []byte) []byte {
	data = slices.Clone(data)
	for _, mark := range []struct {
		head string
		flag int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		for i := 0; ; {
			at := bytes.Index(data[i:], []byte(mark.head))
			if at < 0 {
				break
			}
			data[i+at+mark.flag] |= 1
			i += at + 4
		}
	}
	return data
}

func TestPacketRefused(t *testing.T) {
	bomb := strings.Repeat("a,b\n", 1<<20)
	bad := []byte(packed("好.csv", csvText, "坏.csv", strings.Repeat(csvText, 50)))
	bad[bytes.LastIndex(bad, []byte("坏.csv"))-200] ^= 1 // within the compressed bytes
	one := sample(t, "低保.xls")
	for _, c := range []struct {
		name string
		data []byte
		lim  table.Limits
		want fault.Code
		in   string
	}{
		{"a damaged member", packed("好.csv", csvText, "村/坏.xls", string(one[:len(one)/2])), table.Limits{}, fault.SourceUnreadable, "村/坏.xls"},
		{"a locked member", packed("好.csv", csvText, "锁.xls", string(protected(t))), table.Limits{}, fault.SourcePassword, "锁.xls"},
		{"an encrypted ZIP", lockedZIP(packed("好.csv", csvText)), table.Limits{}, fault.SourcePassword, "好.csv"},
		{"an empty member", packed("好.csv", csvText, "空.csv", ""), table.Limits{}, fault.SourceUnreadable, "空.csv"},
		{"a table that is not read", packed("二.xlsb", string(packed("[Content_Types].xml", "<Types/>", "_rels/.rels", strings.ReplaceAll(skeleton["_rels/.rels"], "workbook.xml", "workbook.bin"), "xl/workbook.bin", "\x83"))), table.Limits{}, fault.SourceFormat, "二.xlsb"},
		{"ZIPs three deep", packed("一.zip", string(packed("二.zip", string(packed("三.csv", csvText))))), table.Limits{}, fault.SourceFormat, "一.zip”中的“二.zip"},
		{"no table", packed("说明.bin", "\x00\x01\x02"), table.Limits{}, fault.SourceFormat, ""},
		{"a bomb", packed("一.csv", bomb), table.Limits{MaxBytes: 1 << 20}, fault.SourceLimit, "一.csv"},
		{"a bomb in many members", packed("一.csv", bomb[:1<<19], "二.csv", bomb[:1<<19], "三.csv", bomb[:1<<19]), table.Limits{MaxBytes: 1 << 20}, fault.SourceLimit, "三.csv"},
		{"more than the memory", packed("一.csv", bomb[:1<<19], "二.csv", bomb[:1<<19]), table.Limits{MaxHeld: 600_000}, fault.SourceLimit, "二.csv"},
	} {
		_, err := table.Open(t.Context(), store(t, c.data), c.lim)
		f := fault.Of(err)
		if f == nil || f.Code != c.want || !strings.HasPrefix(f.Place, "《名册.dat》") || !strings.Contains(f.Place, c.in) {
			t.Errorf("%s: %v, want %s in %s", c.name, err, c.want, c.in)
		}
	}
	if _, err := table.Open(t.Context(), store(t, bad), table.Limits{}); fault.Of(err) == nil {
		t.Errorf("a damaged ZIP: %v", err)
	}
}

// TestPacketOverlaps: a bomb whose members share their bytes counts each.
func TestPacketOverlaps(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create("一.csv")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(part, strings.Repeat("a,b\n", 1<<17))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	directory := bytes.Index(data, []byte("PK\x01\x02"))
	entry := data[directory:end]
	tail := slices.Clone(data[end:])
	const copies = 1000
	out := slices.Concat(data[:directory], bytes.Repeat(entry, copies))
	tail[8], tail[9], tail[10], tail[11] = copies&255, copies>>8, copies&255, copies>>8
	size := len(entry) * copies
	tail[12], tail[13], tail[14] = byte(size), byte(size>>8), byte(size>>16)
	_, err = table.Open(t.Context(), store(t, append(out, tail...)), table.Limits{MaxBytes: 4 << 20})
	if f := fault.Of(err); f == nil || f.Code != fault.SourceLimit {
		t.Error(err)
	}
}

// TestPacketStaysInMemory: whatever a member is called, nothing is written.
func TestPacketStaysInMemory(t *testing.T) {
	path := store(t, packed("../逃.csv", csvText, "/tmp/逃.csv", csvText, "里/逃.csv", csvText))
	f, err := table.Open(t.Context(), path, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := transcribe(f); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path)), "/tmp"} {
		if found, _ := filepath.Glob(filepath.Join(folder, "*逃*")); len(found) > 0 {
			t.Error("written:", found)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("%d files beside", len(entries))
	}
}
