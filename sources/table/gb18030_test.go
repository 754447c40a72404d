package table

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Pieces side by side give what the library gives for the whole, whatever is broken.
func TestDecodeGB18030(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	good, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("镇,村,姓名\n上板城镇,东村,𠀀丙\n"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2000 {
		data := bytes.Repeat(good, n%7)
		for range r.IntN(5) { // damage it
			if len(data) > 0 {
				data[r.IntN(len(data))] = byte(r.IntN(256))
			}
		}
		if n%3 == 0 { // pure noise needs more room than Chinese text
			data = make([]byte, r.IntN(200))
			for i := range data {
				data[i] = byte(r.IntN(256))
			}
		}
		whole, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeGB18030(data)
		if want := strings.ToValidUTF8(string(whole), "\ufffd"); err != nil || got != want || !utf8.ValidString(got) {
			t.Fatalf("%q\ngot  %q\nwant %q (%v)", data, got, want, err)
		}
	}
}
