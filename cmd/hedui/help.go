package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Cobra's own template in the operators' language.
const usageTemplate = `用法：{{if .Runnable}}
  {{useLine .}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} 命令

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{flagUsages .LocalFlags}}{{end}}{{if .HasAvailableSubCommands}}
某个命令的用法：{{.CommandPath}} 命令 --help
{{end}}`

// tellInChinese has the command and those under it tell their usage in Chinese.
func tellInChinese(root *cobra.Command) {
	cobra.AddTemplateFunc("useLine", func(c *cobra.Command) string {
		return strings.Replace(c.UseLine(), "[flags]", "[选项]", 1)
	})
	cobra.AddTemplateFunc("flagUsages", func(flags *pflag.FlagSet) string {
		return strings.NewReplacer("[=true|false]", "             ", " (default ", "（默认 ", ")\n", "）\n").Replace(flags.FlagUsages())
	})
	root.SetUsageTemplate(usageTemplate)
	root.InitDefaultHelpCmd()
	var help func(*cobra.Command)
	help = func(c *cobra.Command) {
		if c.Name() == "help" {
			c.Short, c.Long = "某个命令的用法", ""
		}
		c.Flags().BoolP("help", "h", false, "显示用法")
		for _, sub := range c.Commands() {
			help(sub)
		}
	}
	help(root)
}
