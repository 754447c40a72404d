package pipeline

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"hedui/matchers"
	"hedui/pipeline/fault"
)

// envPrefix begins the variables that override single values of the configuration.
const envPrefix = "HEDUI_"

// readEnvironment gives the policy with what HEDUI_POLICY_… variables override, and
// refuses a variable that names no key of a section, a typing error would be passed over;
// own is the one that holds the password.
func readEnvironment(policy any, own string) (any, error) {
	parameters, err := matchers.Parameters()
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for key := range defaults {
		keys[variable(key)] = true
	}
	values := map[string]any{}
	for _, name := range parameters {
		keys[variable("policy."+name)] = true
		text, set := os.LookupEnv(variable("policy." + name))
		if !set {
			continue
		}
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil || value == nil {
			return nil, fault.New(fault.ConfigBadValue, "环境变量 "+variable("policy."+name), "写成与 config.yaml 里相同的值，如 5800 或 [1, 2]。", nil)
		}
		values[name] = value
	}
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		section := slices.ContainsFunc([]string{"paths", "limits", "reports", "retention", "notify", "policy"}, func(s string) bool {
			return strings.HasPrefix(name, variable(s)+"_")
		})
		if section && !keys[name] && name != own {
			return nil, fault.New(fault.ConfigUnknownKey, "环境变量 "+name, "改正名字，或取消这个变量（unset）；可用的键见 README.zh-CN.md。", nil)
		}
	}
	if len(values) == 0 {
		return policy, nil
	}
	return overridden(policy, values)
}

func variable(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// overridden gives the policy with values in place of its own, on every day.
func overridden(policy any, values map[string]any) (any, error) {
	var layers []any
	switch p := policy.(type) {
	case nil:
	case map[string]any:
		layers = []any{p}
	case []any:
		layers = p
	default:
		return nil, fmt.Errorf("read policy: %v is neither a map nor a list of maps", policy)
	}
	all := []any{values}
	for _, l := range layers {
		given, ok := l.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("read policy: %v is no map", l)
		}
		given = maps.Clone(given)
		for name := range values {
			delete(given, name)
		}
		all = append(all, given)
	}
	return all, nil
}
