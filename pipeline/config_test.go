package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// configOf reads a configuration that holds text alone.
func configOf(t *testing.T, text string) (*Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return LoadConfig(path)
}

// TestConfigBounds: each value is taken up to its bound, and refused behind it with its key.
func TestConfigBounds(t *testing.T) {
	for _, c := range []struct{ taken, refused, key string }{
		{"limits: {reject_rate: 0}", "limits: {reject_rate: -0.01}", "limits.reject_rate"},
		{"limits: {reject_rate: 1}", "limits: {reject_rate: 1.01}", "limits.reject_rate"},
		{"limits: {shrink_rate: 0.01}", "limits: {shrink_rate: 0}", "limits.shrink_rate"},
		{"limits: {shrink_rate: 1}", "limits: {shrink_rate: 1.01}", "limits.shrink_rate"},
		{"limits: {stale_days: 0}", "limits: {stale_days: -1}", "limits.stale_days"},
		{"limits: {threads: 0}", "limits: {threads: -1}", "limits.threads"},
		{"limits: {threads: 512}", "limits: {threads: 513}", "limits.threads"},
		{"limits: {memory: 800MB}", "limits: {memory: 0GB}", "limits.memory"},
		{"limits: {memory: 4gb}", "limits: {memory: much}", "limits.memory"},
		{"limits: {memory: 2GB}", "limits: {memory: 1.6GB}", "limits.memory"},
		{"retention: {rejects_days: 0}", "retention: {rejects_days: -1}", "retention"},
		{"retention: {out_days: 0}", "retention: {out_days: -1}", "retention"},
		{"retention: {history_days: 0}", "retention: {history_days: -1}", "retention"},
		{"retention: {history_days: 365}", "retention: {history_days: 364}", "retention.history_days"},
		{"notify: {command: []}", `notify: {command: [""]}`, "notify.command"},
		{"notify: {seconds: 1}", "notify: {seconds: 0}", "notify.seconds"},
		{"notify: {seconds: 3600}", "notify: {seconds: 3601}", "notify.seconds"},
		{"reports: {watch_below: 0}", "reports: {watch_below: -0.01}", "reports.watch_below"},
		{"reports: {watch_below: 1}", "reports: {watch_below: 1.01}", "reports.watch_below"},
		{"reports: {password_env: A}", "reports: {password_env: A, password_file: a}", "reports.password_file"},
		{"reports: {stages: [{name: 一, from: 2021-05-01, to: 2021-05-01}]}", "reports: {stages: [{name: 一, from: 2021-05-02, to: 2021-05-01}]}", "reports.stages[0].to"},
		{"reports: {stages: [{name: 一, from: 2021-05-01, to: 2021-05-02}, {name: 二, from: 2021-05-03, to: 2021-05-03}]}",
			"reports: {stages: [{name: 一, from: 2021-05-01, to: 2021-05-02}, {name: 二, from: 2021-05-02, to: 2021-05-03}]}", "reports.stages[1].from"},
		{"towns: [{name: 镇}]", "towns: [{name: 镇}, {code: \"1\"}]", "towns[1].name"},
		{`sources: {dibao: {files: ["*低保*"]}}`, `sources: {dibao: {files: ["[低保"]}}`, "sources.dibao.files"},
		{"sources: {dibao: {aliases: {town: [属地]}}}", "sources: {dibao: {aliases: {nowhere: [属地]}}}", "sources.dibao.aliases"},
		{"sources: {dibao: {aliases: {town: [属地]}}}", "sources: {dibao: {aliases: {id_state: [属地]}}}", "sources.dibao.aliases"},
		{"sources: {dibao: {aliases: {town: [属地]}}}", "sources: {dibao: {blank_is_unknown: [nowhere]}}", "sources.dibao.blank_is_unknown"},
	} {
		if _, err := configOf(t, c.taken); err != nil {
			t.Errorf("%s: %v", c.taken, err)
		}
		_, err := configOf(t, c.refused)
		f := fault.Of(err)
		if f == nil || f.Code != fault.ConfigBadValue || !strings.HasSuffix(f.Place, "》"+c.key) {
			t.Errorf("%s: %v", c.refused, err)
		}
	}
}

