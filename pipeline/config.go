package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"

	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
	"hedui/reports"
	"hedui/sources/roster"
)

// Config is config.yaml, whose keys README.zh-CN.md tells.
type Config struct {
	District   string // 承德高新区
	Department string // who sends the reports
	Paths      Paths
	Towns      []Town
	Sources    map[string]Source // by kind
	Policy     any               // overrides for matchers.LoadPolicy: a map, or a list of maps with from
	Limits     Limits
	Reports    Reports
	Retention  Retention
	Notify     Notify

	path   string // of the file, as it was given
	folder string // that it stands in
	sha256 string // of the file as read
}

// Paths are absolute once loaded. Rules, the folder of local rules, may be empty, and
// so may Group, the user group that may read what is published.
type Paths struct{ Inbox, Warehouse, Publish, Out, Logs, Rules, Group string }

// Town is an official town name with what departments write instead.
type Town struct {
	Name    string
	Code    string
	Aliases []string
}

// Source says which files of the inbox are a kind's roster and how its headers differ.
type Source struct {
	Files          []string            // glob patterns over file names
	Aliases        map[string][]string // canonical column to further headers
	BlankIsUnknown []string            `mapstructure:"blank_is_unknown"`
}

// Limits bound what a night may use and what it takes without asking.
type Limits struct {
	RejectRate float64 `mapstructure:"reject_rate"` // share of a roster's rows
	ShrinkRate float64 `mapstructure:"shrink_rate"` // share of its rows by which a roster may shrink, by town and in all; 1: by any
	StaleDays  int     `mapstructure:"stale_days"`  // age of a roster's file up to which it is believed, in days; 0: any age
	Memory     string  // the whole program's, such as 4GB
	Threads    int     // 0: one a core
	Canaries   bool

	bytes int64 // Memory; 0 where it is not told
}

// Reports says how the reports are issued.
type Reports struct {
	Due             time.Time // 完成时限 on the forms
	PasswordEnv     string    `mapstructure:"password_env"`  // the environment variable that holds the password
	PasswordFile    string    `mapstructure:"password_file"` // or the file
	Mask            bool      // names and numbers are told in part
	CountEliminated bool      `mapstructure:"count_eliminated"` // risk-eliminated households in Attachment 1
	// A rule whose precision in the district is surely below goes to the sheet 观察; 0: none.
	WatchBelow float64         `mapstructure:"watch_below"`
	Stages     []reports.Stage // of the campaign
}

// Retention is how long things are kept, in days.
type Retention struct {
	RejectsDays int `mapstructure:"rejects_days"`
	HistoryDays int `mapstructure:"history_days"`
	OutDays     int `mapstructure:"out_days"`
}

var defaults = map[string]any{
	"district": "", "department": "",
	"paths.inbox": "data/inbox", "paths.warehouse": "data/warehouse.duckdb", "paths.publish": "data/hedui.duckdb",
	"paths.out": "data/out", "paths.logs": "data/logs", "paths.rules": "", "paths.group": "",
	"limits.reject_rate": 0.01, "limits.shrink_rate": 0.2, "limits.stale_days": 45,
	"limits.memory": "4GB", "limits.threads": 0, "limits.canaries": true,
	"reports.due": "", "reports.password_env": "", "reports.password_file": "", "reports.mask": false, "reports.count_eliminated": false, "reports.watch_below": 0.0,
	// as the notice sets them (four)
	"reports.stages": []map[string]any{
		{"name": "全面排查", "from": "2021-05-01", "to": "2021-06-10"},
		{"name": "集中整改", "from": "2021-06-11", "to": "2021-06-15"},
		{"name": "总结提升", "from": "2021-06-16", "to": "2021-06-30"},
	},
	"notify.command": []string{}, "notify.seconds": 60,
	"retention.rejects_days": 365, "retention.history_days": 1095, "retention.out_days": 730,
}

