package roster_test

// corpus is every kind of damage, in the order of docs/reading.md.
func corpus() []damage {
	return []damage{
		{name: "完好的名册", what: "无", formats: []string{"CSV", "XLSX", "XLS", "XLS 95", "HTML", "ODS", "XML"}},
		{name: "完好的建档立卡名册", kind: "registered_poor", what: "无", formats: []string{"CSV", "XLSX", "XLS", "HTML"}},
		{name: "完好的残疾人名册", kind: "disability", what: "无", formats: []string{"CSV", "XLSX", "XLS", "HTML"}},
		{name: "完好的学生名册", kind: "school", what: "无", formats: []string{"CSV", "XLSX", "XLS", "HTML"}},
	}
}
