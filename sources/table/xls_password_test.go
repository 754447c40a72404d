package table_test

import (
	"bytes"
	"context"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"hedui/pipeline/fault"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// unlocked reads a workbook under a password.
func unlocked(t *testing.T, data []byte, password string) ([]string, error) {
	t.Helper()
	f, err := table.OpenLocked(context.Background(), store(t, data), table.Limits{}, password)
	if err != nil {
		return nil, err
	}
	return transcribe(f)
}

// TestEncryptedXLS reads what LibreOffice encrypted: under the password that Excel uses of itself
// where the structure is protected, of which nobody is asked, and under one of somebody's.
func TestEncryptedXLS(t *testing.T) {
	for _, c := range []struct {
		file, password string
		opens          bool
	}{
		{"保护.xls", "", true},
		{"保护.xls", "correct horse", true},
		{"加密.xls", "correct horse", true},
		{"加密.xls", "", false},
		{"加密.xls", "wrong horse", false},
	} {
		got, err := unlocked(t, sample(t, c.file), c.password)
		switch {
		case c.opens && err != nil:
			t.Errorf("%s under %q: %v", c.file, c.password, err)
		case c.opens:
			golden(t, "testdata/保护.xls.txt", strings.Join(got, "\n")+"\n")
		case !c.opens && (fault.Of(err) == nil || fault.Of(err).Code != fault.SourcePassword):
			t.Errorf("%s under %q: error %v", c.file, c.password, err)
		}
	}
}

// TestCryptoAPI reads what is encrypted as Excel 2002 and later do.
func TestCryptoAPI(t *testing.T) {
	book := tabletest.Book{Sheets: []tabletest.Sheet{
		{Name: "名册", Rows: []tabletest.Row{tabletest.Texts("镇", "姓名"), tabletest.Texts("东沟镇", strings.Repeat("长", 2000))}},
		{Name: "附表", Rows: []tabletest.Row{tabletest.Texts("东沟镇", "甲一")}},
	}}
	plain := tabletest.BIFF8(book)
	want, err := unlocked(t, plain, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, bits := range []int{40, 56, 128} {
		bare := sealedBIFF8(plain, "VelvetSweatshop", bits)
		for _, sealed := range [][]byte{bare, tabletest.OLE("Workbook", bare)} {
			if got, err := unlocked(t, sealed, ""); err != nil || !slices.Equal(got, want) {
				t.Errorf("%d bits: %v\n%.200s", bits, err, got)
			}
		}
	}
	if _, err := unlocked(t, sealedBIFF8(plain, "VelvetSweatshop", 30), ""); fault.Of(err) == nil || fault.Of(err).Code != fault.SourcePassword {
		t.Errorf("a key of 30 bits: %v", err)
	}
}

// TestEncryptedBehindABrokenRecord: what cannot be reached record by record cannot be decrypted, and
// is no sheet of nonsense.
func TestEncryptedBehindABrokenRecord(t *testing.T) {
	book := tabletest.Book{Sheets: []tabletest.Sheet{
		{Name: "名册", Rows: []tabletest.Row{tabletest.Texts("镇", "姓名")}},
		{Name: "附表", Rows: []tabletest.Row{{Cells: []table.Cell{tabletest.Number("1200.5")}}}},
	}}
	plain := tabletest.BIFF8(book)
	junk := append([]byte{0x34, 0x12, 0x00, 0x28}, make([]byte, 0x2800)...) // longer than a record is
	at := bytes.LastIndex(plain, []byte{0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x10, 0x00})
	bound := bytes.LastIndex(plain[:at], []byte{0x85, 0x00})
	binary.LittleEndian.PutUint32(plain[bound+4:], binary.LittleEndian.Uint32(plain[bound+4:])+uint32(len(junk)))
	plain = slices.Concat(plain[:at], junk, plain[at:])
	if lines, err := unlocked(t, plain, ""); err != nil || len(lines) != 4 {
		t.Fatalf("as it is: %v %q", err, lines)
	}
	if lines, err := unlocked(t, sealedBIFF8(plain, "VelvetSweatshop", 128), ""); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceUnreadable {
		t.Errorf("encrypted: %v %q", err, lines)
	}
}

// sealedBIFF8 encrypts a workbook stream by RC4 CryptoAPI ([MS-OFFCRYPTO] 2.3.5): behind the first
// record stands the one that says how, and sheets begin so much later.
func sealedBIFF8(plain []byte, password string, bits int) []byte {
	salt := []byte("sixteen bytes of")
	var word []byte
	for _, unit := range utf16.Encode([]rune(password)) {
		word = binary.LittleEndian.AppendUint16(word, unit)
	}
	first := sha1.Sum(slices.Concat(salt, word))
	cipher := func(block int) *rc4.Cipher {
		sum := sha1.Sum(binary.LittleEndian.AppendUint32(slices.Clone(first[:]), uint32(block)))
		key := make([]byte, max(bits/8, 5))
		copy(key, sum[:])
		if bits == 40 {
			key = append(key, make([]byte, 11)...)
		}
		c, err := rc4.NewCipher(key)
		if err != nil {
			panic(err)
		}
		return c
	}
	verifier := []byte("another sixteen.")
	digest := sha1.Sum(verifier)
	proof := slices.Concat(verifier, digest[:])
	cipher(0).XORKeyStream(proof, proof)

	var pass []byte
	words := func(list ...uint32) {
		for _, n := range list {
			pass = binary.LittleEndian.AppendUint32(pass, n)
		}
	}
	pass = append(pass, 1, 0, 2, 0, 2, 0)
	words(4, 34, 4, 0, 0x6801, 0x8004, uint32(bits), 1, 0, 0)
	pass = append(pass, 0, 0) // no name of a provider
	words(16)
	pass = append(append(pass, salt...), proof[:16]...)
	words(20)
	pass = append(pass, proof[16:]...)
	record := binary.LittleEndian.AppendUint16([]byte{0x2F, 0}, uint16(len(pass)))
	record = append(record, pass...)

	begin := 4 + int(binary.LittleEndian.Uint16(plain[2:]))
	sealed := slices.Concat(plain[:begin], record, plain[begin:])
	stream := make([]byte, len(sealed))
	for at := 0; at < len(stream); at += 1024 {
		part := stream[at:min(at+1024, len(stream))]
		cipher(at/1024).XORKeyStream(part, part)
	}
	for at := 0; at+4 <= len(sealed); {
		kind, size := binary.LittleEndian.Uint16(sealed[at:]), int(binary.LittleEndian.Uint16(sealed[at+2:]))
		from := at + 4
		switch kind {
		case 0x0809, 0x002F:
			from += size
		case 0x0085:
			binary.LittleEndian.PutUint32(sealed[from:], binary.LittleEndian.Uint32(sealed[from:])+uint32(len(record)))
			from += 4
		}
		for i := from; i < at+4+size; i++ {
			sealed[i] ^= stream[i]
		}
		at += 4 + size
	}
	return sealed
}
