package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"hedui/pipeline"
)

// stamp is what make build was told of the commit: git describe --always --dirty.
var stamp string

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "显示程序版本、构建它的提交、Go 和 DuckDB 的版本",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			duckdb, err := pipeline.EngineVersion(cmd.Context())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "hedui %s\n%s %s/%s\nDuckDB %s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, duckdb)
			return err
		},
	}
}

// version is the commit or release that make build stamped, else what Go noted of the
// module or of the repository that the program was built in.
func version() string {
	if stamp != "" {
		return stamp
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "未知"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "开发版"
}
