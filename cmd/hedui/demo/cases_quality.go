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
		p := f.add("户主", 66+f.r.IntN(15))
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
