package matchers

import (
	"strings"
	"testing"
)

// TestMisspeltKeyOfAParameterFails: it would leave a value without its basis, or a
// new one without its first day, and nobody would see.
func TestMisspeltKeyOfAParameterFails(t *testing.T) {
	data, err := files.ReadFile("policy/parameters.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"label", "from", "basis", "checked_on"} {
		if _, err := decodeParameters([]byte(strings.ReplaceAll(string(data), key+":", key+"x:"))); err == nil {
			t.Errorf("%sx is taken", key)
		}
	}
}

// TestEveryDocumentWasChecked: a value that rests on a document says when it was last
// compared with it, and a mere default does not.
func TestEveryDocumentWasChecked(t *testing.T) {
	known, err := knownParameters()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range known {
		for _, v := range k.Values {
			if v.Basis == "" || v.CheckedOn.IsZero() != strings.HasPrefix(v.Basis, "内置默认值") {
				t.Errorf("%s: basis %q, checked on %v", k.Name, v.Basis, v.CheckedOn)
			}
		}
	}
}
