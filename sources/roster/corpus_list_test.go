package roster_test

import "slices"

// every format that is a table of its own.
var every = []string{"CSV", "XLSX", "XLS", "XLS 95", "HTML", "ODS", "XML"}

// common are the formats in which nearly all rosters come; what a cell says is
// damaged in these.
var common = []string{"CSV", "XLSX", "XLS", "HTML"}

// wide are those that hold any character.
var wide = []string{"CSV", "XLSX", "XLS", "HTML", "ODS", "XML"}

// corpus is every kind of damage, in the order of docs/reading.md.
func corpus() []damage { return slices.Concat(damagedTables(), damagedCells(), damagedWholes()) }

// damagedTables are what a file and its sheets are made like.
func damagedTables() []damage {
	return slices.Concat(undamaged(), damagedEncodings(), damagedLines(), damagedQuotes(), wrongNames(),
		damagedXLSX(), damagedXLS(), damagedHTML(), damagedEnds(), damagedHeads(), damagedBooks(), damagedHeaders(), damagedHouseholds(), damagedPackets())
}

// damagedCells are what cells say.
func damagedCells() []damage {
	return slices.Concat(damagedNumbers(), damagedNames(), damagedPlaces(), damagedDates(), damagedAmounts(), damagedWords(), damagedOthers())
}

// damagedWholes are refused.
func damagedWholes() []damage { return slices.Concat(damagedFiles(), damagedColumns()) }

func undamaged() []damage {
	return []damage{
		{name: "完好的低保名册", formats: every, what: "无"},
		{name: "完好的建档立卡名册", kind: "registered_poor", formats: every, what: "无"},
		{name: "完好的残疾人名册", kind: "disability", formats: every, what: "无"},
		{name: "完好的学生名册", kind: "school", formats: every, what: "无"},
	}
}
