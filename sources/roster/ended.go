package roster

import (
	"path/filepath"
	"regexp"
	"strings"
)

// endedList is the name of a sheet or a file that lists whose benefit has ended: 停保, 低保6月停保名单.
var (
	endedList = regexp.MustCompile(`(停保|停发|停供|退保|退出|清退|注销|死亡)(对象|人员|人口|户|家庭)*(名单|名册|花名册|台账|明细|明细表|清单|表)*$`)
	mixedList = regexp.MustCompile(`在保|在册|新增|增|、|及|和|与|含`) // what else such a name may tell
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
		if found := endedList.FindStringSubmatch(strings.TrimRight(name, "0123456789-_.年月日")); found != nil {
			return found[1]
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
		said = true
		if rec.vals[i].n == statusOut {
			in.n = 0
		}
	}
	switch {
	case said:
	case at.exitReason >= 0 && rec.vals[at.exitReason].set: // nobody gives a reason for what has not happened
		in.n = 0
	case s.endedBy != "":
		rec.vals[max(at.status, at.certStatus)] = value{set: true, s: s.endedBy, n: statusOut}
		in.n = 0
	}
	rec.vals[at.inForce] = in
}