// LoadConfig reads the configuration at path, with the single values that variables
// of the environment override. Everything wrong with it is a fault with exit status 2
// that names the key.
func LoadConfig(path string) (*Config, error) {
	v := viper.New()
	v.SetEnvPrefix(strings.TrimSuffix(envPrefix, "_"))
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	c, err := readConfig(path, v)
	if err != nil {
		return nil, err
	}
	if c.Policy, err = readEnvironment(c.Policy, c.Reports.PasswordEnv); err != nil {
		return nil, err
	}
	return c, c.check()
}

// readConfig reads the file alone, unless v looks elsewhere too, and does not check it.
func readConfig(path string, v *viper.Viper) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.New(fault.ConfigUnreadable, fault.Place(path, "", 0), "用 --config 指明配置文件；没有时可从程序附带的 config.yaml 抄一份。", fmt.Errorf("read configuration: %w", err))
	}
	if !utf8.Valid(data) {
		return nil, fault.New(fault.ConfigUnreadable, fault.Place(path, "", 0), "用编辑器打开，另存为 UTF-8 编码。", errors.New("文件不是 UTF-8 编码，多半是 GBK"))
	}
	v.SetConfigType("yaml")
	for key, value := range defaults {
		v.SetDefault(key, value)
	}
	if err := v.ReadConfig(bytes.NewReader(data)); err != nil {
		return nil, fault.New(fault.ConfigUnreadable, fault.Place(path, "", 0), "按 YAML 写法改正所指的行：冒号后留空格，缩进用空格。", pointed(yamlLine, "写法不对，见第 %s 行或它的前后", err))
	}
	sum := sha256.Sum256(data)
	c := &Config{path: path, folder: filepath.Dir(path), sha256: hex.EncodeToString(sum[:])}
	c.Limits.bytes = int64(v.GetSizeInBytes("limits.memory"))
	if err := decode(v, c); err != nil {
		return nil, err
	}
	c.Paths.resolve(c.folder)
	if c.Reports.PasswordFile != "" {
		c.Reports.PasswordFile = under(c.folder, c.Reports.PasswordFile)
	}
	if command := c.Notify.Command; len(command) > 0 && strings.Contains(command[0], "/") {
		command[0] = under(c.folder, command[0])
	}
	return c, nil
}

func decode(v *viper.Viper, c *Config) error {
	var meta mapstructure.Metadata
	err := v.Unmarshal(c, viper.DecodeHook(mapstructure.DecodeHookFunc(fromText)), func(d *mapstructure.DecoderConfig) {
		d.Metadata = &meta
		d.WeaklyTypedInput = false
	})
	if err != nil {
		return fault.New(fault.ConfigBadValue, fault.Place(c.path, "", 0), "把所指的键改成要求的类型（数字不加引号，天数、秒数和线程数是整数，列表用方括号，日期写成 2021-06-15 的形式）。", pointed(badKey, "值的类型不对：%s", err))
	}
	if len(meta.Unused) > 0 {
		slices.Sort(meta.Unused)
		return fault.New(fault.ConfigUnknownKey, fault.Place(c.path, "", 0), "删去或改正这些键；可用的键见 README.zh-CN.md。", fmt.Errorf("不认识的键：%s", strings.ToLower(strings.Join(meta.Unused, "、"))))
	}
	return nil
}

// Where a library's error says that the fault lies.
var (
	yamlLine = regexp.MustCompile(`\bline (\d+)`)
	badKey   = regexp.MustCompile(`(?m)^\s*'([\w.\[\]]+)' `)
)

// pointedError tells an error in the operator's words.
type pointedError struct {
	text string
	err  error
}

func (e *pointedError) Error() string { return e.text }
func (e *pointedError) Unwrap() error { return e.err }

