package demo

// typo is an ID number with the middle digit of its serial number mistyped, so
// that the check digit no longer fits.
func typo(id string) string {
	b := []byte(id)
	b[15] = '0' + (b[15]-'0'+3)%10
	return string(b)
}

// unknown is a case of DQ01: an ordinary head's insurance row carries a text
// that no number can be read from.
func unknown(label string, sent func(id string) string) plant {
	return plant{label, func(f *family) {
		f.intact = true
		head, _ := f.couple()
		row := f.medical(head)
		row.sent, row.lost = sent(head.id), true
	}}
}

func always(text string) func(string) string { return func(string) string { return text } }

// certified is an ordinary head who holds a certificate, which carries the
// number intact, and whose insurance row the case damages.
func (f *family) certified() (*person, *medicalRow) {
	f.intact = true
	head, _ := f.couple()
	f.disabled(head, "听力", 4)
	return head, f.medical(head)
}

// DQ01–DQ05: numbers, doubles, names, towns. DQ01 and the DQ04 of a repaired
// number are told by the damage that a row carries (sent, lost), not by must.
var qualityCases = []plant{
	unknown("DQ01 masked", func(id string) string { return id[:6] + "********" + id[14:] }),
	unknown("DQ01 to be handed in later", always("待补")),
	unknown("DQ01 none", always("无")),
	unknown("DQ01 a telephone number", always("13800003141")),
	unknown("DQ01 digits lost for good in scientific notation", func(id string) string { return id[:1] + "." + id[1:6] + "E+17" }),
	unknown("DQ01 a typing error that no other roster corrects", typo),
	{"DQ01 thirteen digits left are too few", func(f *family) {
		p, row := f.certified()
		row.sent, row.lost = p.id[:1]+"."+p.id[1:13]+"E+17", true
	}},
	{"DQ01 the other roster has another name", func(f *family) {
		p, row := f.certified()
		row.name = "王" + row.name
		row.sent, row.lost = typo(p.id), true
	}},
	{"DQ01 the other roster has another town", func(f *family) {
		p, row := f.certified()
		row.town = f.district.towns[(f.town.place+1)%len(f.district.towns)].name
		row.sent, row.lost = typo(p.id), true
	}},
	{"DQ01 the number stands right in the same roster alone", func(f *family) {
		f.intact = true
		head, _ := f.couple()
		f.medical(head)
		row := f.medical(head)
		row.sent, row.lost = typo(head.id), true
	}},
	{"DQ01 two people qualify", func(f *family) {
		f.intact = true
		one, two := f.couple()
		// Neighbours in the registry: their serial numbers differ in one digit, and so
		// do their check digits. One's serial with the other's check digit is one edit
		// from both.
		for one.id[:16] != two.id[:16] {
			one.id = f.district.numbers.next(f.town.place, one.birth, one.male)
			two.id = f.district.numbers.next(f.town.place, one.birth, one.male)
		}
		two.birth, two.male, two.name = one.birth, one.male, one.name
		one.unlisted, two.unlisted = true, true
		f.disabled(one, "听力", 4)
		f.disabled(two, "听力", 4)
		row := f.medical(one)
		row.sent, row.lost = one.id[:17]+two.id[17:], true
	}},
	{"DQ04 fourteen digits left are enough", func(f *family) {
		p, row := f.certified()
		row.sent = p.id[:1] + "." + p.id[1:14] + "E+17"
	}},
	{"DQ04 two valid numbers that begin alike, under one name in one town", func(f *family) {
		p, row := f.certified()
		p.unlisted = true
		row.id = f.district.numbers.next(int(p.id[5]-'0'), p.birth, p.male)
		f.must("DQ04", p)
		f.wants = append(f.wants, want{"DQ04", row.id})
	}},
	{"DQ04 mistyped in dibao, still covered", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1).living = "是"
		row := f.alone(p)
		row.sent = typo(p.id)
	}},
	{"DQ04 mistyped on the certificate, still missed", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(6600))
		row := f.disabled(p, "肢体", 1)
		row.sent, row.cert = typo(p.id), ""
		f.must("LB01", p)
	}},
	{"DQ04 mistyped in June's dibao alone: no exit", func(f *family) {
		f.intact = true
		p := f.home(unstable, yuan(4800))
		row := f.alone(p)
		row.sent = typo(p.id)
		f.was(func(may *rosters) { may.dibao[0].sent = "" })
	}},
	{"CT03 the exit of a number that May's dibao had mistyped", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(4800))
		f.alone(f.people[0])
		f.formerly(p).sent = typo(p.id)
		f.must("CT03", p)
		f.mustPoor("JC08")
	}},
	{"DQ02 twice in one poor household", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(9600))
		again := *f.row(p)
		again.personNo = again.householdNo + "04"
		f.june.poor = append(f.june.poor, &again)
		f.must("DQ02", p)
	}},
	{"DQ02 twice in tekun", func(f *family) {
		f.intact = true
		p := f.aged()
		f.tekun(p)
		f.tekun(p).mode = "集中"
		f.must("DQ02", p)
	}},
	{"DQ02 one certificate twice", func(f *family) {
		f.intact = true
		head, _ := f.couple()
		f.disabled(head, "肢体", 4)
		f.disabled(head, "肢体", 4)
		f.must("DQ02", head)
	}},
	{"DQ02 not for a certificate issued again", func(f *family) {
		f.intact = true
		head, _ := f.couple()
		f.disabled(head, "肢体", 4).status = "注销"
		again := f.disabled(head, "肢体", 4)
		again.cert += "B1"
	}},
	{"DQ02 not for two settlements", func(f *family) {
		head, _ := f.couple()
		f.bill(head, yuan(900), blank)
		f.bill(head, yuan(700), blank)
	}},
	{"DQ03 a homophone in another roster", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(9600))
		p.name, f.row(p).name = "章玮", "章玮"
		f.medical(p).name = "张伟"
		f.must("DQ03", p)
	}},
	{"DQ03 not for a remark, blanks and dots", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(9600))
		p.name, f.row(p).name = "古丽娜尔·买买提", "古丽娜尔·买买提"
		f.medical(p).name = "古丽娜尔•买买提（外出）"
		f.bill(p, yuan(300), blank).name = "古丽娜尔 买买提"
	}},
	{"DQ03 not for a character that a system could not write", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(9600))
		p.name, f.row(p).name = "王𬭎远", "王𬭎远"
		f.medical(p).name = "王?远"
		f.bill(p, yuan(300), blank).name = "王△远"
		f.bill(p, yuan(400), blank).name = "王\ue863远"
	}},
	{"DQ05 registered in one town, protected in another", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(6600))
		row := f.alone(p)
		other := f.district.towns[(f.town.place+1)%len(f.district.towns)]
		row.town, row.village = other.name, other.villages[0]
		row.householdNo = "DX" + p.id[6:17] // the other town has numbers of its own
		f.must("DQ05", p)
	}},
	{"DQ05 a certificate of another town", func(f *family) {
		f.intact = true
		p := f.home(stable, yuan(9600))
		other := f.district.towns[(f.town.place+1)%len(f.district.towns)]
		row := f.disabled(p, "听力", 4)
		row.town, row.village = other.name, other.villages[1]
		f.must("DQ05", p)
	}},
	{"DQ05 not for school or insurance elsewhere", func(f *family) {
		f.intact = true
		p := f.minor(9)
		other := f.district.towns[(f.town.place+1)%len(f.district.towns)]
		row := f.aidedPupil(p)
		row.town, row.village = other.name, other.villages[0]
		insured := f.medical(p)
		insured.town, insured.village = other.name, other.villages[0]
	}},
}

