package main

import (
	"github.com/spf13/cobra"

	"hedui/pipeline"
)

// publishedFlags say which analysts' file a command looks into.
type publishedFlags struct{ config, db string }

func (p *publishedFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.config, "config", "config.yaml", "配置文件")
	cmd.Flags().StringVar(&p.db, "db", "", "分析库文件，如一份副本；不写用配置里的 paths.publish")
}

// load reads the configuration, with the file looked into as its analysts' file.
// Where that is named, no configuration is needed.
func (p *publishedFlags) load(cmd *cobra.Command) (*pipeline.Config, error) {
	if p.db == "" {
		return pipeline.LoadConfig(p.config)
	}
	c, err := configIfAny(cmd, p.config)
	if err == nil {
		c.Paths.Publish = p.db
	}
	return c, err
}

func (p *publishedFlags) published(cmd *cobra.Command) (pipeline.Published, error) {
	c, err := p.load(cmd)
	if err != nil {
		return pipeline.Published{}, err
	}
	published := pipeline.Published{Path: c.Paths.Publish, Rules: c.Paths.Rules, Limits: c.Limits, Reports: c.Reports}
	if p.db == "" {
		published.Logs = c.Paths.Logs
	}
	return published, nil
}
