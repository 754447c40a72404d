package pipeline

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// claims says which files of the inbox are which roster.
type claims struct {
	files     map[string][]string // kind to paths relative to the inbox, sorted
	unclaimed []string
}

// claim matches the inbox's files to kinds by name. Editors' lock files and
// unfinished copies are passed over; a file that two kinds claim is a fault.
func claim(c *Config) (*claims, error) {
	found := &claims{files: map[string][]string{}}
	err := filepath.WalkDir(c.Paths.Inbox, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() || passedOver(name) {
			return nil
		}
		relative, err := filepath.Rel(c.Paths.Inbox, path)
		if err != nil {
			return err
		}
		kinds := claimants(c, name)
		switch len(kinds) {
		case 0:
			found.unclaimed = append(found.unclaimed, relative)
		case 1:
			found.files[kinds[0]] = append(found.files[kinds[0]], relative)
		default:
			return fault.New(fault.ConfigClaim, "《"+relative+"》", "修改 config.yaml 的 sources，使每个文件只归一类名册。",
				fmt.Errorf("两类以上名册都认领了它：%s", strings.Join(kinds, "、")))
		}
		return nil
	})
	if err != nil && fault.Of(err) == nil {
		err = fault.New(fault.ConfigMissing, "收件夹 "+c.Paths.Inbox, "建立收件夹，或在 config.yaml 的 paths.inbox 写对位置。", fmt.Errorf("list inbox: %w", err))
	}
	return found, err
}

func unclaimed(path string) *fault.Fault {
	return fault.New(fault.SourceUnclaimed, "《"+path+"》", "没有一类名册认领它：改文件名，或在 config.yaml 的 sources 里加上文件名样式；不是名册的请移出收件夹。", nil)
}

func passedOver(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || strings.HasSuffix(strings.ToLower(name), ".tmp")
}

// claimants lists the kinds whose patterns fit the name, in the order of inputs.md.
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
