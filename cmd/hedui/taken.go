package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"hedui/pipeline"
)

// noteTaken logs who took which file out of the analysts' file. It is told where the
// log cannot be written: whoever may only read the published file takes lists too.
func noteTaken(cmd *cobra.Command, folder, what, path string) {
	digest, err := digestOf(path)
	if err == nil {
		var log *zap.Logger
		var closeLog func()
		if log, closeLog, err = pipeline.NewLog(folder, nil); err == nil {
			defer closeLog()
			log.Info("取出"+what, zap.String("command", cmd.Name()), zap.String("operator", operator()), zap.String("version", version()),
				zap.String("file", filepath.Base(path)), zap.String("sha256", digest))
			return
		}
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "没有记入日志："+pipeline.Mask(err.Error()))
}

func digestOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read what was written: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("read what was written: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
