package matchers

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"hedui/pipeline/fault"
)

// parameter is one number of the policy, as policy/parameters.yaml has it.
type parameter struct {
	Name, Label, Unit, Type string
	Values                  []dated
}

// dated is a value that holds from a day on; the first needs no day.
type dated struct {
	From      time.Time
	Value     any
	Basis     string
	CheckedOn time.Time `yaml:"checked_on"` // when somebody last compared it with the document; zero: there is none
}

// Policy is the parameters in force on one day.
type Policy struct {
	asOf       time.Time
	parameters []inForce
}

type inForce struct {
	parameter
	dated
	text       string // the value as SQL and reports take it
	overridden bool
}

func knownParameters() ([]parameter, error) {
	data, err := files.ReadFile("policy/parameters.yaml")
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	return decodeParameters(data)
}

func decodeParameters(data []byte) (known []parameter, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&known); err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	return known, nil
}

// Parameters are the names of all policy parameters.
func Parameters() ([]string, error) {
	known, err := knownParameters()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, k := range known {
		names = append(names, k.Name)
	}
	return names, nil
}

// LoadPolicy gives the parameters in force on asOf: the built-in values, and
// over them those of config.yaml's policy, a map or a list of maps each with
// from, the first day it holds. An unknown parameter or a value of the wrong
// type is a fault.
func LoadPolicy(overrides any, asOf time.Time) (*Policy, error) {
	known, err := knownParameters()
	if err != nil {
		return nil, err
	}
	given, err := layers(overrides)
	if err != nil {
		return nil, badPolicy("policy", err)
	}
	p := &Policy{asOf: asOf}
	for _, k := range known {
		v, err := k.inForce(given, asOf)
		if err != nil {
			return nil, err
		}
		p.parameters = append(p.parameters, v)
	}
	for _, layer := range given {
		for _, name := range slices.Sorted(maps.Keys(layer.values)) {
			if !slices.ContainsFunc(known, func(k parameter) bool { return k.Name == name }) {
				return nil, fault.New(fault.ConfigUnknownKey, "config.yaml policy."+name, "没有这个政策参数；可用的参数见分析库的 政策参数。", nil)
			}
		}
	}
	return p, nil
}

func badPolicy(place string, err error) error {
	return fault.New(fault.ConfigBadValue, "config.yaml "+place, "写成 参数: 值，或 - {from: 2021-07-01, 参数: 值} 的列表。", err)
}

// layer is one map of overrides with the day from which it holds.
type layer struct {
	from   time.Time
	values map[string]any
}

func layers(overrides any) ([]layer, error) {
	switch o := overrides.(type) {
	case nil:
		return nil, nil
	case map[string]any:
		l, err := newLayer(o)
		return []layer{l}, err
	case []any:
		var all []layer
		for _, item := range o {
			m, ok := item.(map[string]any)
			if !ok {
				return nil, fmt.Errorf("%v 不是“参数: 值”", item)
			}
			l, err := newLayer(m)
			if err != nil {
				return nil, err
			}
			all = append(all, l)
		}
		slices.SortStableFunc(all, func(a, b layer) int { return a.from.Compare(b.from) })
		return all, nil
	}
	return nil, fmt.Errorf("%v 不是“参数: 值”，也不是它们的列表", overrides)
}

func newLayer(m map[string]any) (layer, error) {
	l := layer{values: maps.Clone(m)}
	from, ok := m["from"]
	if !ok {
		return l, nil
	}
	delete(l.values, "from")
	switch f := from.(type) {
	case time.Time:
		l.from = f
	case string:
		day, err := time.Parse(time.DateOnly, f)
		if err != nil {
			return l, fmt.Errorf("from 的 %s 不是日期", f)
		}
		l.from = day
	default:
		return l, fmt.Errorf("from 的 %v 不是日期", from)
	}
	return l, nil
}

// inForce picks the value that holds on asOf.
func (k parameter) inForce(given []layer, asOf time.Time) (inForce, error) {
	v := inForce{parameter: k}
	for _, value := range k.Values {
		if !value.From.After(asOf) {
			v.dated = value
		}
	}
	for _, l := range given {
		if value, ok := l.values[k.Name]; ok {
			if _, err := render(k.Type, value); err != nil {
				return v, badPolicy("policy."+k.Name, err)
			}
			if !l.from.After(asOf) {
				v.dated, v.overridden = dated{From: l.from, Value: value, Basis: "config.yaml"}, true
			}
		}
	}
	text, err := render(k.Type, v.Value)
	if err != nil {
		return v, badPolicy("policy."+k.Name, err)
	}
	v.text = text
	return v, nil
}

