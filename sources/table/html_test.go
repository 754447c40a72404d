package table_test

import (
	"fmt"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestHTML(t *testing.T) {
	page := `<html><head><meta charset=gb2312><style>td{x:y}</style></head><body>
<table><tr><td colspan=3>低保 名册</td></tr><tr><th rowspan=2>镇</th><th>姓名<th>号</tr><tr style="DISPLAY: none"><td>甲<br>
   一<td>&#49;30&nbsp;</tr></table><table><tr><td>x<script>var a="<td>"</script></table>`
	f, lines, err := read(t, encode(simplifiedchinese.GBK, page))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows", lines, "# 表1", "1|t低保 名册", "2|t镇|t姓名|t号", "3h|-|t甲⏎一|t130", "# 表2", "1|tx")
	if got := fmt.Sprint(f.Sheets[0].Merges()); f.Format != "html" || f.Encoding != "GB18030" || got != "[{1 0 1 2} {2 0 3 0}]" {
		t.Errorf("%s %s, merges %s", f.Format, f.Encoding, got)
	}
}

// TestHTMLLayout: how portals wrap their tables.
func TestHTMLLayout(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"in a layout table", "<table><tr><td>菜单<td><table><tr><td>甲</table>后</table>", []string{"# 表1", "1|t菜单|t后", "# 表2", "1|t甲"}},
		{"nothing closed", "<table><thead><tr><th>镇<th>名<tbody><tr><td>a<td>甲<tr><td>b<td>乙", []string{"# 表1", "1|t镇|t名", "2|ta|t甲", "3|tb|t乙"}},
		{"no row tag", "<table><td>a<td>甲</table>", []string{"# 表1", "1|ta|t甲"}},
		{"blank row", "<table><tr><td>a</tr><tr></tr><tr><td>b</table>", []string{"# 表1", "1|ta", "2", "3|tb"}},
		{"spans that meet", "<table><tr><td rowspan=3>a<td rowspan=2 colspan=2>b<td>c<tr><td>d<tr><td>e<td>f</table>",
			[]string{"# 表1", "1|ta|tb|-|tc", "2|-|-|-|td", "3|-|te|tf"}},
		{"paragraphs, source line breaks", "<table><tr><td>\n  <p>上板城\n   镇</p><p>二</p></table>", []string{"# 表1", "1|t上板城 镇⏎二"}},
		{"a comment of Excel", "<html><!--[if gte mso 9]><xml><table><tr><td>x</table></xml><![endif]--><table><tr><td>甲</table>", []string{"# 表1", "1|t甲"}},
		{"Excel's stored numbers", `<table><tr><td x:num="130890197001010010">1.3089E+17<td x:num>1,200.50<td x:num="44317">2021/5/1<td x:str>甲</table>`,
			[]string{"# 表1", "1|n130890197001010010|n1,200.50|t2021/5/1|t甲"}},
		{"Excel's dates", "<style><!-- .xl65 {mso-style-parent:style0; mso-number-format:\"yyyy\\0022年\\0022m\\0022月\\0022\\;\\@\";}\ntd.xl67 {mso-number-format:'Short Date';} .xl68{mso-number-format:Standard;} .xl69{mso-number-format:\"\\@\"}--></style>" +
			`<table><tr><td class=xl65 x:num="44317">2021年5月<td class="a xl67" x:num="44317">5-1<td class=xl68 x:num="44317">44,317.00<td style='mso-number-format:"m\0022月\0022d\0022日\0022"' x:num="44317">5月1日<td class=xl65>5月<td class=xl69 x:num="44317">44317</table>`,
			[]string{"# 表1", "1|d2021-05-01|d2021-05-01|n44317|d2021-05-01|t5月|n44317"}},
		{"hidden rows", `<table><tr hidden><td>a<tr style="height:1px; display : none"><td>b<tr><td>c</table>`, []string{"# 表1", "1h|ta", "2h|tb", "3|tc"}},
		{"entities", "<table><td>&lt;甲&#x4E00;&gt;&ensp;&amp;nbsp;<td>&nbsp;<td>&nbsp;乙&nbsp;丙&nbsp;</table>", []string{"# 表1", "1|t<甲一>\u2002&nbsp;|-|t乙\u00a0丙"}},
		{"blank cells under spans", "<table><tr><td rowspan=2>a<td>b<tr><td><tr><td>c</table>", []string{"# 表1", "1|ta|tb", "2", "3|tc"}},
		{"LibreOffice's", `<table><tr><td sdval="44317" sdnum="1033;0;M/D/YYYY">5/1/2021<td sdval="689.5" sdnum="1033;0;#,##0.00">689.50</table>`,
			[]string{"# 表1", "1|d2021-05-01|n689.5"}},
	} {
		_, lines, err := read(t, []byte(c.page))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines, c.want...)
	}
}
