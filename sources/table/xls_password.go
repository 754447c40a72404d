package table

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"slices"
	"unicode/utf16"

	"hedui/pipeline/fault"
)

// protectedPassword is that under which Excel encrypts an .xls of which somebody protects the
// structure (保护工作簿), and opens it without asking.
const protectedPassword = "VelvetSweatshop"

// unlock decrypts the workbook stream in place, under Excel's own password or else the one that is set.
// pass is what the record of encryption says ([MS-XLS] 2.4.117).
func (b *biff) unlock(pass []byte, password string) error {
	if b.unlocked {
		return unreadable(errors.New("workbook encrypted twice"))
	}
	b.unlocked = true
	for _, p := range []string{protectedPassword, password} {
		keys, err := keysUnder(pass, p)
		if err != nil {
			return fault.New(fault.SourcePassword, "", "加密方式不认识：请报送部门去掉密码，或另存为 xlsx 后重新报送。", err)
		}
		if keys != nil {
			b.decrypt(keys)
			return nil
		}
	}
	if password == "" {
		return locked(errors.New("encrypted workbook"))
	}
	return fault.New(fault.SourcePassword, "", "口令不对：用设定的口令另存为 xlsx，或去掉口令后再交。", errors.New("decrypt workbook"))
}

// blockKeys gives the key of each kilobyte of a stream.
type blockKeys func(block uint32) []byte

// keysUnder makes the keys that the password gives; nil where it is not the file's.
func keysUnder(pass []byte, password string) (blockKeys, error) {
	var word []byte
	for _, unit := range utf16.Encode([]rune(password)) {
		word = binary.LittleEndian.AppendUint16(word, unit)
	}
	if len(pass) < 6 || binary.LittleEndian.Uint16(pass) != 1 {
		return nil, errors.New("encryption: not RC4") // XOR, of Excel 95
	}
	rest := pass[6:]
	switch major, minor := binary.LittleEndian.Uint16(pass[2:]), binary.LittleEndian.Uint16(pass[4:]); {
	case major == 1 && minor == 1 && len(rest) >= 48:
		return rc4Keys(word, rest[:16], rest[16:32], rest[32:48]), nil
	case major >= 2 && major <= 4 && minor == 2:
		return cryptoAPIKeys(word, rest)
	default:
		return nil, fmt.Errorf("encryption of version %d.%d", major, minor)
	}
}

// rc4Keys are those of Office 97 ([MS-OFFCRYPTO] 2.3.6.2).
func rc4Keys(word, salt, verifier, digest []byte) blockKeys {
	first := md5.Sum(word)
	second := md5.Sum(bytes.Repeat(slices.Concat(first[:5], salt), 16))
	keys := func(block uint32) []byte {
		sum := md5.Sum(binary.LittleEndian.AppendUint32(slices.Clone(second[:5]), block))
		return sum[:]
	}
	return verified(keys, verifier, digest, md5.New())
}

// cryptoAPIKeys are those of Excel 2002 and later ([MS-OFFCRYPTO] 2.3.5.2): a header, with its size
// before it, and what the password is verified by.
func cryptoAPIKeys(word, rest []byte) (blockKeys, error) {
	c := cursor{record: record{data: rest}}
	c.skip(4)
	header := cursor{record: record{data: c.bytes(int(c.uint32()))}}
	header.skip(16)
	bits := int(header.uint32())
	c.skip(4)
	salt, verifier := c.bytes(16), c.bytes(16)
	c.skip(4)
	digest := c.bytes(sha1.Size)
	if err := errors.Join(c.err, header.err); err != nil {
		return nil, fmt.Errorf("read encryption: %w", err)
	}
	if bits == 0 { // as the specification has it
		bits = 40
	}
	if bits%8 != 0 || bits < 40 || bits > 128 {
		return nil, fmt.Errorf("encryption by %d bits", bits)
	}
	first := sha1.Sum(slices.Concat(salt, word))
	keys := func(block uint32) []byte {
		sum := sha1.Sum(binary.LittleEndian.AppendUint32(slices.Clone(first[:]), block))
		key := slices.Clone(sum[:bits/8])
		if bits == 40 {
			key = append(key, make([]byte, 11)...)
		}
		return key
	}
	return verified(keys, verifier, digest, sha1.New()), nil
}

// verified gives the keys where the first of them decrypts the verifier, and behind it its digest;
// else nil.
func verified(keys blockKeys, verifier, digest []byte, sum hash.Hash) blockKeys {
	text := slices.Concat(verifier, digest)
	cipherOf(keys(0)).XORKeyStream(text, text)
	sum.Write(text[:len(verifier)])
	if !bytes.Equal(sum.Sum(nil), text[len(verifier):]) {
		return nil
	}
	return keys
}

func cipherOf(key []byte) *rc4.Cipher {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err) // of a key's length, which is ours
	}
	return c
}

// The records that stand in a stream as they are, of a stream that is encrypted ([MS-XLS] 2.2.10);
// of a sheet's record the first field, where it begins in the stream, does too.
var recordsInClear = []int{recordBOF, recordFilePass, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196}

// decrypt takes the cipher off the stream: it runs through all of it, and is put on
// again with another key at each kilobyte, but heads of records are not encrypted. Where
// there is no record the stream ends: what is behind stays encrypted.
func (b *biff) decrypt(keys blockKeys) {
	const block = 1024
	var cipher [block]byte // what the bytes of a block are changed by
	at, of := 0, -1
	for {
		kind, data, next, err := b.record(at)
		if err != nil {
			b.stream = b.stream[:at]
			return
		}
		from := 0
		switch {
		case slices.Contains(recordsInClear, kind):
			from = len(data)
		case kind == recordBoundSheet:
			from = min(4, len(data))
		}
		for i := from; i < len(data); i++ {
			place := at + 4 + i
			if place/block != of {
				of = place / block
				clear(cipher[:])
				cipherOf(keys(uint32(of))).XORKeyStream(cipher[:], cipher[:])
			}
			data[i] ^= cipher[place%block]
		}
		at = next
	}
}
