package roster

import (
	"path/filepath"
	"regexp"
	"strings"

	"hedui/sources/table"
)

// endedList is the name of a list of those whose benefit has ended: 停保, 低保6月停保名单.
var (
	endedList = regexp.MustCompile(`(停保|停发|停供|退保|退出|清退|注销|死亡|不在保|已停|取消|终止|销户)(对象|人员|人口|户|家庭)*(名单|名册|花名册|台账|明细|明细表|清单|表)*$`)
	mixedList = regexp.MustCompile(`(^|[^不])在保|在册|在享|正常|享受|有效|恢复|增|疑似|核查|申请|含|包括|、|及|和|与`) // what else such a name may tell
	leavesOut = regexp.MustCompile(`(剔除|去除|除去|排除|清理|核减|删除|不含|除)[已的]*$`)
)

// listEnded is the word in which a list's name says that its people are no longer in force,
// empty where it does not; other where it tells of anybody else.
func listEnded(name string) (word string, other bool) {
	name = strings.TrimRight(dropRemarks(compact(name)), ":")
	if mixedList.MatchString(name) {
		return "", true
	}
	name = strings.TrimRight(name, "0123456789-_.年月日")
	if at := endedList.FindStringSubmatchIndex(name); at != nil && !deniesNext(name[:at[2]]) && !leavesOut.MatchString(name[:at[2]]) {
		return name[at[2]:at[3]], false
	}
	return "", false
}

// hasEnded says whether a list of this kind can tell that a benefit ended. Of the registered
// poor who 退出 has left poverty, and stays.
func hasEnded(k *Kind) bool { return k.at.poorType < 0 && (k.at.status >= 0 || k.at.certStatus >= 0) }

// endedBy is the word in which the sheet's name, or else the file's, says that its people are
// no longer in force; empty where neither does.
func endedBy(k *Kind, path, sheet string) string {
	if !hasEnded(k) {
		return ""
	}
	file := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for _, name := range []string{sheet, file} {
		if word, other := listEnded(name); word != "" || other {
			return word
		}
	}
	return ""
}

var (
	sectionNumber = regexp.MustCompile(`^(\(?[一二三四五六七八九十]+[)、.]|以下[为是]?)`)
	sentence      = regexp.MustCompile(`[:为是色如须请含包,，。;；]|注|说明|其中`) // explains, and names nothing
	numerals      = regexp.MustCompile(`[一二三四五六七八九十]+`)
	sectionCount  = regexp.MustCompile(`[,，]?共?([0-9]+[户人])+$`)
	namedSection  = regexp.MustCompile(`^(在保|正常|新增|恢复|停保|停发|停供|退保|退出|清退|注销|死亡)(对象|人员|人口|户|家庭|名单)+$`)
)

// heading reads a lone line, a title above the table or a section's within it: below 二、停保对象
// stand people no longer in force, until a line that tells of others or is numbered alike.
func (s *sheetRun) heading(cells []table.Cell, title bool) {
	if cellsFilled(cells) != 1 || !hasEnded(s.matcher.kind) {
		return
	}
	text := compact(firstText(cells))
	number := sectionNumber.FindString(text)
	style := numerals.ReplaceAllString(number, "一")
	name := strings.TrimRight(sectionCount.ReplaceAllString(strings.TrimPrefix(text, number), ""), ":")
	if sentence.MatchString(name) || title && !isTitle(name) {
		return
	}
	word, other := listEnded(name)
	switch {
	case word != "":
		s.endedBy, s.endedStyle = word, style
		if title {
			s.sheetEnded = word
		}
	case title: // says what everybody is, or last month's did
	case other:
		s.endedBy = ""
	case style != "" && style == s.endedStyle:
		s.endedBy = s.sheetEnded
	}
}

// finishInForce says whether the row is in force: by its own status, else by a reason why it
// ended, else by the list in which it stands.
func (s *sheetRun) finishInForce() {
	rec, at := &s.rec, s.matcher.kind.at
	in := value{set: true, n: 1}
	said := false
	for _, i := range []int{at.status, at.certStatus} {
		if i < 0 || !rec.vals[i].set {
			continue
		}
		_, known := s.folder.columns[i].lexicon.fold(rec.vals[i].s)
		said = said || known || at.exitReason < 0 || !rec.vals[at.exitReason].set
		if rec.vals[i].n == statusOut {
			in.n = 0
		}
	}
	switch {
	case said:
	case at.exitReason >= 0 && s.hasReason(rec.vals[at.exitReason]):
		in.n = 0
	case s.endedBy != "":
		rec.vals[max(at.status, at.certStatus)] = value{set: true, s: s.endedBy, n: statusOut}
		s.endedRows++
		in.n = 0
	}
	rec.vals[at.inForce] = in
}

// hasReason says that a cell tells why a benefit ended: nobody gives a reason for what has not
// happened, but some write there that it has not.
func (s *sheetRun) hasReason(v value) bool {
	if answer, ok := parseYesNo(v.s); !v.set || ok && answer == no {
		return false
	}
	to, known := s.folder.columns[s.matcher.kind.at.status].lexicon.fold(v.s)
	return !known || to == "out"
}
