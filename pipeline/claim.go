package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
	"hedui/sources/table"
)

// claims says which files of the inbox are which roster.
type claims struct {
	files     map[string][]string // kind to paths relative to the inbox, sorted
	unclaimed []string
	refused   []*fault.Fault // folders that cannot be looked into, names that cannot be written down
}

// claim matches the inbox's files to kinds by name. Editors' lock files, unfinished
// copies and hidden folders are passed over: what was deleted through a file manager
// lies in .Trash-1000 and is a roster no more; a file that two kinds claim is a fault. The
// inbox itself may be a link; what in it is one is not followed.
func claim(c *Config) (*claims, error) {
	found := &claims{files: map[string][]string{}}
	inbox, err := filepath.EvalSymlinks(c.Paths.Inbox)
	if err != nil {
		return nil, noInbox(c, err)
	}
	err = filepath.WalkDir(inbox, func(path string, entry fs.DirEntry, err error) error {
		relative := strings.TrimPrefix(strings.TrimPrefix(path, inbox), string(filepath.Separator))
		if relative != "" && entry.IsDir() && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if err != nil && relative != "" && entry.IsDir() {
			found.refused = append(found.refused, fault.New(fault.SourceUnreadable, fault.Place(relative, "", 0), "这个文件夹打不开，其中的文件没有读：检查文件夹权限。", err))
			return fs.SkipDir
		}
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() || passedOver(name) {
			return nil
		}
		if !utf8.ValidString(relative) {
			found.refused = append(found.refused, fault.New(fault.SourceUnclaimed, fault.Place(relative, "", 0), "文件名不是 UTF-8 编码（多半是 GBK），没有读：请改名。", nil))
			return nil
		}
		kinds := claimants(c, name)
		switch len(kinds) {
		case 0:
			found.unclaimed = append(found.unclaimed, relative)
		case 1:
			found.files[kinds[0]] = append(found.files[kinds[0]], relative)
		default:
			return fault.New(fault.ConfigClaim, fault.Place(relative, "", 0), "修改 config.yaml 的 sources，使每个文件只归一类名册。",
				fmt.Errorf("两类以上名册都认领了它：%s", strings.Join(kinds, "、")))
		}
		return nil
	})
	if err != nil && fault.Of(err) == nil {
		err = noInbox(c, err)
	}
	return found, err
}

func noInbox(c *Config, err error) *fault.Fault {
	return fault.New(fault.ConfigMissing, "收件夹 "+c.Paths.Inbox, "建立收件夹，或在 config.yaml 的 paths.inbox 写对位置。", fmt.Errorf("list inbox: %w", err))
}

// openInbox opens a file of the inbox. A link may lead anywhere: to what this
// program may read and its sender may not.
func openInbox(inbox, path string) (*os.File, error) {
	whole := filepath.Join(inbox, path)
	if info, err := os.Lstat(whole); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, fault.New(fault.SourceNoFile, fault.Place(path, "", 0), "这是指向别处的链接，不读：请移走，把文件本身放进收件夹。", nil)
	}
	file, err := table.OpenPlain(whole)
	if err != nil {
		return nil, relocate(err, path)
	}
	return file, nil
}

// nothingSent warns of an inbox without a roster: most likely it is not the one that departments fill.
func nothingSent(c *Config) *fault.Fault {
	return fault.New(fault.SourceHeld, "收件夹 "+c.Paths.Inbox, "没有可比对的：核对 paths.inbox（或 --inbox）是不是各部门报送的文件夹、文件名是否与 sources 里的样式相符。", errors.New("收件夹里没有任何名册"))
}

func unclaimed(path string) *fault.Fault {
	return fault.New(fault.SourceUnclaimed, fault.Place(path, "", 0), "没有一类名册认领它：改文件名，或在 config.yaml 的 sources 里加上文件名样式；不是名册的请移出收件夹。", nil)
}

func passedOver(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || strings.HasSuffix(strings.ToLower(name), ".tmp")
}

// claimants lists the kinds whose patterns fit the name, in their order.
func claimants(c *Config, name string) []string {
	var kinds []string
	for _, k := range roster.Kinds() {
		if slices.ContainsFunc(c.Sources[k.Name].Files, func(pattern string) bool {
			ok, err := filepath.Match(pattern, name)
			return err == nil && ok
		}) {
			kinds = append(kinds, k.Name)
		}
	}
	return kinds
}
