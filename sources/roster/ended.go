package roster

import (
	"path/filepath"
	"regexp"
	"strings"
)

// endedList is the name of a sheet or a file that lists whose benefit has ended: 停保, 低保6月停保名单.
var (
	endedList = regexp.MustCompile(`(停保|停发|停供|退保|退出|清退|注销|死亡)(对象|人员|人口|户|家庭)*(名单|名册|花名册|台账|明细|明细表|清单|表)*$`)
	mixedList = regexp.MustCompile(`在保|在册|在享|正常|享受|有效|恢复|增|疑似|核查|、|及|和|与`) // what else such a name may tell
	leavesOut = regexp.MustCompile(`(剔除|去除|除去|排除|清理|核减|删除|不含|除)[已的]*$`)
)

// endedBy is the word in which the sheet's name, or else the file's, says that its people are
// no longer in force; empty where neither does. Of the registered poor who 退出 has left
// poverty, and stays.
func endedBy(k *Kind, path, sheet string) string {
	at := k.at
	if at.poorType >= 0 || at.status < 0 && at.certStatus < 0 {
		return ""
	}
	file := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for _, name := range []string{sheet, file} {
		name = dropRemarks(compact(name))
		if mixedList.MatchString(name) {
			return ""
		}
		name = strings.TrimRight(name, "0123456789-_.年月日")
		if at := endedList.FindStringSubmatchIndex(name); at != nil && !deniesNext(name[:at[2]]) && !leavesOut.MatchString(name[:at[2]]) {
			return name[at[2]:at[3]]
		}
	}
	return ""
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
