package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// The password's length, in characters: guessing has to be hopeless also against
// the ZIP, whose format stretches it little; Excel takes no longer one.
const (
	shortestPassword = 10
	longestPassword  = 255
)

// Password is what the files that leave are encrypted with; empty where the
// configuration asks for none. It stands in an environment variable or in a file
// that its owner alone can read, never in the configuration or on a command line. A
// password that is asked for and not there is a fault: nothing leaves open instead.
func (r Reports) Password() (string, error) {
	var place, password string
	switch {
	case r.PasswordEnv != "":
		place, password = "reports.password_env "+r.PasswordEnv, os.Getenv(r.PasswordEnv)
		if password == "" {
			return "", fault.New(fault.ConfigMissing, place, "在运行 hedui 的环境里设置这个变量，或改用 reports.password_file；没有口令不出报表。", errors.New("环境变量没有设置"))
		}
	case r.PasswordFile != "":
		var err error
		place = "reports.password_file " + r.PasswordFile
		if password, err = readPassword(r.PasswordFile); err != nil {
			return "", fault.New(fault.ConfigMissing, place, "口令文件只写一行口令，属主是运行 hedui 的用户，权限 0600（chmod 600）；没有口令不出报表。", err)
		}
	default:
		return "", nil
	}
	if n := utf8.RuneCountInString(password); n < shortestPassword || n > longestPassword || !utf8.ValidString(password) {
		return "", fault.New(fault.ConfigBadValue, place, fmt.Sprintf("口令须有 %d 到 %d 个字符。", shortestPassword, longestPassword), nil)
	}
	return password, nil
}

// readPassword reads the first line of a file that nobody else can read.
func readPassword(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("open password file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("look at password file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("不是普通文件")
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		return "", fmt.Errorf("权限为 %04o，别的用户也能读", info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return "", fmt.Errorf("read password file: %w", err)
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\ufeff"), "\n")
	return strings.TrimRight(line, "\r"), nil
}

// opener opens a returned file.
type opener func(ctx context.Context, path string) (*table.File, error)

// opener tries the password on files that are locked. Where there is none to try,
// the fault of a locked file says why; others are read all the same.
func (r Reports) opener(limits table.Limits) opener {
	password, lacking := r.Password()
	return func(ctx context.Context, path string) (*table.File, error) {
		file, err := table.OpenLocked(ctx, path, limits, password)
		told := fault.Of(err)
		if told == nil || told.Code != fault.SourcePassword || password != "" {
			return file, err
		}
		if lacking == nil {
			lacking = errors.New("配置没有写 reports.password_env 或 reports.password_file")
		}
		return nil, fault.New(fault.SourcePassword, told.Place, "按 README 设好口令后重新登记，或请镇里去掉口令后再交。", fmt.Errorf("文件有打开密码，hedui 没有口令：%w", lacking))
	}
}
