package main

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"hedui/pipeline"
)

// noteTaken logs who took what out of the analysts' file, written to path. It is told where
// the log cannot be written: whoever may only read the published file takes lists too.
func noteTaken(cmd *cobra.Command, folder, what, path, written string) {
	log, closeLog, err := pipeline.NewLog(folder)
	if err != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "没有记入日志："+pipeline.Mask(err.Error()))
		return
	}
	defer closeLog()
	log.Info("取出"+what, zap.String("command", cmd.Name()), zap.String("operator", operator()), zap.String("version", version()),
		zap.String("file", filepath.Base(path)), zap.String("sha256", fmt.Sprintf("%x", sha256.Sum256([]byte(written)))))
}