// contradicted is an ordinary head whose certificate, or whose row about it, a case changes.
func contradicted(label string, fires bool, change func(*disabilityRow)) plant {
	return plant{label, func(f *family) {
		f.intact = true
		head, _ := f.couple()
		row := f.disabled(head, "听力", 3)
		change(row)
		if fires {
			f.mustRow("DQ06", row)
		}
	}}
}

// DQ06, DQ07: rows that contradict themselves, and cells that nobody filled in.
var rowCases = []plant{
	{"DQ06 a woman's number, called a man", func(f *family) {
		f.intact = true
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).sex = map[bool]string{true: "女", false: "男"}[p.male]
		f.mustRow("DQ06", f.row(p))
	}},
	contradicted("DQ06 a type that the certificate's number has not", true, func(r *disabilityRow) { r.kind = "言语" }),
	contradicted("DQ06 a grade that the certificate's number has not", true, func(r *disabilityRow) { r.grade = 4 }),
	contradicted("DQ06 not for a certificate issued again", false, func(r *disabilityRow) { r.cert += "B2" }),
	contradicted("DQ06 not without the certificate's number", false, func(r *disabilityRow) { r.cert = "" }),
	{"DQ06 not where the sex is blank", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).sex = ""
	}},
	{"DQ07 a school without its name", func(f *family) {
		f.intact = true
		f.couple()
		p := f.born("之子", birthAt(f.r, 13, 20200831))
		row := f.school(p)
		row.school = ""
		f.mustRow("DQ07", row)
	}},
	{"DQ07 a certificate without its town", func(f *family) {
		p := f.grown()
		p.unlisted = true // nor does another roster tell it
		row := f.disabled(p, "听力", 3)
		row.town = ""
		f.mustRow("DQ07", row)
	}},
	{"DQ07 not for the town of a school, an insurance or an aid", func(f *family) {
		f.couple()
		p := f.born("之女", birthAt(f.r, 8, 20200831))
		f.school(p).town = ""
		f.medical(p).town = ""
		f.aid(p, 20210204).town = ""
	}},
	{"DQ07 not for a cell that nobody has to fill in", func(f *family) {
		p := f.grown()
		row := f.poor(stable, modest, p)[0]
		row.personNo, row.health, row.student = "", "", ""
	}},
}

