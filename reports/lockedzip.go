package reports

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/subtle"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"time"
)

// lockedZIP joins a folder's plain files into one ZIP under a password.
func lockedZIP(members []Report, password string, day time.Time) Write {
	return func(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
		archive := zip.NewWriter(w)
		for _, m := range members {
			if err := addLocked(ctx, db, archive, m, password, day); err != nil {
				return fmt.Errorf("pack %s: %w", path.Base(m.Name), err)
			}
		}
		return archive.Close()
	}
}

// The ways of WinZip's AES encryption (AE-2), which 7-Zip, WinRAR and WinZip open,
// Windows' own folders do not: https://www.winzip.com/en/support/aes-encryption.
const (
	methodAES    = 99
	flagsAES     = 1 | 1<<11 // encrypted; the name is UTF-8
	zipSalt      = 16
	zipKey       = 32
	zipRounds    = 1000 // fixed by the format: the password has to be long
	zipCheckSize = 2    // tells a wrong password at once
	zipMark      = 10   // tells a changed file
)

// addLocked deflates and encrypts one file. No library for it is to be had from the
// module proxy that is kept up.
func addLocked(ctx context.Context, db *sql.Conn, archive *zip.Writer, m Report, password string, day time.Time) error {
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return err
	}
	plain := &countingWriter{w: deflate}
	if err := m.Write(ctx, db, plain, m.Scope.Town); err != nil {
		return err
	}
	if err := deflate.Close(); err != nil {
		return err
	}
	salt := random(zipSalt)
	check, mark, err := encryptZIP(packed.Bytes(), password, salt)
	if err != nil {
		return err
	}
	// The CRC of AE-2 is 0: that of the plain text would help guessing it.
	w, err := archive.CreateRaw(&zip.FileHeader{
		Name: path.Base(m.Name), Method: methodAES, Flags: flagsAES, CreatorVersion: 51, ReaderVersion: 51,
		CompressedSize64: uint64(zipSalt + zipCheckSize + packed.Len() + zipMark), UncompressedSize64: uint64(plain.n),
		Extra: zipExtra(day),
	})
	if err != nil {
		return err
	}
	for _, part := range [][]byte{salt, check, packed.Bytes(), mark} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// zipExtra says: AE-2, AES-256, deflated; and the file's time, the data's day.
func zipExtra(day time.Time) []byte {
	extra := []byte{0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3}
	extra = binary.LittleEndian.AppendUint16(extra, zip.Deflate)
	extra = append(extra, 0x55, 0x54, 5, 0, 1)
	return binary.LittleEndian.AppendUint32(extra, uint32(day.Unix()))
}

// encryptZIP encrypts text in place and gives what stands before and behind it.
func encryptZIP(text []byte, password string, salt []byte) (check, mark []byte, err error) {
	keys, err := pbkdf2.Key(sha1.New, password, salt, zipRounds, 2*zipKey+zipCheckSize)
	if err != nil {
		return nil, nil, fmt.Errorf("derive keys: %w", err)
	}
	block, err := aes.NewCipher(keys[:zipKey])
	if err != nil {
		return nil, nil, fmt.Errorf("set key: %w", err)
	}
	// Counter mode, the counter from 1 and its low byte first: not the library's.
	var counter, stream [aes.BlockSize]byte
	for at := 0; at < len(text); at += aes.BlockSize {
		binary.LittleEndian.PutUint64(counter[:], uint64(at/aes.BlockSize)+1)
		block.Encrypt(stream[:], counter[:])
		subtle.XORBytes(text[at:], text[at:], stream[:])
	}
	sum := hmac.New(sha1.New, keys[zipKey:2*zipKey])
	sum.Write(text)
	return keys[2*zipKey:], sum.Sum(nil)[:zipMark], nil
}

type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
