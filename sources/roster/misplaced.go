package roster

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"hedui/pipeline/fault"
)

// tellingOf are the headers of a kind's telling columns, folded, each with its column; all are
// all of its headers.
type tellingOf struct {
	kind    *Kind
	telling map[string]int
	all     map[string]target
}

var tellingKinds = sync.OnceValue(func() []tellingOf {
	var kinds []tellingOf
	for _, k := range Kinds() {
		m, err := newMatcher(k, nil)
		if err != nil {
			panic(err) // only aliases of a configuration can be wrong
		}
		of := tellingOf{kind: k, telling: make(map[string]int), all: m.headers}
		for i := range k.Columns {
			for _, header := range append([]string{k.Columns[i].Label}, k.Columns[i].Aliases...) {
				if k.Columns[i].Telling && !slices.Contains(k.Columns[i].Generic, header) {
					of.telling[foldHeader(header)] = i
				}
			}
		}
		kinds = append(kinds, of)
	}
	return kinds
})

// misplaced refuses a roster of another kind under this one's name: what tells the other kind
// stands in it twice or more, and hardly anything that is this kind's alone. Its people would
// be taken for what they are not.
func (m *matcher) misplaced(l *layout, place string) error {
	for _, other := range tellingKinds() {
		if other.kind.Name == m.kind.Name {
			continue
		}
		theirs, ours := other.told(l.unmatched), m.ownBeside(l, other)
		if len(theirs) < 2 || len(theirs) < 4*ours {
			continue
		}
		return fault.New(fault.SourceColumn, place,
			fmt.Sprintf("%s自己的列太少，表头“%s”是%s的：把文件名改对；确是%s的，补上它自己的列，或在 config.yaml 的 sources.%s.aliases 中写明表头。",
				m.kind.Label, strings.Join(theirs[:min(3, len(theirs))], "”“"), other.kind.Label, m.kind.Label, m.kind.Name),
			errors.New("match columns: the headers are another kind's"))
	}
	return nil
}

// told gives those of the headers that tell the kind, one a column.
func (of tellingOf) told(headers []string) (told []string) {
	seen := make(map[int]bool)
	for _, header := range headers {
		column, tells := of.telling[foldHeader(header)]
		if !tells { // under a group
			column, tells = of.telling[foldHeader(header[strings.LastIndexByte(header, '/')+1:])]
		}
		if tells && !seen[column] {
			seen[column] = true
			told = append(told, header)
		}
	}
	return told
}

// ownBeside counts the columns that are this kind's own, under headers that the other has not:
// 护理补贴 is of tekun and of disability, and says nothing between the two.
func (m *matcher) ownBeside(l *layout, other tellingOf) (n int) {
	for i, sources := range l.sources {
		if m.kind.Columns[i].own && slices.ContainsFunc(sources, func(s source) bool {
			_, shared := other.all[s.folded]
			return !shared || s.strength == byConfig
		}) {
			n++
		}
	}
	return n
}
