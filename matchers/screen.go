package matchers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"hedui/pipeline/fault"
)

// Screen refuses a rule that is anything but one SELECT from the night's own
// tables. DuckDB's own parser is asked, and nothing is run: whoever may write a
// rule may not thereby write a file, read one, or change the night's tables.
func Screen(ctx context.Context, db *sql.Conn, rules []*Rule) error {
	for _, r := range rules {
		var text string
		if err := db.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR)", r.SQL).Scan(&text); err != nil {
			return fmt.Errorf("parse %s: %w", r.ID, err)
		}
		if err := screen([]byte(text)); err != nil {
			return fault.New(fault.ConfigRule, r.place(), "规则头之后只能是一条 SELECT，只查询比对用的表（person、household 等），不能读文件、不能改动任何东西。", err)
		}
	}
	return nil
}

func screen(text []byte) error {
	var parsed struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal(text, &parsed); err != nil {
		return fmt.Errorf("read parsed statement: %w", err)
	}
	switch {
	case parsed.Error:
		return errors.New(parsed.Message)
	case len(parsed.Statements) != 1:
		return fmt.Errorf("%d statements", len(parsed.Statements))
	}
	return screenNode(parsed.Statements[0])
}

// harmless are the table functions that make rows out of values alone.
var harmless = []string{"unnest", "range", "generate_series"}

// ordinary is the name of a table; DuckDB reads a file where a name is a path.
var ordinary = regexp.MustCompile(`^[\p{L}\p{N}_]+$`)

// screenNode walks the parsed statement.
func screenNode(node any) error {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			if err := screenNode(child); err != nil {
				return err
			}
		}
	case map[string]any:
		if err := screenTable(n); err != nil {
			return err
		}
		for _, child := range n {
			if err := screenNode(child); err != nil {
				return err
			}
		}
	}
	return nil
}

func screenTable(n map[string]any) error {
	switch n["type"] {
	case "SHOW_REF":
		return errors.New("not a SELECT")
	case "BASE_TABLE":
		name, _ := n["table_name"].(string)
		if schema, _ := n["schema_name"].(string); !ordinary.MatchString(name) || n["catalog_name"] != "" || schema != "" && schema != "main" {
			return fmt.Errorf("table %q is none of the night's", name)
		}
	case "TABLE_FUNCTION":
		function, _ := n["function"].(map[string]any)
		if name, _ := function["function_name"].(string); !slices.Contains(harmless, name) {
			return fmt.Errorf("table function %s() is not allowed", name)
		}
	}
	return nil
}
