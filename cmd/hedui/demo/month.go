package demo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// month writes one snapshot: at any time one file a kind is open.
type month struct {
	on       day
	inbox    string
	district *district
	books    [8]*book
	files    int
	rows     map[string]int
}

func newMonth(dir string, on day, d *district) *month {
	return &month{on: on, inbox: filepath.Join(dir, on.monthText(), "inbox"), district: d, rows: map[string]int{}}
}

// prepare makes the inbox.
func (m *month) prepare() error {
	if err := os.MkdirAll(m.inbox, 0o755); err != nil {
		return fmt.Errorf("make inbox: %w", err)
	}
	there, err := os.ReadDir(m.inbox)
	if err != nil {
		return fmt.Errorf("look into inbox: %w", err)
	}
	if len(there) > 0 {
		return fmt.Errorf("write to %s: %w", m.inbox, ErrNotEmpty)
	}
	return nil
}

// write writes what the month's rosters say about a family.
func (m *month) write(f *family) error {
	rosters := &f.june
	if m.on == mayDay {
		rosters = &f.may
	}
	var cert map[string]string
	for _, r := range rosters.disability {
		if r.cert != "" && r.sent == "" {
			if cert == nil {
				cert = map[string]string{}
			}
			cert[r.id] = r.cert
		}
	}
	for k := range kinds {
		rows := rosters.of(k)
		if len(rows) == 0 {
			continue
		}
		b, err := m.book(k, f.town)
		if err != nil {
			return err
		}
		if err := b.family(f.town, f.village, rows, cert); err != nil {
			return err
		}
		m.rows[kindNames[k]] += len(rows)
	}
	return nil
}

// book is the file that a town's rows of a kind go to.
func (m *month) book(k int, t *town) (*book, error) {
	l := layoutFor(k, t, m.district, m.on)
	if b := m.books[k]; b != nil {
		if b.file == l.file {
			return b, nil
		}
		m.books[k] = nil
		if err := m.shut(b); err != nil {
			return nil, err
		}
	}
	b, err := newBook(filepath.Join(m.inbox, l.file), l, k, m.district.Seed, m.on)
	if err != nil {
		return nil, err
	}
	m.books[k] = b
	m.files++
	return b, nil
}

// shut closes a file and dates it two days before the day of the run.
func (m *month) shut(b *book) error {
	if err := b.close(); err != nil {
		return err
	}
	sent := m.on.time().AddDate(0, 0, -2).Add(9 * time.Hour)
	if err := os.Chtimes(b.path, sent, sent); err != nil {
		return fmt.Errorf("date roster: %w", err)
	}
	return nil
}

// close closes what is open and, with dirt, leaves behind what else lies about
// in real folders: an editor's lock file and an unfinished download.
func (m *month) close() error {
	var errs []error
	for k, b := range m.books {
		if b != nil {
			errs = append(errs, m.shut(b))
			m.books[k] = nil
		}
	}
	if m.district.Dirty {
		errs = append(errs, os.WriteFile(filepath.Join(m.inbox, "~$特困人员花名册.xlsx"), []byte("\x05admin"), 0o644),
			os.WriteFile(filepath.Join(m.inbox, "低保.csv.tmp"), []byte("低保证号,姓"), 0o644))
	}
	return errors.Join(errs...)
}

func (m *month) summary() Month {
	relative := filepath.ToSlash(filepath.Join(m.on.monthText(), "inbox"))
	return Month{AsOf: m.on.String(), Inbox: relative, Files: m.files, Rows: m.rows}
}
