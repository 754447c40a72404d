package reports

import "testing"

func TestMaskText(t *testing.T) {
	m := &Mask{names: map[rune]*words{}, kept: map[rune]*words{}, whole: map[string]bool{"丁": true}}
	for _, name := range []string{"张三", "张三丰", "三丰", "欧阳小红", "上板", "李?", "阿 布"} {
		add(m.names, name)
	}
	for _, word := range []string{"上板城镇", "张三营村"} {
		add(m.kept, word)
	}
	for text, want := range map[string]string{
		"张三":                 "张*",
		"同户张三丰、张三享受低保":       "同户张**、张*享受低保",
		"张三三丰":               "张*三*",
		"户主欧阳小红（配偶）":         "户主欧***（配偶）",
		"上板城镇张三营村的上板":        "上板城镇张三营村的上*",
		"李?":                 "李*",
		"同户张 三丰、张　三":         "同户张***、张**",
		"阿布和阿 布":             "阿*和阿**",
		"张\n三":               "张\n三",
		"丁":                  "*",
		"丁字路":                "丁字路",
		"130890199001011234": "130890********1234",
		"证号13089019900101123X，证13089019900101123X41": "证号130890********123X，证130890********123X41",
		"130890900101123":      "130890*****1123",
		"1.30890199001011E+17": "1.3089**********E+17",
		"2021-06-10 共1234567元": "2021-06-10 共1234567元",
		"LB01-123456789012":    "LB01-123456789012",
	} {
		if got := m.Text(text); got != want {
			t.Errorf("%s is told as %s, want %s", text, got, want)
		}
	}
	values := []any{"电话 138 0000 1234，账号6222-0202-0002-1234567", int64(7), "13800001234"}
	m.row([]string{"cells", "n", "finding"}, values)
	if values[0] != "电话 138 0****1234，账号6222-0************4567" {
		t.Errorf("a department's own cell is told as %v", values[0])
	}
	if values[1] != int64(7) || values[2] != "13800001234" {
		t.Errorf("other values are told as %v", values[1:])
	}
}
