package pipeline

import (
	"strings"
	"testing"
)

// TestHouseholdState: where a sheet writes the state in the first row of every household and in no
// other, it is the household's; elsewhere a blank is a blank, and a household whose first row alone
// is stopped is told, every night.
func TestHouseholdState(t *testing.T) {
	d := newDistrict(t)
	const header = "镇,低保证号,姓名,身份证号,状态\n"
	d.send("低保甲.csv", header+ // throughout
		"东沟镇,D1,甲户主,130890197001010016,停保\n东沟镇,D1,甲成员,130890197502020028,\n"+
		"东沟镇,D2,乙户主,130890197003164019,在保\n东沟镇,D2,乙成员,130890197003174014,\n东沟镇,D3,丙单人,130890194606060063,在保\n"+
		"东沟镇,D4,丁户主,130890194505050050,死亡\n东沟镇,D4,丁成员,130891197303030035,\n") // his own end, not the household's
	d.send("低保乙.csv", header+ // a member's too
		"东沟镇,D5,戊户主,130892197404040044,停保\n东沟镇,D5,戊成员,130895197001010018,\n"+
		"东沟镇,D6,己户主,130897197003039722,在保\n东沟镇,D6,己成员,130897197103039738,在保\n"+
		"东沟镇,D7,庚户主,130897197203039743,死亡\n东沟镇,D7,庚成员,130897200603039819,\n"+
		"东沟镇,D8,辛户主,130896197907199597,停保\n东沟镇,D8,辛成员,130893198206145559,部分停保\n")
	d.send("低保丙.csv", header[:len(header)-1]+","+header+ // two columns of rows
		"东沟镇,D11,壬户主,130896198806145551,停保,东沟镇,D12,癸单人,130897196512035557,在保\n东沟镇,D11,壬成员,130896199206145552,,东沟镇,D13,子单人,130897197712035556,在保\n")
	const stands = `甲户主 停保 false
甲成员 停保 false
乙户主 在保 true
乙成员 - true
丙单人 在保 true
丁户主 死亡 false
丁成员 - true
戊户主 停保 false
戊成员 - true
己户主 在保 true
己成员 在保 true
庚户主 死亡 false
庚成员 - true
辛户主 停保 false
辛成员 部分停保 true
壬户主 停保 false
癸单人 在保 true
壬成员 停保 false
子单人 在保 true`
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		told := strings.Join(d.mustRecord(day).Warnings, "\n")
		for _, want := range []string{
			"E-SRC-24｜《低保甲.csv》｜同户第一行已停保、退出，自己没有写状态的 1 人（如第 8 行）仍计入在保，请核对",
			"E-SRC-24｜《低保乙.csv》｜同户第一行已停保、退出，自己没有写状态的 1 人（如第 3 行）仍计入在保，请核对",
		} {
			if !strings.Contains(told, want) {
				t.Errorf("%s: told %s, want %s", day, told, want)
			}
		}
		if got := d.ask("SELECT name, coalesce(status, '-'), in_force FROM read_dibao ORDER BY path DESC, row_number, name"); got != stands {
			t.Errorf("%s: got\n%s", day, got)
		}
	}
	if got, want := d.ask("SELECT path, row_number, header FROM cell_fault WHERE reason LIKE '同户第一行%' ORDER BY ALL"), "低保乙.csv 3 状态\n低保甲.csv 8 状态"; got != want {
		t.Errorf("listed %s, want %s", got, want)
	}
	if got, want := d.ask("SELECT DISTINCT split_part(note, '；', 1) FROM source_file WHERE path = '低保甲.csv'"), "状态只写在每户第一行，1 人照第一行计为不在保"; got != want {
		t.Errorf("noted %s, want %s", got, want)
	}
}
