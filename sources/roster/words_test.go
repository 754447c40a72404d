package roster

import "testing"

// A form's answer is the word that is ticked; two, or none, are no answer.
func TestTicked(t *testing.T) {
	for text, want := range map[string]string{
		"☑是 □否": yes, "□是 ☑否": no, "是☑否□": yes, "是□ 否☑": no, "√是 否": yes, "是 否√": no, "□有／■无": no, "●是○否": yes,
		"□是□否": "", "☑是☑否": "", "是□否□": "", "是 否": "",
	} {
		if got, ok := parseYesNo(text); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v; want %q", text, got, ok, want)
		}
	}
}