// DQ08: families that cannot be.
var kinCases = []plant{
	{"DQ08 a son eleven years younger than the head", func(f *family) {
		p := f.born("户主", 19800301)
		f.poor(stable, modest, p, f.born("之子", 19920229))
		f.mustPoor("DQ08")
	}},
	{"DQ08 not twelve years younger", func(f *family) {
		p := f.born("户主", 19800301)
		f.poor(stable, modest, p, f.born("之子", 19920301))
	}},
	{"DQ08 a daughter older than the head", func(f *family) {
		p := f.born("户主", 19800301)
		f.poor(stable, modest, p, f.born("之女", 19720301))
		f.mustPoor("DQ08")
	}},
	{"DQ08 nobody is the head", func(f *family) {
		p := f.grown()
		p.relation = "配偶"
		f.poor(stable, modest, p)
		f.mustPoor("DQ08")
	}},
	{"DQ08 two heads", func(f *family) {
		f.poor(stable, modest, f.grown(), f.add("户主", 38))
		f.mustPoor("DQ08")
	}},
	{"DQ08 a spouse of fifteen", func(f *family) {
		f.poor(stable, modest, f.add("户主", 30), f.born("配偶", 20050611))
		f.mustPoor("DQ08")
	}},
	{"DQ08 not a spouse of sixteen", func(f *family) {
		f.poor(stable, modest, f.add("户主", 30), f.born("配偶", 20050610))
	}},
	{"DQ08 more listed than declared", func(f *family) {
		rows := f.pair()
		for _, row := range rows {
			row.covered, row.amount = 1, yuan(240)
		}
		f.mustDibao("DQ08", rows[0])
	}},
	{"DQ08 not fewer listed than declared", func(f *family) {
		for _, row := range f.pair() {
			row.covered, row.amount = 3, yuan(720)
		}
	}},
}
