package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// scope is a roster, or one town of it where town is not empty.
type scope struct{ kind, town string }

func (s scope) String() string {
	if s.town == "" {
		return s.kind
	}
	return s.kind + "=" + s.town
}

// parseAccepts reads KIND and KIND=TOWN. A town may be written by an alias.
func parseAccepts(c *Config, texts []string) ([]scope, error) {
	var list []scope
	for _, text := range texts {
		kind, town, _ := strings.Cut(text, "=")
		s := scope{strings.TrimSpace(kind), c.official(strings.TrimSpace(town))}
		if roster.KindOf(s.kind) == nil {
			return nil, fault.New(fault.Usage, "--accept "+text, noSuchRoster(), nil)
		}
		list = append(list, s)
	}
	return list, nil
}

// noSuchRoster is the remedy for a roster's name that is none.
func noSuchRoster() string {
	var known []string
	for _, k := range roster.Kinds() {
		known = append(known, k.Name+"（"+k.Label+"）")
	}
	return "没有这类名册；可用的有 " + strings.Join(known, "、") + "。"
}

// official is the town's official name, where it is known under an alias.
func (c *Config) official(town string) string {
	for _, t := range c.Towns {
		if slices.Contains(t.Aliases, town) {
			return t.Name
		}
	}
	return town
}

// checkAccepted refuses to accept a town that the roster neither has nor had.
func (in *intake) checkAccepted(ctx context.Context) error {
	var unknown, known string
	err := in.w.Conn().QueryRowContext(ctx, `SELECT coalesce((SELECT min(town) FROM accepting WHERE town <> '' AND town NOT IN (SELECT town FROM figure)), ''),
		coalesce((SELECT string_agg(town, '、' ORDER BY town) FROM figure WHERE town <> ''), '')`).Scan(&unknown, &known)
	if err != nil {
		return fmt.Errorf("check accepted towns: %w", err)
	}
	switch {
	case unknown == "":
		return nil
	case known == "":
		return fault.New(fault.Usage, "--accept "+scope{in.kind.Name, unknown}.String(), "这类名册不分镇；接收整类请写 --accept "+in.kind.Name+"。", nil)
	}
	return fault.New(fault.Usage, "--accept "+scope{in.kind.Name, unknown}.String(), "这类名册里没有这个镇；有的是 "+known+"。", nil)
}

// idleAccepts lists what was to be accepted and was not held.
func (n *night) idleAccepts() []string {
	var idle []string
	for _, a := range n.accepts {
		if !slices.ContainsFunc(n.manifest.Holds, func(h Hold) bool { return h.Accepted != "" && h.Kind == a.kind && h.Town == a.town }) {
			idle = append(idle, a.String())
		}
	}
	return idle
}

// IdleNote says of a scope that it was to be accepted and was not held.
func IdleNote(accept string) string {
	return "--accept " + accept + " 没有用上：没有可接收的新数据（没有沿用上期的，或本期没有可读的文件）"
}