// render checks a value against its type and writes it down: numbers plainly,
// lists with commas, maps as A=442,B=330 in the order of their keys.
func render(kind string, value any) (string, error) {
	switch kind {
	case "number", "integer":
		return renderNumber(kind, value)
	case "integers", "words":
		list, ok := value.([]any)
		if !ok {
			return "", fmt.Errorf("%v 不是列表", value)
		}
		var parts []string
		for _, item := range list {
			text, err := renderItem(kind, item)
			if err != nil {
				return "", err
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, ","), nil
	case "map":
		m, ok := value.(map[string]any)
		if !ok {
			return "", fmt.Errorf("%v 不是“名称: 数”", value)
		}
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(m)) {
			text, err := renderNumber("number", m[key])
			if err != nil {
				return "", err
			}
			// viper gives keys in lower case; tiers are capitals.
			parts = append(parts, strings.ToUpper(key)+"="+text)
		}
		return strings.Join(parts, ","), nil
	}
	return "", fmt.Errorf("read %v: parameter of unknown type %q", value, kind)
}

func renderItem(kind string, item any) (string, error) {
	if kind == "integers" {
		return renderNumber("integer", item)
	}
	word, ok := item.(string)
	if !ok || word == "" || strings.ContainsAny(word, ",=") {
		return "", fmt.Errorf("%v 不是词", item)
	}
	return word, nil
}

func renderNumber(kind string, value any) (string, error) {
	switch n := value.(type) {
	case int:
		if n >= 0 {
			return strconv.Itoa(n), nil
		}
	case float64:
		if n >= 0 && n < 1e9 && (kind == "number" || n == float64(int(n))) {
			return strconv.FormatFloat(n, 'f', -1, 64), nil
		}
	}
	return "", fmt.Errorf("%v 不是 0 或以上的%s", value, map[string]string{"number": "数", "integer": "整数"}[kind])
}

// sqlType is the column's SQL type and how its text is cast.
var sqlType = map[string]string{
	"number":   "?::DECIMAL(14,4)",
	"integer":  "?::INTEGER",
	"integers": "CASE WHEN ? = '' THEN [] ELSE string_split(?, ',') END::INTEGER[]",
	"words":    "CASE WHEN ? = '' THEN [] ELSE string_split(?, ',') END",
	"map":      "map_from_entries(list_transform(string_split(?, ','), e -> {'k': string_split(e, '=')[1], 'v': string_split(e, '=')[2]::DECIMAL(14,4)}))",
}

// set writes the one-row table policy and the table policy_value.
func (p *Policy) set(ctx context.Context, db *sql.Conn) error {
	columns, args := []string{"?::DATE AS as_of"}, []any{p.asOf.Format(time.DateOnly)}
	for _, v := range p.parameters {
		expression := sqlType[v.Type]
		columns = append(columns, expression+" AS "+v.Name)
		for range strings.Count(expression, "?") {
			args = append(args, v.text)
		}
	}
	if _, err := db.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE policy AS SELECT "+strings.Join(columns, ", "), args...); err != nil {
		return fmt.Errorf("set policy: %w", err)
	}
	const table = "CREATE OR REPLACE TEMP TABLE policy_value (parameter VARCHAR, label VARCHAR, value VARCHAR, unit VARCHAR, since DATE, basis VARCHAR, overridden BOOLEAN)"
	if _, err := db.ExecContext(ctx, table); err != nil {
		return fmt.Errorf("set policy values: %w", err)
	}
	var rows [][]any
	for _, v := range p.parameters {
		var since any
		if !v.From.IsZero() {
			since = v.From.Format(time.DateOnly)
		}
		rows = append(rows, []any{v.Name, v.Label, v.text, v.Unit, since, v.Basis, v.overridden})
	}
	if err := insert(ctx, db, "policy_value", rows); err != nil {
		return fmt.Errorf("set policy values: %w", err)
	}
	return nil
}
