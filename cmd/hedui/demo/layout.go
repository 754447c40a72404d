package demo

import "fmt"

// layout is the shape of one file: how a department lays out a kind's table.
type layout struct {
	file     string // its name, with extension
	title    string // over the table, when titles > 0
	format   string // csv, xlsx or html: what it is, whatever its extension says
	encoding string // of text: utf-8, bom, gb18030, utf-16
	comma    rune
	sheets   string      // in a workbook: one a "town", one a "village", or "" for one in all
	titles   int         // title and remark rows above the header
	twoRow   bool        // a merged group over the headers
	serial   bool        // a leading 序号
	merged   bool        // group cells only on a household's first row
	repeat   int         // the header again after so many rows; 0 never
	totals   bool        // 小计 and 合计 rows, and a footer
	cover    bool        // a cover sheet and an empty sheet
	extra    [][2]string // headers that no kind has, or a second time, and what stands under them
	dialect  int         // which headers and words it prefers
	monthly  bool        // incomes by the month
	dirty    bool
}

// cells tells whether the format has number cells.
func (l layout) cells() bool { return l.format == "xlsx" }

var plainFiles = []string{"建档立卡", "低保", "特困", "残疾人", "医疗救助和参保", "在校学生", "临时救助", "核对"}

// layoutFor is the file that a town's rows of a kind stand in. Two towns with
// the same file name share the file.
func layoutFor(kind int, t *town, d *district, on day) layout {
	if !d.Dirty {
		return layout{file: plainFiles[kind] + ".csv", format: "csv", encoding: "utf-8", comma: ','}
	}
	l := layout{format: "csv", encoding: "utf-8", comma: ',', dirty: true, title: t.name + kinds[kind].title}
	all := "全区" + kinds[kind].title
	month := fmt.Sprintf("%d年%d月", on.year(), on.month())
	switch last := t == d.towns[len(d.towns)-1]; kind {
	case 0:
		l.poor(t, last, month)
	case 1:
		l.dibao(t, d.monthly(t))
	case 2:
		l.file, l.title, l.format = "特困人员花名册（"+month+"）.xlsx", all, "xlsx"
		l.titles, l.totals, l.serial = 2, true, true
	case 3:
		l.disability(t)
	case 4:
		l.medical(t)
	case 5:
		l.file, l.title, l.encoding, l.comma, l.dialect = "在校学生资助明细.csv", all, "utf-16", '\t', 1
		l.titles, l.serial = 1, true
	case 6:
		// Really a text file: a system's "export to Excel".
		l.file, l.title, l.encoding, l.comma = month+"临时救助.xls", all, "gb18030", '\t'
		l.dialect = 1
	case 7:
		// Really an XLSX under the old name.
		l.file, l.title, l.format, l.titles = "家庭经济状况核对反馈.xls", all, "xlsx", 1
	}
	return l
}

func (l *layout) poor(t *town, last bool, month string) {
	if last {
		l.file, l.encoding, l.dialect = t.name+"建档立卡信息.csv", "gb18030", 1
		l.titles, l.serial = 1, true
		return
	}
	l.file, l.format, l.sheets = month+"建档立卡及监测对象名册.xlsx", "xlsx", "town"
	l.titles, l.twoRow, l.serial, l.merged, l.totals, l.cover = 2, true, true, true, true, true
}

func (l *layout) dibao(t *town, monthly bool) {
	switch {
	case monthly:
		l.file, l.encoding, l.comma, l.dialect = t.name+"低保在册.csv", "bom", ';', 2
		l.monthly, l.titles = true, 1
	case t.place%4 == 0:
		// Really a web page: what the ministry's system calls Excel.
		l.file, l.format = t.name+"农村低保花名册.xls", "html"
		l.titles, l.serial, l.merged, l.totals, l.twoRow = 1, true, true, true, true
	case t.place%4 == 1:
		l.file, l.format, l.sheets, l.dialect = t.name+"低保对象.xlsx", "xlsx", "village", 1
		l.titles, l.serial, l.totals, l.cover = 3, true, true, true
		l.extra = [][2]string{{"备注", ""}, {"保障对象姓名", "经办人"}}
	case t.place%4 == 2:
		l.file, l.encoding, l.comma = t.name+"低保.csv", "utf-16", '\t'
		l.titles, l.merged, l.totals = 2, true, true
	default:
		l.file, l.encoding, l.dialect = t.name+"城乡低保.csv", "gb18030", 1
		l.repeat = 40
	}
}

func (l *layout) disability(t *town) {
	switch t.place % 3 {
	case 0:
		l.file, l.encoding, l.serial = t.name+"残疾人.csv", "gb18030", true
	case 1:
		l.file, l.format, l.dialect = t.name+"持证残疾人名册.xlsx", "xlsx", 1
		l.titles, l.serial, l.totals, l.twoRow = 2, true, true, true
	default:
		l.file, l.encoding, l.comma = t.name+"残疾人信息.csv", "bom", ';'
		l.titles = 1
		l.extra = [][2]string{{"证件有效期", "长期"}}
	}
}

func (l *layout) medical(t *town) {
	l.file = t.name + "医保参保和医疗救助.csv"
	switch t.place % 4 {
	case 0:
		l.encoding, l.titles = "bom", 1
		l.extra = [][2]string{{"备注", "信息来源：\n参保系统"}}
	case 1:
		l.encoding, l.dialect, l.repeat = "gb18030", 1, 50
	case 2:
		l.encoding, l.comma, l.dialect = "utf-16", '\t', 2
	default:
		l.comma, l.serial = ';', true
	}
}
