package table_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hedui/sources/table"
)

func TestTextFormats(t *testing.T) {
	const text = "镇,姓名\n上板城镇,\"甲\n一\"\n\n冯营子镇,乙,130890197001010016\n"
	want := []string{"1|t镇|t姓名", "2|t上板城镇|t甲⏎一", "3", "4|t冯营子镇|t乙|t130890197001010016"}
	for _, c := range []struct {
		name, format, encoding string
		data                   []byte
	}{
		{"utf-8", "csv", "UTF-8", []byte(text)},
		{"bom", "csv", "UTF-8 BOM", []byte("\ufeff" + text)},
		{"gb18030", "csv", "GB18030", encode(simplifiedchinese.GB18030, text)},
		{"gbk", "csv", "GB18030", encode(simplifiedchinese.GBK, text)},
		{"utf-16 le, mark", "csv", "UTF-16LE", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text)},
		{"utf-16 be, mark", "csv", "UTF-16BE", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text)},
		{"utf-16 le", "csv", "UTF-16LE", encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text)},
		{"utf-16 be", "csv", "UTF-16BE", encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), text)},
		{"utf-16 le, torn", "csv", "UTF-16LE", append(encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), 'x')},
		{"tab", "tsv", "UTF-8", []byte(strings.ReplaceAll(text, ",", "\t"))},
		{"semicolon", "csv", "UTF-8", []byte(strings.ReplaceAll(text, ",", ";"))},
		{"crlf", "csv", "UTF-8", []byte(strings.ReplaceAll(text, "\n", "\r\n"))},
		{"cr", "csv", "UTF-8", []byte(strings.ReplaceAll(text, "\n", "\r"))},
		{"no line end", "csv", "UTF-8", []byte(strings.TrimSuffix(text, "\n"))},
		{"blank lines at the end", "csv", "UTF-8", []byte(text + "\n\n")},
		{"end of file mark", "csv", "UTF-8", []byte(text + "\x1a")},
	} {
		f, lines, err := read(t, c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if f.Format != c.format || f.Encoding != c.encoding || f.Grounds == "" {
			t.Errorf("%s: %s %s", c.name, f.Format, f.Encoding)
		}
		expect(t, c.name, lines, want...)
	}
}

