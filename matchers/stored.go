package matchers

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"hedui/pipeline/fault"
)

// StoredPolicy gives the parameters that a night left in the tables policy and
// policy_value of a schema, such as the published file's: what that night went
// by, whatever config.yaml says now. A parameter that is not there is an error:
// another version of the program left them.
func StoredPolicy(ctx context.Context, db *sql.Conn, schema string) (*Policy, error) {
	known, err := knownParameters()
	if err != nil {
		return nil, err
	}
	p := &Policy{}
	if err := db.QueryRowContext(ctx, "SELECT as_of FROM "+schema+".policy").Scan(&p.asOf); err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	for _, k := range known {
		v := inForce{parameter: k}
		var since sql.NullTime
		err := db.QueryRowContext(ctx, "SELECT value, since, basis, overridden FROM "+schema+".policy_value WHERE parameter = ?", k.Name).
			Scan(&v.text, &since, &v.Basis, &v.overridden)
		if err != nil {
			return nil, fmt.Errorf("read policy parameter %s: %w", k.Name, err)
		}
		v.From = since.Time
		p.parameters = append(p.parameters, v)
	}
	return p, nil
}

// With gives the same policy with other values, by parameter, written as
// config.yaml writes them. An unknown parameter or a value of the wrong type
// is the fault that it would be there.
func (p *Policy) With(values map[string]any) (*Policy, error) {
	changed := &Policy{asOf: p.asOf, parameters: slices.Clone(p.parameters)}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := slices.IndexFunc(changed.parameters, func(v inForce) bool { return v.Name == name })
		if i < 0 {
			return nil, fault.New(fault.ConfigUnknownKey, "--set "+name, "没有这个政策参数；可用的参数见分析库的 政策参数。", nil)
		}
		v := &changed.parameters[i]
		text, err := render(v.Type, values[name])
		if err != nil {
			return nil, fault.New(fault.ConfigBadValue, "--set "+name, "写成 --set 参数=值；多个值写成 [1, 2] 或 {A: 442, B: 330, C: 240}。", err)
		}
		v.text, v.dated, v.overridden = text, dated{Value: values[name], Basis: "--set"}, true
	}
	return changed, nil
}
