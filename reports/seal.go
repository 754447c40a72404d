package reports

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
)

// sealed makes a report that is an Office package one that asks for the password.
func sealed(write Write, password string) Write {
	return func(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
		var plain bytes.Buffer
		if err := write(ctx, db, &plain, town); err != nil {
			return err
		}
		return seal(w, plain.Bytes(), password)
	}
}

// seal encrypts an Office package (XLSX, DOCX) as Excel, WPS and LibreOffice open
// it: ECMA-376 agile encryption, AES-256-CBC and SHA-512, the password stretched
// over 100,000 rounds (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.14). excelize writes only the
// older standard encryption: AES-128 block by block, and no mark of a changed file.
// Salts and keys are drawn anew: the same tables do not give the same bytes.
func seal(w io.Writer, plain []byte, password string) error {
	p := packageKey{key: random(32), salt: random(saltSize)}
	stream := p.encrypt(plain)
	streams := []compoundStream{{"EncryptionInfo", p.describe(stream, password)}, {"EncryptedPackage", stream}}
	if err := writeCompound(w, streams); err != nil {
		return fmt.Errorf("write encrypted file: %w", err)
	}
	return nil
}

const (
	saltSize    = 16
	spinCount   = 100_000
	segmentSize = 4096 // of a package; each has an initialisation vector of its own
)

// packageKey encrypts one package.
type packageKey struct{ key, salt []byte }

// encrypt gives the stream EncryptedPackage: the length, then the segments.
func (p packageKey) encrypt(plain []byte) []byte {
	stream := binary.LittleEndian.AppendUint64(make([]byte, 0, len(plain)+2*aes.BlockSize), uint64(len(plain)))
	for n := uint32(0); len(plain) > 0; n++ {
		size := min(len(plain), segmentSize)
		stream = append(stream, encryptCBC(p.key, p.vector(littleEndian(n)), plain[:size])...)
		plain = plain[size:]
	}
	return stream
}

func (p packageKey) vector(block []byte) []byte { return digest(p.salt, block)[:aes.BlockSize] }

// The block keys of MS-OFFCRYPTO 2.3.4.13 and 2.3.4.14.
var (
	blockVerifierInput  = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	blockVerifierValue  = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	blockKeyValue       = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
	blockIntegrityKey   = []byte{0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6}
	blockIntegrityValue = []byte{0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33}
)

const encryptionInfo = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
	`<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
	`<keyData %[1]s saltValue="%[2]s"/><dataIntegrity encryptedHmacKey="%[3]s" encryptedHmacValue="%[4]s"/>` +
	`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
	`<p:encryptedKey spinCount="%[5]d" %[1]s saltValue="%[6]s" encryptedVerifierHashInput="%[7]s" encryptedVerifierHashValue="%[8]s" encryptedKeyValue="%[9]s"/>` +
	`</keyEncryptor></keyEncryptors></encryption>`

const cipherAttributes = `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"`

// describe gives the stream EncryptionInfo: the package's key under the password,
// what tells a wrong password, and what tells a changed package.
func (p packageKey) describe(stream []byte, password string) []byte {
	integrity := random(sha512.Size)
	sum := hmac.New(sha512.New, integrity)
	sum.Write(stream)

	salt := random(saltSize)
	stretched := stretch(password, salt)
	under := func(block, value []byte) string {
		return base64.StdEncoding.EncodeToString(encryptCBC(digest(stretched, block)[:32], salt, value))
	}
	with := func(block, value []byte) string {
		return base64.StdEncoding.EncodeToString(encryptCBC(p.key, p.vector(block), value))
	}
	verifier := random(saltSize)
	info := []byte{4, 0, 4, 0, 0x40, 0, 0, 0} // version 4.4, agile
	return fmt.Appendf(info, encryptionInfo, cipherAttributes, base64.StdEncoding.EncodeToString(p.salt),
		with(blockIntegrityKey, integrity), with(blockIntegrityValue, sum.Sum(nil)), spinCount, base64.StdEncoding.EncodeToString(salt),
		under(blockVerifierInput, verifier), under(blockVerifierValue, digest(verifier)), under(blockKeyValue, p.key))
}

// stretch makes guessing slow.
func stretch(password string, salt []byte) []byte {
	text := append([]byte{}, salt...)
	for _, unit := range utf16.Encode([]rune(password)) {
		text = binary.LittleEndian.AppendUint16(text, unit)
	}
	hash := sha512.Sum512(text)
	var round [4 + sha512.Size]byte
	for n := range uint32(spinCount) {
		binary.LittleEndian.PutUint32(round[:], n)
		copy(round[4:], hash[:])
		hash = sha512.Sum512(round[:])
	}
	return hash[:]
}

func digest(parts ...[]byte) []byte {
	hash := sha512.New()
	for _, part := range parts {
		hash.Write(part)
	}
	return hash.Sum(nil)
}

// encryptCBC fills the last block up with zeros.
func encryptCBC(key, vector, plain []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // every key here has 32 bytes
	}
	text := make([]byte, (len(plain)+aes.BlockSize-1)/aes.BlockSize*aes.BlockSize)
	copy(text, plain)
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(text, text)
	return text
}

func littleEndian(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }

// random gives random bytes.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // it never fails
	return b
}