// pointed tells of an error where it lies; one that does not say so is told as it is.
func pointed(where *regexp.Regexp, text string, err error) error {
	var places []string
	for _, found := range where.FindAllStringSubmatch(err.Error(), -1) {
		places = append(places, strings.ToLower(found[1]))
	}
	if len(places) == 0 {
		return fmt.Errorf("read configuration: %w", err)
	}
	return &pointedError{fmt.Sprintf(text, strings.Join(places, "、")), err}
}

// fromText reads what an environment variable can only give as text. A part of a whole
// number is an error: decoding would drop it.
func fromText(from, to reflect.Type, value any) (any, error) {
	if f, ok := value.(float64); ok && to.Kind() == reflect.Int && float64(int(f)) != f {
		return nil, errors.New("not a whole number")
	}
	text, ok := value.(string)
	if !ok {
		return value, nil
	}
	switch {
	case to == reflect.TypeFor[time.Time]() && text == "":
		return time.Time{}, nil
	case to == reflect.TypeFor[time.Time]():
		return time.Parse(time.DateOnly, text)
	case to.Kind() == reflect.Int:
		return strconv.Atoi(text)
	case to.Kind() == reflect.Float64:
		return strconv.ParseFloat(text, 64)
	case to.Kind() == reflect.Bool:
		return strconv.ParseBool(text)
	}
	return value, nil
}

func (p *Paths) resolve(folder string) {
	for _, path := range []*string{&p.Inbox, &p.Warehouse, &p.Publish, &p.Out, &p.Logs} {
		*path = under(folder, *path)
	}
	if p.Rules != "" {
		p.Rules = under(folder, p.Rules)
	}
}

