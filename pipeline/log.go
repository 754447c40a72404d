package pipeline

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"gopkg.in/natefinch/lumberjack.v2"

	"hedui/pipeline/fault"
)

const logName = "hedui.log"

// NewLog writes JSON lines to hedui.log in folder, rotated at 20 MB. Every line is
// masked and plain: nothing that looks like an ID number leaves whole, and nothing moves
// the terminal of who reads the log, whatever an error message may hold.
func NewLog(folder string) (*zap.Logger, func(), error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, fault.New(fault.ConfigMissing, "日志文件夹 "+folder, "检查配置的 paths.logs 和文件夹权限。", fmt.Errorf("make log folder: %w", err))
	}
	file := &lumberjack.Logger{Filename: filepath.Join(folder, logName), MaxSize: 20, MaxBackups: 30, MaxAge: 365}
	encoding := zap.NewProductionEncoderConfig()
	encoding.TimeKey = "time"
	encoding.EncodeTime = zapcore.ISO8601TimeEncoder
	log := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(encoding), zapcore.AddSync(masking{file}), zap.InfoLevel))
	return log, func() { _ = log.Sync(); _ = file.Close() }, nil
}

// Unlogged is why nothing can be added to the log in folder; nil where it can be. The log
// itself says so to nobody but the terminal.
func Unlogged(folder string) *fault.Fault {
	path := filepath.Join(folder, logName)
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return fault.New(fault.RunAccess, "日志 "+path, "本次运行没有如常记入日志：改文件和文件夹的属主、权限（chown、chmod），让运行 hedui 的用户能写，或把文件移走。", err)
	}
	return nil
}

// logWarning logs a fault that is survived.
func logWarning(log *zap.Logger, f *fault.Fault, runID string) {
	log.Warn(f.Error(), zap.String("code", string(f.Code)), zap.String("run_id", runID), unsaid(f.Error(), f.Err))
}

// LogFailure logs the error that ended a command.
func LogFailure(log *zap.Logger, err error, fields ...zap.Field) {
	told, code := fault.Told(err), ""
	if f := fault.Of(err); f != nil {
		code = string(f.Code)
	}
	log.Error(told, append([]zap.Field{zap.String("code", code), unsaid(told, err)}, fields...)...)
}

// unsaid tells whoever debugs what of an error the line that operators read leaves out.
func unsaid(told string, err error) zap.Field {
	if err == nil || strings.Contains(told, fault.Plain(err.Error())) {
		return zap.Skip()
	}
	return zap.String("cause", err.Error())
}

// masking hides the birth date and sequence of ID numbers in what passes, and
// escapes as JSON does what zap leaves as it is.
type masking struct{ io.Writer }

var idLike = regexp.MustCompile(`([0-9]{6})[0-9]{5,8}([0-9]{3}[0-9Xx])`)

// Mask replaces the inner digits of whatever looks like an ID number.
func Mask(s string) string {
	return fault.Hide(idLike.ReplaceAllString(s, "$1********$2"), func(number string) string {
		runes := []rune(number)
		return string(runes[:6]) + "********" + string(runes[len(runes)-4:])
	})
}

// Write passes p on, masked; it reports len(p), as the caller expects.
func (m masking) Write(p []byte) (int, error) {
	if _, err := io.WriteString(m.Writer, fault.PlainLines(Mask(string(p)))); err != nil {
		return 0, err
	}
	return len(p), nil
}
