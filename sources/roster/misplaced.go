package roster

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"hedui/pipeline/fault"
)

// tellingHeaders are the headers of telling columns, folded, with the kind they tell.
var tellingHeaders = sync.OnceValue(func() map[string]*Kind {
	all := make(map[string]*Kind)
	for _, k := range Kinds() {
		for i := range k.Columns {
			if c := &k.Columns[i]; c.Telling {
				for _, header := range append([]string{c.Label}, c.Aliases...) {
					all[foldHeader(header)] = k
				}
			}
		}
	}
	return all
})

// misplaced refuses a roster of another kind under this one's name: it has nothing that is this
// kind's own, and two headers or more that tell another. Its people would be taken for what
// they are not.
func (m *matcher) misplaced(l *layout, place string) error {
	for i := range m.kind.Columns {
		if m.kind.Columns[i].own && len(l.sources[i]) > 0 {
			return nil
		}
	}
	found := make(map[*Kind][]string)
	for _, header := range l.unmatched {
		if k := tellingHeaders()[foldHeader(header)]; k != nil && k.Name != m.kind.Name {
			if found[k] = append(found[k], header); len(found[k]) == 2 {
				return fault.New(fault.SourceColumn, place,
					fmt.Sprintf("没有%s自己的列，表头“%s”是%s的：把文件名改对；确是%s的，补上它自己的列，或在 config.yaml 的 sources.%s.aliases 中写明表头。",
						m.kind.Label, strings.Join(found[k], "”“"), k.Label, m.kind.Label, m.kind.Name),
					errors.New("match columns: the headers are another kind's"))
			}
		}
	}
	return nil
}
