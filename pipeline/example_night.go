package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/viper"
	"go.uber.org/zap"
	"go.yaml.in/yaml/v3"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// exampleConfig is the district of the rules' examples. A roster of five rows
// may shrink from one snapshot to the next by more than any honest limit.
const exampleConfig = `
district: 示例区
towns:
  - {name: 上板城镇, code: "130890101", aliases: [上板城]}
  - {name: 冯营子镇, code: "130890102", aliases: [冯营子]}
sources:
  registered_poor: {files: ["*建档立卡*"]}
  dibao: {files: ["*低保*"]}
  tekun: {files: ["*特困*"]}
  disability: {files: ["*残疾*"]}
  medical_aid: {files: ["*医疗*", "*医保*"]}
  school: {files: ["*学校*"]}
  temporary_aid: {files: ["*临时救助*"]}
  verification: {files: ["*核对*"]}
limits: {shrink_rate: 1, stale_days: 36500, canaries: false}
`

// exampleNights are nights in memory, of which nothing is left.
type exampleNights struct {
	folder string
	w      *warehouse.Warehouse
}

// newExampleNights makes a folder, with the examples' configuration under the
// policy, and a warehouse in memory.
func newExampleNights(ctx context.Context, policy any) (x *exampleNights, err error) {
	text, err := yaml.Marshal(map[string]any{"policy": policy})
	if err != nil {
		return nil, fmt.Errorf("write policy: %w", err)
	}
	x = &exampleNights{}
	if x.folder, err = os.MkdirTemp("", "hedui-examples-"); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(x.config(), []byte(exampleConfig+string(text)), 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("write configuration: %w", err), x.Close())
	}
	if x.w, err = warehouse.Open(ctx, "", warehouse.Options{Memory: "1GB", Threads: 1}); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

func (x *exampleNights) config() string { return filepath.Join(x.folder, "config.yaml") }

// Close leaves nothing behind.
func (x *exampleNights) Close() error {
	err := os.RemoveAll(x.folder)
	if x.w != nil {
		err = errors.Join(err, x.w.Close())
	}
	return err
}

// exampleNight is a night of the day over the inbox beside config named for it. What an
// operator's environment overrides is not for the examples, which state their own policy.
func exampleNight(config, day string, w *warehouse.Warehouse) (*night, error) {
	c, err := readConfig(config, viper.New())
	if err == nil {
		err = c.check()
	}
	if err != nil {
		return nil, err
	}
	c.Paths.Inbox = filepath.Join(filepath.Dir(config), day)
	asOf, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, fmt.Errorf("read day: %w", err)
	}
	policy, err := matchers.LoadPolicy(c.Policy, asOf)
	if err != nil {
		return nil, err
	}
	return &night{Options: Options{Config: c, AsOf: asOf, Version: "examples", Log: zap.NewNop(), Now: time.Now}, runID: day, w: w, policy: policy}, nil
}

// walk takes the nights as far as their people; days are in order, and the
// people of the last are resolved.
func (x *exampleNights) walk(ctx context.Context, days []string) error {
	if _, err := x.w.Conn().ExecContext(ctx, "CREATE TEMP TABLE stood_at (path VARCHAR, row_number INTEGER, listed VARCHAR)"); err != nil {
		return fmt.Errorf("make table: %w", err)
	}
	for i, day := range days {
		n, err := exampleNight(x.config(), day, x.w)
		if err != nil {
			return err
		}
		next := "find"
		if i < len(days)-1 {
			next = "resolve"
		}
		for _, stage := range stagesBefore(next) {
			if err := stage.run(n, ctx); err != nil {
				return fmt.Errorf("walk %s, %s: %w", day, stage.Name, err)
			}
		}
		if err := n.checkTaken(); err != nil {
			return fmt.Errorf("walk %s: %w", day, err)
		}
		if err := n.exec(ctx, stoodAt, day, day); err != nil {
			return err
		}
	}
	return nil
}

// stoodAt notes whom each row of an earlier day's list would be about, should its
// household be gone later.
const stoodAt = `INSERT INTO stood_at
	SELECT ? || '/' || path, row_number, 'former registered_poor|' || town || '|' || household_no FROM main.read_registered_poor
	UNION ALL SELECT ? || '/' || path, row_number, 'former dibao|' || town || '|' || household_no FROM main.read_dibao`

// checkTaken fails where the night did not take every row that was sent: the
// example would not say what it seems to say. Well is only a roster that is an earlier
// day's and was not sent again, and what its 说明 says of an end.
func (n *night) checkTaken() error {
	for _, warning := range n.manifest.Warnings {
		if code, _, _ := strings.Cut(warning, "｜"); code != string(fault.SourceHeld) && code != string(fault.SourceRemark) {
			return errors.New(warning)
		}
	}
	if n.manifest.RowsRejected > 0 || n.manifest.RowsLoaded == 0 {
		return fmt.Errorf("%d rows loaded, %d rejected", n.manifest.RowsLoaded, n.manifest.RowsRejected)
	}
	return nil
}
