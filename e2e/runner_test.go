package e2e

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rhysd/actionlint"
)

// A runner runs the steps of a job, or of a composite action, as GitHub's runner does. What other people's actions do
// is the test's affair.
type runner struct {
	t         *testing.T
	workspace string            // the checkout
	temp      string            // RUNNER_TEMP
	env       []string          // beyond that of env
	context   map[string]any    // github, inputs, steps and others, by name
	uses      map[string]action // by name, without the version
	failed    bool
	log       strings.Builder // what steps print
	summary   string          // the file
}

// An action gets its inputs, and returns its outputs.
type action func(with map[string]string) (outputs map[string]any, ok bool)

// A step is a step of a job or of a composite action.
type step struct {
	ID, Name, If, Uses, Shell, Run string
	With, Env                      map[string]any
}

// A workflow is what a runner reads of one.
type workflow struct {
	Jobs map[string]struct{ Steps []step }
}

// A metadata is what a runner reads of a composite action.
type metadata struct {
	Inputs  map[string]struct{ Description, Default string }
	Outputs map[string]struct{ Description, Value string }
	Runs    struct{ Steps []step }
}

// newRunner returns a runner for a checkout.
func newRunner(t *testing.T, workspace string) *runner {
	t.Helper()
	temp := t.TempDir()
	return &runner{
		t:         t,
		workspace: workspace,
		temp:      temp,
		context:   map[string]any{"github": map[string]any{"sha": "0123"}},
		uses:      make(map[string]action),
		summary:   filepath.Join(temp, "summary"),
	}
}

// composite runs a composite action that lies in a directory, and returns its outputs.
func (r *runner) composite(dir string, with map[string]string) (outputs map[string]any, ok bool) {
	r.t.Helper()
	var meta metadata
	readInto(r.t, filepath.Join(dir, "action.yml"), &meta)
	inputs := make(map[string]any)
	for name, in := range meta.Inputs {
		inputs[name] = in.Default
	}
	for name, value := range with {
		if _, ok := inputs[name]; !ok {
			r.t.Errorf("the action has no input %s", name)
		}
		inputs[name] = value
	}
	inner := newRunner(r.t, r.workspace)
	inner.temp, inner.summary, inner.uses = r.temp, r.summary, r.uses
	inner.env = append(slices.Clone(r.env), "GITHUB_ACTION_PATH="+dir)
	inner.context = maps.Clone(r.context)
	inner.context["inputs"] = inputs
	inner.steps(meta.Runs.Steps)
	r.log.WriteString(inner.log.String())
	outputs = make(map[string]any)
	for name, out := range meta.Outputs {
		outputs[name] = inner.expand(out.Value)
	}
	return outputs, !inner.failed
}

// steps runs steps, each if its condition holds.
func (r *runner) steps(steps []step) {
	r.t.Helper()
	done := make(map[string]any)
	r.context["steps"] = done
	for _, s := range steps {
		if !r.wanted(s.If) {
			continue
		}
		var outputs map[string]any
		var ok bool
		if s.Uses == "" {
			outputs, ok = r.run(s)
		} else {
			name, _, _ := strings.Cut(s.Uses, "@")
			use := r.uses[name]
			if use == nil {
				r.t.Fatalf("uses %s", s.Uses)
			}
			outputs, ok = use(r.values(s.With))
		}
		r.failed = r.failed || !ok
		if s.ID != "" {
			done[s.ID] = map[string]any{"outputs": outputs}
		}
	}
}

// wanted evaluates the condition of a step. Unless it asks for the status, it holds only if all went well.
func (r *runner) wanted(condition string) bool {
	condition = strings.TrimSuffix(strings.TrimPrefix(condition, "${{"), "}}")
	if !regexp.MustCompile(`\b(success|failure|always|cancelled)\(`).MatchString(condition) && r.failed {
		return false
	}
	return strings.TrimSpace(condition) == "" || truth(r.eval(condition))
}

// values expands the expressions in the values of "with" or "env".
func (r *runner) values(values map[string]any) map[string]string {
	expanded := make(map[string]string)
	for name, v := range values {
		expanded[name] = r.expand(text(v))
	}
	return expanded
}

// run runs a script, and returns the outputs that it has set.
func (r *runner) run(s step) (outputs map[string]any, ok bool) {
	r.t.Helper()
	if strings.Contains(s.Run, "${{") {
		r.t.Errorf("an expression in a script can be code: %s", s.Run)
	}
	script, file := filepath.Join(r.temp, "script.sh"), filepath.Join(r.temp, "output")
	writeFile(r.t, script, s.Run)
	writeFile(r.t, file, "")
	args := []string{"-e", script}
	if s.Shell == "bash" {
		args = []string{"--noprofile", "--norc", "-eo", "pipefail", script}
	}
	cmd := exec.Command("bash", args...)
	cmd.Dir = r.workspace
	cmd.Env = slices.Concat(env(), []string{"RUNNER_TEMP=" + r.temp, "RUNNER_OS=Linux", "RUNNER_ARCH=X64", "GITHUB_JOB=lint",
		"GITHUB_OUTPUT=" + file, "GITHUB_STEP_SUMMARY=" + r.summary, "GITHUB_WORKSPACE=" + r.workspace}, r.env)
	for name, value := range r.values(s.Env) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		r.t.Fatal(err)
	}
	r.log.Write(out)
	set, readErr := os.ReadFile(file)
	if readErr != nil {
		r.t.Fatal(readErr)
	}
	outputs = make(map[string]any)
	for line := range strings.Lines(string(set)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		outputs[name] = value
	}
	return outputs, err == nil
}

var expression = regexp.MustCompile(`\$\{\{(.*?)\}\}`)

// expand replaces expressions in a text.
func (r *runner) expand(s string) string {
	return expression.ReplaceAllStringFunc(s, func(e string) string { return text(r.eval(e[3 : len(e)-2])) })
}

// eval evaluates an expression. What doesn't exist is nil.
func (r *runner) eval(expr string) any {
	r.t.Helper()
	node, err := actionlint.NewExprParser().Parse(actionlint.NewExprLexer(expr + "}}"))
	if err != nil {
		r.t.Fatalf("%s: %v", expr, err)
	}
	return r.value(node)
}

func (r *runner) value(node actionlint.ExprNode) any {
	switch n := node.(type) {
	case *actionlint.StringNode:
		return n.Value
	case *actionlint.BoolNode:
		return n.Value
	case *actionlint.VariableNode:
		return r.context[n.Name]
	case *actionlint.ObjectDerefNode:
		object, _ := r.value(n.Receiver).(map[string]any)
		return object[n.Property]
	case *actionlint.NotOpNode:
		return !truth(r.value(n.Operand))
	case *actionlint.CompareOpNode:
		same := strings.EqualFold(text(r.value(n.Left)), text(r.value(n.Right)))
		return same == (n.Kind == actionlint.CompareOpNodeKindEq)
	case *actionlint.LogicalOpNode:
		left := r.value(n.Left)
		if truth(left) == (n.Kind == actionlint.LogicalOpNodeKindOr) {
			return left
		}
		return r.value(n.Right)
	case *actionlint.FuncCallNode:
		switch n.Callee {
		case "success":
			return !r.failed
		case "failure":
			return r.failed
		case "always":
			return true
		case "cancelled":
			return false
		}
	}
	r.t.Fatalf("no value of %T", node)
	return nil
}

func truth(v any) bool { return v != nil && v != "" && v != false }

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// readInto decodes a YAML file.
func readInto(t *testing.T, name string, v any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err == nil {
		err = yaml.Unmarshal(data, v)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
