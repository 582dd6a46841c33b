package plugin

import (
	"reflect"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"

	"github.com/asynccheck/asynccheck/analyzer"
)

func TestNew(t *testing.T) {
	newPlugin, err := register.GetPlugin("asynccheck")
	if err != nil {
		t.Fatal(err)
	}
	for _, settings := range []any{
		nil, // none in the configuration
		map[string]any{
			"rules":    []any{"batch-*"},
			"strict":   true,
			"types":    []any{map[string]any{"name": "example.com/sdk.Answer", "shape": "batch", "members": map[string]any{"code": "State"}, "values": map[string]any{"success": 1}}},
			"printers": []any{"example.com/log.Event"},
			"decoders": []any{"example.com/codec.Fill"},
			"exits":    []any{"(*example.com/cli.App).Quit"},
		},
		map[string]any{
			"contracts": []any{"-tencent.*", "acme.push"},
			"apis": []any{map[string]any{
				"id": "acme.push", "tier": 2, "default": "off",
				"find":   map[string]any{"paths": []any{"example.com/acme"}, "type": "Output", "calls": []any{"Client.Push"}},
				"duties": []any{map[string]any{"signals": []any{map[string]any{"path": "Failed", "reading": "count", "clean": []any{0}}}}},
				"words":  map[string]any{"item": "message", "loss": "messages that Acme did not push are lost"},
			}},
		},
	} {
		p, err := newPlugin(settings)
		if err != nil {
			t.Errorf("%v: %v", settings, err)
			continue
		}
		if analyzers, err := p.BuildAnalyzers(); err != nil || len(analyzers) != 1 || analyzers[0].Name != "asynccheck" {
			t.Errorf("%v: got %v, %v, want one analyzer, asynccheck", settings, analyzers, err)
		}
		if got := p.GetLoadMode(); got != register.LoadModeTypesInfo {
			t.Errorf("load mode %q, want %q", got, register.LoadModeTypesInfo)
		}
	}
}

func TestNewFails(t *testing.T) {
	for _, test := range []struct {
		settings map[string]any
		want     []string
	}{
		{map[string]any{"rule": []any{"batch-*"}}, []string{`unknown field "rule"`}},
		{map[string]any{"types": []any{map[string]any{"member": map[string]any{}}}}, []string{`unknown field "member"`}},
		{map[string]any{"strict": "yes"}, []string{"strict of type bool"}},
		{map[string]any{"nolint": true}, []string{`unknown field "nolint"`}},
		{map[string]any{"decoders": []any{"Fill"}, "exits": []any{"Die"}}, []string{`decoders[0]: "Fill" is not a function`, `exits[0]: "Die" is not a function`}},
		{map[string]any{"apis": []any{map[string]any{"finds": map[string]any{}}}}, []string{`unknown field "finds"`}},
		{map[string]any{"contracts": []any{"nope.*"}, "apis": []any{map[string]any{"id": "acme", "find": map[string]any{}}}}, []string{
			`contracts[0]: no contract matches "nope.*"`, `apis[0].id: "acme" is not an ID`, `apis[0].find.paths: it is missing`, `apis[0].duties: it is missing`,
		}},
		{map[string]any{"rules": []any{"nope"}, "printers": []any{"Event"}}, []string{`rules[0]: no rule matches "nope"`, `printers[0]: "Event" is not a function`}},
	} {
		_, err := New(test.settings)
		if err == nil {
			t.Errorf("%v: no error", test.settings)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%v: error %q, want %q", test.settings, err, want)
			}
		}
	}
}

// Every field that a configuration file can set is a setting.
func TestSettings(t *testing.T) {
	for f := range reflect.TypeFor[analyzer.Config]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		if _, err := New(map[string]any{name: reflect.Zero(f.Type).Interface()}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
