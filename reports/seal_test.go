package reports

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSealedOpensWithThePasswordAlone has another program's reader open packages of
// every size that lays the file out differently: streams of mini sectors, of one
// sector, and so many that the allocation table no longer fits the header.
func TestSealedOpensWithThePasswordAlone(t *testing.T) {
	for _, size := range []int{1, 15, 16, 4096 - 8, 4096, 4097, 60_000, 8_000_000} {
		plain := make([]byte, size)
		source := rand.NewChaCha8([32]byte{byte(size)})
		_, _ = source.Read(plain) // it never fails
		var file bytes.Buffer
		if err := seal(&file, plain, "正确的密码 2021"); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(file.Bytes(), plain) && size > 4 {
			t.Errorf("%d bytes: the plain text stands in the file", size)
		}
		opened, err := excelize.Decrypt(file.Bytes(), &excelize.Options{Password: "正确的密码 2021"})
		if err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		if !bytes.Equal(opened[:min(len(opened), size)], plain) {
			t.Errorf("%d bytes: something else came out", size)
		}
		// excelize does not verify the password, and what a wrong key makes of one byte
		// is that byte once in 256 times; of fifteen, never.
		if size < 15 {
			continue
		}
		if opened, err := excelize.Decrypt(file.Bytes(), &excelize.Options{Password: "错误的密码 2021"}); err == nil && bytes.Equal(opened[:min(len(opened), size)], plain) {
			t.Errorf("%d bytes: another password opens it", size)
		}
	}
}

// TestSealedIsAgile: the stronger of the two encryptions of Office.
func TestSealedIsAgile(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []io.Writer{&a, &b} {
		write := sealed(func(_ context.Context, _ *sql.Conn, w io.Writer, _ string) error {
			_, err := io.WriteString(w, "PK")
			return err
		}, "密码密码")
		if err := write(t.Context(), nil, w, ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, phrase := range []string{`hashAlgorithm="SHA512"`, `keyBits="256"`, `spinCount="100000"`, "encryptedHmacValue"} {
		if !bytes.Contains(a.Bytes(), []byte(phrase)) {
			t.Errorf("no %s", phrase)
		}
	}
	if bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("twice the same salt")
	}
}