func under(folder, path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// mostThreads is more than any machine of a district has cores.
const mostThreads = 512

// Nice halves what a night may use, for a machine that others work on.
func (c *Config) Nice() {
	threads := c.Limits.Threads
	if threads == 0 {
		threads = runtime.NumCPU()
	}
	c.Limits.Threads = max(threads/2, 1)
	c.Limits.bytes /= 2
}

// Bound keeps the program's own share, beside DuckDB's, within the limits: file
// readers run on no more threads, and memory is given back before half as much is
// held again.
func (c *Config) Bound() {
	if c.Limits.Threads > 0 {
		runtime.GOMAXPROCS(c.Limits.Threads)
	}
	if c.Limits.bytes > 0 {
		debug.SetMemoryLimit(c.Limits.bytes / 2)
	}
}

// besideDuckDB is what the program holds that DuckDB does not count as its own, in
// bytes: its code, what Go holds, blocks freed and not yet given back. Measured over 300,000
// persons at 210 to 250 MB, whatever the limit.
const besideDuckDB = 256 << 20

// warehouse is DuckDB's share of the limits, which spills into temp; below 1 GB it is
// three quarters, since DuckDB needs some to work at all.
func (l Limits) warehouse(temp string) warehouse.Options {
	opt := warehouse.Options{Threads: l.Threads, Temp: temp}
	if l.bytes > 0 {
		opt.Memory = fmt.Sprintf("%dMiB", max(l.bytes-besideDuckDB, l.bytes/4*3, 64<<20)>>20)
	}
	return opt
}

// check refuses what decoding cannot see.
func (c *Config) check() error {
	bad := func(key, remedy string, args ...any) error {
		return fault.New(fault.ConfigBadValue, fault.Place(c.path, "", 0)+key, fmt.Sprintf(remedy, args...), nil)
	}
	for kind, source := range c.Sources {
		k := roster.KindOf(kind)
		if k == nil {
			return fault.New(fault.ConfigUnknownKey, fault.Place(c.path, "", 0)+"sources."+kind, noSuchRoster(), nil)
		}
		for _, pattern := range source.Files {
			if _, err := filepath.Match(pattern, ""); err != nil {
				return bad("sources."+kind+".files", "文件名样式 %q 写法不对。", pattern)
			}
		}
		if err := k.Check(roster.Options{Aliases: source.Aliases, BlankIsUnknown: source.BlankIsUnknown}); err != nil {
			return c.namedIn(err)
		}
	}
	for i, town := range c.Towns {
		if town.Name == "" {
			return bad(fmt.Sprintf("towns[%d].name", i), "写上镇的官方名称。")
		}
	}
	if place, remedy := misplaced(c.Reports.Stages); place != "" {
		return bad(place, "%s", remedy)
	}
	switch {
	case c.Limits.RejectRate < 0 || c.Limits.RejectRate > 1:
		return bad("limits.reject_rate", "写 0 到 1 之间的数。")
	case c.Limits.ShrinkRate <= 0 || c.Limits.ShrinkRate > 1:
		return bad("limits.shrink_rate", "写大于 0、不超过 1 的数；写 1 表示行数减少多少都接收。")
	case c.Limits.StaleDays < 0:
		return bad("limits.stale_days", "写天数；写 0 表示不看文件日期。")
	case c.Retention.RejectsDays < 0 || c.Retention.OutDays < 0 || c.Retention.HistoryDays < 0:
		return bad("retention", "写天数；写 0 表示不清理。")
	case c.Retention.HistoryDays > 0 && c.Retention.HistoryDays < 365:
		return bad("retention.history_days", "写 365 或更大的数：规则要回看；写 0 表示不清理。")
	case c.Limits.Threads < 0 || c.Limits.Threads > mostThreads:
		return bad("limits.threads", "写 0 到 %d 之间的整数；写 0 表示每核一个。", mostThreads)
	case c.Limits.Memory != "" && (c.Limits.bytes <= 0 || strings.Contains(c.Limits.Memory, ".")): // 1.6GB would be taken for 1 GB
		return bad("limits.memory", "写成 4GB、800MB 的形式。")
	case len(c.Notify.Command) > 0 && c.Notify.Command[0] == "":
		return bad("notify.command", "写成 [程序, 参数, …]；不需要通知就写 []。")
	case c.Notify.Seconds < 1 || c.Notify.Seconds > 3600:
		return bad("notify.seconds", "写 1 到 3600 之间的秒数。")
	case c.Reports.WatchBelow < 0 || c.Reports.WatchBelow > 1:
		return bad("reports.watch_below", "写 0 到 1 之间的数；写 0 表示不设“观察”表。")
	case c.Reports.PasswordEnv != "" && c.Reports.PasswordFile != "":
		return bad("reports.password_file", "与 password_env 只写一个。")
	}
	return nil
}

// named gives a fault that speaks of config.yaml the name of the file that was read.
func (c *Config) named(f *fault.Fault) *fault.Fault {
	if c == nil || c.path == "" {
		return f
	}
	place := f.Place
	if key, ok := strings.CutPrefix(place, "config.yaml "); ok {
		place = fault.Place(c.path, "", 0) + key
	}
	return fault.New(f.Code, place, strings.ReplaceAll(f.Remedy, "config.yaml", filepath.Base(c.path)), f.Err)
}

// namedIn is named for the fault of an error, if it has one that the configuration is to blame for.
func (c *Config) namedIn(err error) error {
	if f := fault.Of(err); f != nil && f.Code.Exit() == fault.ExitUsage {
		return c.named(f)
	}
	return err
}

// misplaced names the first stage that is not whole or not in its order, and
// what to do about it.
func misplaced(stages []reports.Stage) (place, remedy string) {
	for i, s := range stages {
		place = fmt.Sprintf("reports.stages[%d]", i)
		switch {
		case s.Name == "" || s.From.IsZero() || s.To.IsZero():
			return place, "写明阶段的 name、from、to。"
		case s.To.Before(s.From):
			return place + ".to", "阶段的最后一天不能早于第一天。"
		case i > 0 && !s.From.After(stages[i-1].To):
			return place + ".from", "阶段要按先后写，不能重叠。"
		}
	}
	return "", ""
}