// TestQuotes: no quote costs a row.
func TestQuotes(t *testing.T) {
	const head = "镇,姓名,号,备注\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"doubled", `a,"甲""一""",1,x`, []string{`2|ta|t甲"一"|t1|tx`}},
		{"line breaks within", "a,甲,1,\"第一行\r\n第二行，\n三\"\nb,乙,2,", []string{"2|ta|t甲|t1|t第一行⏎第二行，⏎三", "3|tb|t乙|t2|-"}},
		{"commas within", "a,\"甲,一\",1,\"x,y\nz,\"\nb,乙", []string{"2|ta|t甲,一|t1|tx,y⏎z,", "3|tb|t乙"}},
		{"commas and lines in an inner column", "a,\"x,y,z\nmore\",1,2", []string{"2|ta|tx,y,z⏎more|t1|t2"}},
		{"forgotten doubling", `a,"甲"一",1,"x "y" z"`, []string{`2|ta|t甲"一|t1|tx "y" z`}},
		{"stray before a quoted cell", `"a,甲,"1","x"`, []string{`2|t"a|t甲|t1|tx`}},
		{"stray in the middle", `a,"甲,1,"x, y"`, []string{`2|ta|t"甲|t1|tx, y`}},
		{"inner quote", `a,甲"一,1,"`, []string{`2|ta|t甲"一|t1|t"`}},
		{"never closed", "a,\"甲,1,x\nb,乙,2,y\nc,丙,3,z", []string{"2|ta|t\"甲|t1|tx", "3|tb|t乙|t2|ty", "4|tc|t丙|t3|tz"}},
		{"closed rows below", "a,\"甲,1,x\nb,乙,2,y\nc,丙\",3,z", []string{"2|ta|t\"甲|t1|tx", "3|tb|t乙|t2|ty", "4|tc|t丙\"|t3|tz"}},
		{"one row below", "a,\"甲,1,x\nb,乙\",2,y", []string{"2|ta|t\"甲|t1|tx", "3|tb|t乙\"|t2|ty"}},
		{"two strays", "\"a,甲,1,x\n\"b,乙,2,y\nc,丙,3,z", []string{"2|t\"a|t甲|t1|tx", "3|t\"b|t乙|t2|ty", "4|tc|t丙|t3|tz"}},
		{"stray in the last column", "a,甲,1,\"x\nb,乙,2,y\nc,丙,3,\"z\"", []string{"2|ta|t甲|t1|t\"x", "3|tb|t乙|t2|ty", "4|tc|t丙|t3|tz"}},
		{"text after the closing quote", "\"a\"镇,甲,1,x\nb,乙,2,y", []string{"2|t\"a\"镇|t甲|t1|tx", "3|tb|t乙|t2|ty"}},
		{"ragged", "a\nb,乙,2,y,多,余", []string{"2|ta", "3|tb|t乙|t2|ty|t多|t余"}},
		{"empty cells", ",,,\n , ,　,\nb,乙", []string{"2|-|-|-|-", "3|- |- |-　|-", "4|tb|t乙"}},
		{"kept as text", "a,甲,=\"130890197001010016\",\"=\"\"001\"\"\"", []string{"2|ta|t甲|t130890197001010016|t001"}},
		{"NUL", "a,甲\x00,1,农村低保对象", []string{"2|ta|t甲|t1|t农村低保对象"}},
	} {
		_, lines, err := read(t, []byte(head+c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines, append([]string{"1|t镇|t姓名|t号|t备注"}, c.want...)...)
	}
}

// TestStrayQuoteAnywhere puts one stray quote at every place of a file: no
// row's number in the third column may get lost.
func TestStrayQuoteAnywhere(t *testing.T) {
	const text = "镇,姓名,号,备注\na,甲,1,x\nb,乙,2,y\nc,丙,3,z\n"
	for i := range len(text) {
		if i > 0 && text[i]&0xC0 == 0x80 {
			continue // within a character
		}
		_, lines, err := read(t, []byte(text[:i]+`"`+text[i:]))
		if err != nil || len(lines) != 4 {
			t.Errorf("quote at %d: %d rows, %v: %q", i, len(lines), err, lines)
		}
	}
}

func TestDelimiter(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"commas in a title", "名册,2021,5,一,二\n镇;姓名;号\na;甲;1\nb;乙;2\n", "镇|姓名|号"},
		{"semicolons in a cell", "x\n镇,姓名,备注\na,甲,1;2;3\nb,乙,\nc,丙,", "镇|姓名|备注"},
		{"one column", "x\n姓名\n甲\n", "姓名"},
		{"bar", "x\n镇|姓名|号\na|甲|1\n", "镇|姓名|号"},
		{"comma and space", "x\n镇, 姓名, 号\na, \"甲,乙\", 1\n", "镇|姓名|号"},
		{"space", "x y z\n镇 姓名 号\na \"甲 乙\" 1\nb 丙 2\n", "镇|姓名|号"},
		{"caret", "x^y^z\n镇^姓名^号\na^甲,乙^1\nb^丙^2,5\n", "镇|姓名|号"},
		{"one column of first and last names", "NAME\nAnn Lee\nBo Day\nCy May\n", "Ann Lee"},
		{"one column of prose", "note\nwe went home early\nthen it rained\nand it stopped\n", "we went home early"},
		{"one column of moments", "at\n2021-05-01 10:00\n2021-05-02 11:30\n", "2021-05-01 10:00"},
		{"times in two columns", "from,to\n15:02:37.1,15:02:37.14\n", "15:02:37.1|15:02:37.14"},
		{"two columns of numbers", "0.5 1.5\n1.5 -2\n3 4\n", "1.5|-2"},
		{"times and prose", "x,y,z\n镇,姓名,号\n12:00,\"甲; 乙: 丙, 丁\",1\n13:00,戊,2\n", "镇|姓名|号"},
	} {
		_, lines, err := read(t, []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(strings.TrimPrefix(lines[1], "2|t"), "|t", "|"); got != c.want {
			t.Errorf("%s: %q", c.name, lines)
		}
	}
}

// TestBrokenText: a character cut in half loses no row and does not turn the
// rest of the file into another encoding.
func TestBrokenText(t *testing.T) {
	row := "上板城镇,甲,1\n"
	cut := strings.Repeat(row, 30) + "上板城\xe9\x95,乙,2\n" + row
	f, lines, err := read(t, []byte(cut))
	if err != nil || f.Encoding != "UTF-8" || len(lines) != 32 || lines[30] != "31|t上板城\ufffd|t乙|t2" || lines[31] != "32|t上板城镇|t甲|t1" {
		t.Errorf("UTF-8: %v %v, %d rows, %q", f, err, len(lines), lines[len(lines)-2:])
	}
	f, lines, err = read(t, []byte("\ufeff"+cut))
	if err != nil || f.Encoding != "UTF-8 BOM" || lines[30] != "31|t上板城\ufffd|t乙|t2" {
		t.Errorf("with mark: %v", err)
	}
	gbk := encode(simplifiedchinese.GBK, row)
	f, lines, err = read(t, []byte(strings.Repeat(string(gbk), 30)+"\xc9\xcf\xb0,x\n"+string(gbk)))
	if err != nil || f.Encoding != "GB18030" || len(lines) != 32 || lines[31] != "32|t上板城镇|t甲|t1" {
		t.Errorf("GBK: %v, %d rows", err, len(lines))
	}
}

// TestDialect: the quote and the escape are found; an apostrophe that keeps a
// spreadsheet from counting is no quote.
func TestDialect(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"single quotes", "号,说明,数\n1,'甲,乙',2\n2,'it''s',3\n3,'x\ny',4\n", []string{"1|t号|t说明|t数", "2|t1|t甲,乙|t2", "3|t2|tit's|t3", "4|t3|tx⏎y|t4"}},
		{"apostrophes", "号,姓名,数\n'130890,甲,2\n'130891,O'Neil,3\n'130892,乙,4\n", []string{"1|t号|t姓名|t数", "2|t'130890|t甲|t2", "3|t'130891|tO'Neil|t3", "4|t'130892|t乙|t4"}},
		{"backslash", `号,说明,数` + "\n" + `1,"10\" 圆桌, 木",2` + "\n" + `2,"C:\",3` + "\n" + `3,"甲 \"乙\"",4` + "\n", []string{"1|t号|t说明|t数", `2|t1|t10" 圆桌, 木|t2`, `3|t2|tC:\|t3`, `4|t3|t甲 "乙"|t4`}},
		{"no escape", `号,说明,数` + "\n" + `1,C:\x,2` + "\n" + `2,"D:\",3` + "\n", []string{"1|t号|t说明|t数", `2|t1|tC:\x|t2`, `3|t2|tD:\|t3`}},
		{"declared", "sep=;\r\n号;说明\r\n1;a,b,c\r\n", []string{"1|t号|t说明", "2|t1|ta,b,c"}},
		{"header alone", "号;说明;数\n", []string{"1|t号|t说明|t数"}},
	} {
		_, lines, err := read(t, []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		expect(t, c.name, lines, c.want...)
	}
}

// TestWestern: neither UTF-8 nor Chinese.
func TestWestern(t *testing.T) {
	f, lines, err := read(t, encode(charmap.Windows1252, "naam;plaats\nJosé;Köln\nZoë;Besançon\n"))
	if err != nil || f.Encoding != "Windows-1252" {
		t.Fatal(f, err)
	}
	expect(t, "western", lines, "1|tnaam|tplaats", "2|tJosé|tKöln", "3|tZoë|tBesançon")
}

// TestTorn: a text that ends in the midst of a record says so, and no other.
func TestTorn(t *testing.T) {
	const three = "镇,姓名,号\na,甲,1\nb,乙,2\nc,丙,3\n"
	for _, c := range []struct {
		name, text string
		torn       bool
	}{
		{"in the midst of a record", three + "d,丁", true},
		{"in a quoted cell", three + "d,\"丁", true},
		{"with a line end", three + "d,丁\n", false},
		{"whole, without a line end", three + "d,丁,4", false},
		{"wider, without a line end", three + "d,丁,4,", false},
		{"a word below the table", three + "共三人", false},
		{"others leave cells out too", "镇,姓名,号\na,甲,1\nb,乙,2\nc,丙\ne,戊,5\nd,丁", false},
		{"narrower than what others leave out", "镇,姓名,号,校,级\na,甲,1,x,y\nb,乙,2,x,y\nc,丙,3,x\ne,戊,5,x,y\nd,丁", true},
		{"below a title of two cells", "名册,2021年\n" + three + "d,丁", true},
		{"too few to tell by", "镇,姓名,号\na,甲,1\nb,乙,2\nd,丁", false},
		{"end of file mark", three + "d,丁\x1a", true},
	} {
		path := store(t, []byte(c.text))
		for _, whole := range []int64{0, 1} { // bytes: all at once, and piece by piece
			f, err := table.Open(t.Context(), path, table.Limits{MaxWhole: whole})
			if err != nil {
				t.Fatal(err)
			}
			for range f.Sheets[0].Rows() {
				break // rows may be asked for again
			}
			torn := false
			for row, err := range f.Sheets[0].Rows() {
				if err != nil {
					t.Fatal(err)
				}
				if torn {
					t.Errorf("%s: line %d stands behind a torn one", c.name, row.Number)
				}
				torn = row.Torn
			}
			if torn != c.torn {
				t.Errorf("%s, %d bytes: torn %v", c.name, whole, torn)
			}
		}
	}
}
