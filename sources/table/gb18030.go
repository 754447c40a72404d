package table

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// decodeGB18030 decodes it all.
func decodeGB18030(data []byte) (string, error) {
	text, err := decodePiece(data)
	return asText(text), err
}

// decodePiece decodes, and once more where the library knew no character: it leaves
// out those that an office may define for itself.
func decodePiece(data []byte) ([]byte, error) {
	out, err := decodeCommon(nil, data)
	if err != nil || !bytes.Contains(out, []byte(string(utf8.RuneError))) {
		return out, err
	}
	out = out[:0]
	for at := 0; at < len(data); {
		own, next := findOwn(data, at)
		if out, err = decodeCommon(out, data[at:next]); err != nil {
			return out, err
		}
		if at = next; own != 0 {
			out = utf8.AppendRune(out, own)
			at += 2
		}
	}
	return out, nil
}

// findOwn gives the first character of ownCharacter's from a place on, and where
// it is; 0 and the end without one. It goes on behind broken bytes as the library does.
func findOwn(data []byte, at int) (own rune, place int) {
	for at+1 < len(data) {
		first, second := data[at], data[at+1]
		switch {
		case first < 0x81 || first == 0xFF || second < 0x30 || second == 0x7F || second == 0xFF:
			at++
		case second < 0x40:
			at += fourBytes(data[at:])
		default:
			if own := ownCharacter(first, second); own != 0 {
				return own, at
			}
			at += 2
		}
	}
	return 0, len(data)
}

// fourBytes is 4 where a character of four bytes begins, else 1.
func fourBytes(b []byte) int {
	if len(b) < 4 || b[2] < 0x81 || b[2] == 0xFF || b[3] < 0x30 || b[3] > 0x39 {
		return 1
	}
	place := ((int(b[0]-0x81)*10+int(b[1]-0x30))*126+int(b[2]-0x81))*10 + int(b[3]-0x30)
	if place >= 39_420 && (place < 189_000 || place >= 189_000+0x100000) {
		return 1
	}
	return 4
}

// ownCharacter gives what two bytes of GB18030 mean that the library leaves out: the
// user-defined areas, in which registries keep the rare characters of names, as
// Windows maps them into the private use area; and the characters that had no other
// place before 2005.
func ownCharacter(first, second byte) rune {
	row, cell := rune(first), rune(second)
	switch {
	case first == 0xA3 && second == 0xA0: // a wide space, to the library and everybody else
	case first >= 0xAA && first <= 0xAF && second >= 0xA1:
		return 0xE000 + (row-0xAA)*94 + cell - 0xA1
	case first >= 0xF8 && second >= 0xA1:
		return 0xE234 + (row-0xF8)*94 + cell - 0xA1
	case first >= 0xA1 && first <= 0xA7 && second <= 0xA0:
		if second > 0x7F {
			cell--
		}
		return 0xE4C6 + (row-0xA1)*96 + cell - 0x40
	case first == 0xFE:
		return lateCharacters[second]
	}
	return 0
}

// lateCharacters stand in the row FE; GB18030-2022 says what they are.
var lateCharacters = map[byte]rune{
	0x51: 0x20087, 0x52: 0x20089, 0x53: 0x200CC, 0x59: 0x9FB4, 0x61: 0x9FB5, 0x66: 0x9FB6, 0x67: 0x9FB7,
	0x6C: 0x215D7, 0x6D: 0x9FB8, 0x76: 0x2298F, 0x7E: 0x9FB9, 0x90: 0x9FBA, 0x91: 0x241FE, 0xA0: 0x9FBB,
}

// decodeCommon appends to a buffer that nearly always has room at once: two bytes
// of a Chinese character become three.
func decodeCommon(out, data []byte) ([]byte, error) {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	written := len(out)
	out = append(out, make([]byte, len(data)+len(data)/2+16)...)
	for {
		n, read, err := decoder.Transform(out[written:], data, true)
		written += n
		data = data[read:]
		if !errors.Is(err, transform.ErrShortDst) {
			return out[:written], err
		}
		out = append(out, make([]byte, len(out))...)
	}
}