// TestWholeNumbers: a part of a day or of a thread is refused, not dropped.
func TestWholeNumbers(t *testing.T) {
	for text, key := range map[string]string{
		"limits: {stale_days: 0.5}":    "limits.stale_days",
		"limits: {threads: 1.9}":       "limits.threads",
		"limits: {threads: .inf}":      "limits.threads",
		"retention: {out_days: 0.9}":   "retention.out_days",
		"notify: {seconds: 59.999999}": "notify.seconds",
	} {
		if _, err := configOf(t, text); fault.Of(err) == nil || fault.Of(err).Code != fault.ConfigBadValue || !strings.Contains(err.Error(), "值的类型不对："+key+"｜") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if c, err := configOf(t, "limits: {stale_days: 45.0}"); err != nil || c.Limits.StaleDays != 45 {
		t.Errorf("a whole number with a point: %v", err)
	}
}

// TestConfigEncoding: a file in another encoding is told so, not as a fault of its YAML.
func TestConfigEncoding(t *testing.T) {
	_, err := configOf(t, "district: \xb8\xdf\xd0\xc2\xc7\xf8\n") // 高新区 in GBK
	if f := fault.Of(err); f == nil || f.Code != fault.ConfigUnreadable || !strings.Contains(f.Remedy, "另存为 UTF-8") {
		t.Errorf("%v", err)
	}
}

// TestConfigKeys: a key that is not known is named, wherever it stands.
func TestConfigKeys(t *testing.T) {
	for text, key := range map[string]string{
		"limit: {memory: 4GB}":            "limit",
		"limits: {memoru: 4GB}":           "limits.memoru",
		"sources: {dibaos: {files: [a]}}": "sources.dibaos",
		"reports: {stages: [{n: 一}]}":     "reports.stages[0].n",
	} {
		if _, err := configOf(t, text); fault.Of(err) == nil || fault.Of(err).Code != fault.ConfigUnknownKey || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestMemoryIsTheWholePrograms: what the program holds itself is taken off DuckDB's share.
func TestMemoryIsTheWholePrograms(t *testing.T) {
	for memory, share := range map[string]string{"4GB": "3840MiB", "1GB": "768MiB", "512MB": "384MiB", "64MB": "64MiB"} {
		c, err := configOf(t, "limits: {threads: 2, memory: "+memory+"}")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := c.Limits.warehouse("spill"), (warehouse.Options{Memory: share, Threads: 2, Temp: "spill"}); got != want {
			t.Errorf("%s: %+v", memory, got)
		}
	}
	c, err := configOf(t, "limits: {threads: 3, memory: 4GB}")
	if err != nil {
		t.Fatal(err)
	}
	c.Nice()
	if got, want := c.Limits.warehouse(""), (warehouse.Options{Memory: "1792MiB", Threads: 1}); got != want {
		t.Errorf("nice: %+v", got)
	}
}

// TestPolicyFromEnvironment: a variable overrides a parameter on every day, as a number or a
// list, and one that names no key is refused.
func TestPolicyFromEnvironment(t *testing.T) {
	t.Setenv("HEDUI_POLICY_DIBAO_STANDARD", "5800")
	t.Setenv("HEDUI_POLICY_NURSING_GRADES", "[1, 2, 3]")
	const own = "map[dibao_standard:5800 nursing_grades:[1 2 3]]"
	for text, want := range map[string]string{
		"{}":                             "[" + own + "]",
		"policy: {dibao_standard: 5300}": "[" + own + " map[]]",
		"policy: [{from: 2021-01-01, dibao_standard: 5300, aid_floor: 2000}]": "[" + own + " map[aid_floor:2000 from:2021-01-01 00:00:00 +0000 UTC]]",
	} {
		c, err := configOf(t, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(c.Policy); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if _, err := matchers.LoadPolicy(c.Policy, time.Date(2021, 6, 10, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Error(err)
		}
	}
	t.Setenv("HEDUI_POLICY_DIBAO_STANDARD", "junk")
	c, err := configOf(t, "{}")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := matchers.LoadPolicy(c.Policy, time.Now()); fault.Of(err) == nil || fault.Of(err).Code != fault.ConfigBadValue {
		t.Errorf("junk: %v", err)
	}
	t.Setenv("HEDUI_POLICY_DIBAO_STANDARD", "5800")
	t.Setenv("HEDUI_LIMITS_SHRINKRATE", "0.9")
	if _, err := configOf(t, "{}"); fault.Of(err) == nil || fault.Of(err).Code != fault.ConfigUnknownKey || !strings.Contains(err.Error(), "HEDUI_LIMITS_SHRINKRATE") {
		t.Errorf("a key that is none: %v", err)
	}
}
