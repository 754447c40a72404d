package pipeline

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"hedui/pipeline/fault"
)

// lock takes the one writer's lock beside the warehouse. The kernel gives it
// back when the process ends, however it ends.
func lock(warehouse string) (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(warehouse), 0o700); err != nil {
		return nil, fault.New(fault.RunWarehouse, "数据仓库 "+warehouse, "检查文件夹权限。", fmt.Errorf("make folder: %w", err))
	}
	l := flock.New(warehouse+".lock", flock.SetPermissions(0o600))
	held, err := l.TryLock()
	if err != nil {
		return nil, fault.New(fault.RunWarehouse, "锁文件 "+l.Path(), "检查文件夹权限。", fmt.Errorf("take lock: %w", err))
	}
	if !held {
		return nil, fault.New(fault.Locked, "锁文件 "+l.Path(), "另一次核对正在运行，等它结束后再试；不要删除锁文件。", nil)
	}
	return func() { _ = l.Unlock() }, nil
}
