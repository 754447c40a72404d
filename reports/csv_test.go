package reports

import (
	"database/sql"
	"testing"
)

// TestInParts: every line is in one part, and no part but the first is empty.
func TestInParts(t *testing.T) {
	for last := range 8 {
		parts, lines := inParts(last, 3), 0
		for i, p := range parts {
			from, to := p[0].(sql.NamedArg).Value.(int), p[1].(sql.NamedArg).Value.(int)
			if from != i*3 || to != from+3 || i > 0 && from >= last {
				t.Errorf("%d lines: part %d is %v", last, i, p)
			}
			lines += max(0, min(to, last)-from)
		}
		if len(parts) == 0 || lines != last {
			t.Errorf("%d lines: %v holds %d", last, parts, lines)
		}
	}
}
