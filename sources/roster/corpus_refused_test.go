package roster_test

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// half cuts a file off in the middle.
func half(data []byte) []byte { return data[:len(data)/2] }

// midway cuts a text off in the midst of its last line.
func midway(data []byte) []byte {
	data = bytes.TrimRight(data, "\r\n")
	last := bytes.LastIndexByte(data, '\n') + 1
	return data[:last+(len(data)-last)/2]
}

// instead sends something else under the roster's name.
func instead(data string) func([]byte) []byte { return func([]byte) []byte { return []byte(data) } }

// withPassword encrypts a workbook as Excel does.
func withPassword(data []byte) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		panic(err)
	}
	defer f.Close()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "12345"}); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// asRecord makes the BIFF record behind the first one of another kind.
func asRecord(kind uint16) func([]byte) []byte {
	return func(data []byte) []byte {
		data = bytes.Clone(data)
		at := bytes.Index(data, []byte{0x09, 0x08, 0x10, 0x00})
		binary.LittleEndian.PutUint16(data[at+20:], kind)
		return data
	}
}

// locked marks the members of a ZIP as encrypted.
func locked(data []byte) []byte {
	data = bytes.Clone(data)
	for i := range data[:len(data)-8] {
		switch string(data[i : i+4]) {
		case "PK\x03\x04":
			data[i+6] |= 1
		case "PK\x01\x02":
			data[i+8] |= 1
		}
	}
	return data
}

// flipped changes a byte in the midst of a part's packed bytes.
func flipped(data []byte) []byte {
	data = bytes.Clone(data)
	at := bytes.Index(data, []byte("xl/worksheets/sheet1.xml"))
	data[at+400] ^= 0x55
	return data
}

func refused(code fault.Code, name, what string, formats []string, d damage) damage {
	d.name, d.what, d.formats, d.refused = name, what, formats, code
	return d
}

// damagedFiles: nothing of them could be right.
func damagedFiles() []damage {
	unreadable, format, limit := fault.SourceUnreadable, fault.SourceFormat, fault.SourceLimit
	return []damage{
		refused(unreadable, "截断的 XLSX", "只传了一半", xlsx, damage{bytes: half}),
		refused(unreadable, "截断的 XLS", "只传了一半", []string{"XLS", "XLS 95"}, damage{bytes: half}),
		refused(unreadable, "截断的 ODS", "只传了一半", []string{"ODS"}, damage{bytes: half}),
		refused(unreadable, "截断的 XML 表格", "只传了一半", []string{"XML"}, damage{bytes: half}),
		refused(unreadable, "截断的压缩包", "只传了一半", []string{"ZIP"}, damage{bytes: half, write: packed("%s.csv", formats["CSV"].write)}),
		refused(unreadable, "截断的 HTML", "只传了一半", html, damage{bytes: half}),
		refused(unreadable, "截断的 CSV", "最后一行写到一半，没有换行", csv, damage{bytes: midway}),
		refused(unreadable, "只有文件头的 XLS", "只有前 512 字节", xls, damage{bytes: func(b []byte) []byte { return b[:512] }}),
		refused(unreadable, "坏字节的 XLSX", "压缩数据里有一个字节不对", xlsx, damage{bytes: flipped}),
		refused(unreadable, "缺工作表部件", "工作簿里少了工作表", xlsx, damage{part: func(name, s string) string {
			if name == sheetML {
				return ""
			}
			return s
		}}),
		refused(unreadable, "共享字符串缺失", "字符串表是空的", xlsx, damage{part: within(texts1, always(`<sst xmlns="x"></sst>`))}),
		refused(unreadable, "XML 没有写完", "工作表的 XML 少了结尾", xlsx, damage{part: within(sheetML, func(s string) string { return s[:strings.Index(s, "</sheetData>")] })}),
		refused(unreadable, "空文件", "0 字节", common, damage{bytes: instead("")}),
		refused(fault.SourcePassword, "有密码的 XLSX", "工作簿有打开密码", xlsx, damage{bytes: withPassword}),
		refused(fault.SourcePassword, "有密码的 XLS", "工作簿有打开密码", xls, damage{bytes: asRecord(0x2F)}),
		refused(fault.SourcePassword, "有密码的 ODS", "工作簿有打开密码", []string{"ODS"}, damage{part: within("META-INF/manifest.xml", replace(`media-type="text/xml"/>`, `media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>`))}),
		refused(fault.SourcePassword, "有密码的压缩包", "ZIP 有密码", []string{"ZIP"}, damage{bytes: locked, write: packed("%s.csv", formats["CSV"].write)}),
		refused(format, "PDF", "名为 XLS 的 PDF", xls, damage{bytes: instead("%PDF-1.4\n" + strings.Repeat("\x81\x03\xff\x00\x07", 400))}),
		refused(format, "图片", "名为 XLS 的 PNG", xls, damage{bytes: instead("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x03\xff\x80\x07", 400))}),
		refused(format, "Word 文档", "名为 XLSX 的 DOCX", xlsx, damage{bytes: func([]byte) []byte {
			return tabletest.ZIP(tabletest.Part{Name: "[Content_Types].xml", Content: "<Types/>"}, tabletest.Part{Name: "_rels/.rels", Content: `<Relationships><Relationship Id="a" Type="t/officeDocument" Target="word/document.xml"/></Relationships>`}, tabletest.Part{Name: "word/document.xml", Content: "<d/>"})
		}}),
		refused(format, "二进制工作簿", "名为 XLSX 的 XLSB", xlsx, damage{bytes: func([]byte) []byte {
			return tabletest.ZIP(tabletest.Part{Name: "_rels/.rels", Content: `<Relationships><Relationship Id="a" Type="t/officeDocument" Target="xl/workbook.bin"/></Relationships>`}, tabletest.Part{Name: "xl/workbook.bin", Content: "\x83\x01"})
		}}),
		refused(format, "别的 OLE 文件", "名为 XLS 的 Word 97 文档", xls, damage{bytes: func([]byte) []byte { return tabletest.OLE("WordDocument", []byte("\xEC\xA5")) }}),
		refused(format, "登录页", "系统退回的登录网页", html, damage{bytes: instead("<html><body><form>请登录</form></body></html>")}),
		refused(format, "网页存档", "单个文件网页（MHTML）", html, damage{bytes: instead("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table><tr><td>姓名</td></tr></table>")}),
		refused(format, "压缩包里没有表格", "ZIP 里只有图片", []string{"ZIP"}, damage{bytes: func([]byte) []byte {
			return tabletest.ZIP(tabletest.Part{Name: "扫描件.png", Content: "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x03\xff\x80\x07", 400)})
		}, write: packed("%s.csv", formats["CSV"].write)}),
		refused(format, "压缩包套三层", "ZIP 里有 ZIP，里面还有 ZIP", []string{"ZIP"}, damage{write: packed("%s.zip", packed("%s.zip", packed("%s.csv", formats["CSV"].write)))}),
		refused(limit, "压缩炸弹", "几 KB 解开是几十 MB", xlsx, damage{limits: table.Limits{MaxBytes: 1 << 20}, part: within(sheetML, replace("</sheetData>", strings.Repeat(" ", 4<<20)+"</sheetData>"))}),
		refused(limit, "压缩包炸弹", "几 KB 解开是几十 MB", []string{"ZIP"}, damage{limits: table.Limits{MaxBytes: 1 << 20}, write: packed("%s.csv", formats["CSV"].write, tabletest.Part{Name: "大.csv", Content: strings.Repeat("a,b\n", 1<<20)})}),
		refused(limit, "过大的单元格", "一个单元格有 2 MB", []string{"CSV", "XLSX", "HTML", "ODS", "XML"}, damage{page: remark("MARK", "无"), bytes: hugeCell}),
	}
}

