package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
)

//go:embed protocol.yaml
var protocolYAML []byte

// protocolForm is protocol.yaml.
type protocolForm struct {
	Title, Subtitle string
	Sections        []struct {
		Heading, Table, Note string
		Text                 []string
	}
	Signature []string
	Files     struct{ District, Town map[string]issue }
}

// issue says what a file holds and who gets it.
type issue struct{ What, Who string }

var protocol = laidOut[protocolForm]("protocol.yaml", protocolYAML)

// protocolFigures are what the texts of protocol.yaml name.
type protocolFigures struct {
	Settings
	Day, Due                                  string
	RowsRead, RowsLoaded, RowsRejected        int64
	Persons, Households                       int64
	Canaries, Absent, Held                    string // empty: none
	Rules, Evaluated, NotEvaluated, Suspended int64
}

// protocolColumns are the tables that the sections name, each out of its query.
var protocolColumns = map[string][]cells{
	"rosters": {{"名册", 17, styleCell}, {"报送部门", 16, styleCell}, {"文件", 31, styleCell}, {"文件日期", 17, styleFigure}, {"载入行", 9, styleFigure}, {"拒收行", 9, styleFigure}, {"文件摘要", 16, styleFigure}},
	"rules":   {{"编号", 9, styleFigure}, {"规则和所查问题", 32, styleCell}, {"依据", 38, styleCell}, {"执行情况", 18, styleCell}, {"检查", 9, styleFigure}, {"发现", 8, styleFigure}},
	"policy":  {{"参数", 26, styleCell}, {"值", 30, styleFigure}, {"单位", 14, styleFigure}, {"生效日", 16, styleFigure}, {"依据", 38, styleCell}},
	"results": {{"类别", 18, styleFigure}, {"疑点", 12, styleFigure}, {"涉及户", 12, styleFigure}, {"待核实", 12, styleFigure}, {"已属实", 12, styleFigure}, {"本期新增", 12, styleFigure}},
	"run":     {{"项目", 30, styleCell}, {"内容", 70, styleCell}},
}

var fileColumns = []cells{{"文件夹", 14, styleFigure}, {"文件", 30, styleCell}, {"内容", 34, styleCell}, {"发给", 24, styleCell}}

// writeProtocol writes 比对说明书: what was compared tonight, by which rules,
// and who gets which of the night's files.
func (s Settings) writeProtocol(made []Report) Write {
	return func(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
		form, err := protocol()
		if err != nil {
			return err
		}
		figures, err := s.protocolFigures(ctx, db)
		if err != nil {
			return err
		}
		p := &paper{figures: figures}
		p.add(styleTitle, form.Title)
		p.add(styleSubtitle, form.Subtitle)
		for _, section := range form.Sections {
			if section.Heading != "" {
				p.add(styleHeading1, section.Heading)
			}
			for _, text := range section.Text {
				p.add(styleText, text)
			}
			switch section.Table {
			case "":
			case "files":
				rows, err := form.issued(made, s.AsOf)
				if err != nil {
					return err
				}
				p.table(fileColumns, rows)
			default:
				rows, err := tableRows(ctx, db, "protocol_"+section.Table, len(protocolColumns[section.Table]))
				if err != nil {
					return err
				}
				p.table(protocolColumns[section.Table], rows)
			}
			if section.Note != "" {
				p.add(styleNote, section.Note)
			}
		}
		for _, line := range form.Signature {
			p.add(styleSignature, line)
		}
		if p.err != nil {
			return p.err
		}
		return p.save(w)
	}
}

func (s Settings) protocolFigures(ctx context.Context, db *sql.Conn) (protocolFigures, error) {
	f := protocolFigures{Settings: s, Day: chineseDay(s.AsOf), Due: "按通知要求"}
	if !s.Due.IsZero() {
		f.Due = chineseDay(s.Due)
	}
	if f.Department == "" {
		f.Department = "制作单位：________"
	}
	statement, err := query("protocol_night")
	if err != nil {
		return f, err
	}
	var canaries, absent, held sql.NullString
	err = db.QueryRowContext(ctx, statement).Scan(&f.RowsRead, &f.RowsLoaded, &f.RowsRejected,
		&f.Persons, &f.Households, &canaries, &absent, &held, &f.Rules, &f.Evaluated, &f.NotEvaluated, &f.Suspended)
	if err != nil {
		return f, fmt.Errorf("read the night: %w", err)
	}
	f.Canaries, f.Absent, f.Held = canaries.String, absent.String, held.String
	return f, nil
}

// issued lists the files made: the district's, and a town's for all of them. A
// file that nobody is told to get is an error: a report was added without it.
func (f protocolForm) issued(made []Report, day time.Time) ([][]string, error) {
	var rows [][]string
	var town string
	for _, r := range made {
		folder, name := path.Split(r.Name)
		folder, known, where := path.Clean(folder), f.Files.District, districtFolder
		if r.Scope.Town != "" {
			if town == "" {
				town = r.Scope.Town
			}
			if r.Scope.Town != town {
				continue
			}
			known, where = f.Files.Town, "各镇"
			name = strings.TrimPrefix(name, folder+"_")
			name = strings.ReplaceAll(name, "_"+day.Format(time.DateOnly), "")
		}
		told, ok := known[name]
		if !ok {
			return nil, fmt.Errorf("protocol.yaml does not tell who gets %s", name)
		}
		rows = append(rows, []string{where, name, told.What, told.Who})
	}
	return rows, nil
}
