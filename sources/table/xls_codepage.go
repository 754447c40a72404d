package table

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// codePages that a BIFF5 workbook can say its text is in. Those of the West are
// left out: programs that write Chinese text name them, too.
var codePages = map[uint16]encoding.Encoding{
	936: simplifiedchinese.GB18030, 10008: simplifiedchinese.GB18030,
	950: traditionalchinese.Big5, 10002: traditionalchinese.Big5,
	932: japanese.ShiftJIS, 949: korean.EUCKR, 1251: charmap.Windows1251,
}

func decoder(as encoding.Encoding) func([]byte) string {
	decode := as.NewDecoder().Bytes
	if as == simplifiedchinese.GB18030 {
		decode = decodePiece
	}
	return func(b []byte) string {
		text, err := decode(b)
		if err != nil {
			text = b // textCell mends it
		}
		return string(text)
	}
}

// decodeGuessed takes text for Chinese, if it can be that, else for Western.
func decodeGuessed(b []byte) string {
	text := decoder(simplifiedchinese.GB18030)(b)
	if strings.ContainsRune(text, utf8.RuneError) {
		return decoder(charmap.Windows1252)(b)
	}
	return text
}