// hugeCell puts two megabytes in place of a text, in the file or in its parts.
func hugeCell(data []byte) []byte {
	huge := replace("MARK", strings.Repeat("核", 700_000))
	if bytes.HasPrefix(data, []byte("PK")) {
		return tabletest.Repack(data, func(_, content string) string { return huge(content) })
	}
	return []byte(huge(string(data)))
}

// damagedColumns: the table cannot be told.
func damagedColumns() []damage {
	return []damage{
		refused(fault.SourceColumn, "缺必需的列", "没有“镇”列", every, damage{page: func(p *page) { p.drop("town") }}),
		refused(fault.SourceColumn, "没有号码的列", "没有任何身份证号列", every, damage{page: func(p *page) { p.drop("id_number"); p.drop("head_id") }}),
		refused(fault.SourceColumn, "户类型都没有", "户类型和监测对象类别都没有", every, damage{kind: "registered_poor", page: func(p *page) { p.drop("household_type"); p.drop("monitor_type") }}),
		refused(fault.SourceColumn, "没有学校", "没有学校列", common, damage{kind: "school", page: func(p *page) { p.drop("school") }}),
		refused(fault.SourceNoTable, "没有表头", "表头行被删去", every, damage{page: func(p *page) { p.lines = p.lines[1:] }}),
		refused(fault.SourceNoTable, "只有标题", "表格是空的", every, damage{page: func(p *page) { p.lines = nil; p.above(titles(3)...) }}),
		refused(fault.SourceNoTable, "别的表", "表头一个也不认识", every, damage{page: func(p *page) {
			p.headers(func(s string) string { return "栏" + s })
		}}),
		refused(fault.SourceAmbiguous, "一列有两个候选", "既有“月保障金额”又有“享受金额”，数不同", every, damage{page: func(p *page) {
			p.column(len(p.columns), func(l line) table.Cell {
				if l.of == header {
					return tabletest.Text("享受金额")
				}
				return tabletest.Number("200")
			})
		}}),
		refused(fault.SourceAmbiguous, "两个身份证号列", "既有“身份证号”又有“证件号码”", every, damage{page: func(p *page) {
			at := p.at("id_number")
			p.column(len(p.columns), func(l line) table.Cell {
				if l.of == header {
					return tabletest.Text("证件号码")
				}
				return l.Cells[at]
			})
		}}),
	}
}
