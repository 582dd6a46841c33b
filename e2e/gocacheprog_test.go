package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A build cache that machines share has go vet's results too. This test tries it with a helper and a server that other
// people wrote for this.
func TestSharedCache(t *testing.T) {
	programs := t.TempDir()
	build := func(args ...string) {
		t.Helper()
		cmd := exec.Command("go", append([]string{"build"}, args...)...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", cmd, err, out)
		}
	}
	const cache = "github.com/bradfitz/go-tool-cache/cmd/"
	build("-o", programs+string(filepath.Separator), cache+"go-cacher", cache+"go-cacher-server")
	server := startCacheServer(t, filepath.Join(programs, "go-cacher-server"))
	base := t.TempDir()
	n := 0
	// A machine has an empty cache of its own, and its own copy of the tool.
	machine := func() *machine {
		t.Helper()
		n++
		m := &machine{
			tool: filepath.Join(base, fmt.Sprint("machine", n), "asynccheck"),
			helper: fmt.Sprintf("%s -cache-dir %s -cache-server %s", filepath.Join(programs, "go-cacher"),
				filepath.Join(base, fmt.Sprint("machine", n), "cache"), server),
		}
		build("-C", "..", "-trimpath", "-buildvcs=false", "-o", m.tool, "./cmd/asynccheck")
		return m
	}
	checkout := func(name string) string {
		t.Helper()
		dir := filepath.Join(base, name)
		for file, text := range sharedFiles {
			writeFile(t, filepath.Join(dir, file), text)
		}
		return dir
	}

	first, here := machine(), checkout("here")
	cold := first.vet(t, here)
	if n := len(cold.units); n < len(sharedFiles) {
		t.Errorf("%d units analyzed with nothing stored: %q", n, cold.units)
	}
	if want := []string{"example/app", "example/lb"}; !slices.Equal(cold.found, want) {
		t.Errorf("findings in %q, want %q", cold.found, want)
	}
	same := func(what string, got vetted, units ...string) {
		t.Helper()
		if !slices.Equal(got.units, units) {
			t.Errorf("%s: analyzed %q, want %q", what, got.units, units)
		}
		if got.status != cold.status || !slices.Equal(got.found, cold.found) {
			t.Errorf("%s: findings in %q and status %d, want %q and %d", what, got.found, got.status, cold.found, cold.status)
		}
	}
	same("again", first.vet(t, here))
	second := machine()
	same("another machine", second.vet(t, here))
	same("another machine and checkout", machine().vet(t, checkout("there")))

	// The package's facts stay the same: its importers needn't be analyzed again.
	edit := func(old, new string) {
		t.Helper()
		name := filepath.Join(here, "sdk", "sdk.go")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte(old)) {
			t.Fatalf("no %q in %s", old, name)
		}
		writeFile(t, name, strings.Replace(string(text), old, new, 1))
	}
	edit("// Send", "// Send asks the cloud and")
	same("a comment", second.vet(t, here), "example/sdk")
	same("a comment, another machine", first.vet(t, here))

	// The package says that the code is zero now, which is right for its importers.
	edit("return r, err", "if err == nil && r.Code != 0 {\n\t\terr = errors.New(r.Message)\n\t}\n\treturn r, err")
	got := second.vet(t, here)
	if want := []string{"example/app", "example/sdk"}; !slices.Equal(got.units, want) {
		t.Errorf("a change of what sdk does: analyzed %q, want %q", got.units, want)
	}
	if want := []string{"example/lb"}; !slices.Equal(got.found, want) {
		t.Errorf("a change of what sdk does: findings in %q, want %q", got.found, want)
	}
}

var sharedFiles = map[string]string{
	"go.mod": "module example\n\ngo 1.26\n",
	"sdk/sdk.go": `package sdk

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

var ErrNoAnswer = errors.New("no answer")

// Send returns what it decoded.
func Send(answer []byte) (*Result, error) {
	r := new(Result)
	err := json.Unmarshal(answer, r)
	return r, err
}
`,
	"app/app.go": `package app

import "example/sdk"

func Create(answer []byte) error {
	_, err := sdk.Send(answer)
	return err
}
`,
	// This package does not import sdk.
	"lb/lb.go": `package lb

import "encoding/json"

func Deleted(answer []byte) error {
	var r struct {
		Code      int    ` + "`json:\"code\"`" + `
		Message   string ` + "`json:\"message\"`" + `
		RequestID string ` + "`json:\"requestId\"`" + `
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil
	}
	return nil
}
`,
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// startCacheServer starts a server for the helpers, and returns its address.
func startCacheServer(t *testing.T, program string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	cmd := exec.Command(program, "-cache-dir", t.TempDir(), "-listen", address)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	url := "http://" + address
	for range 100 {
		if resp, err := http.Get(url); err == nil {
			resp.Body.Close()
			return url
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no server at %s: %s", url, stderr.Bytes())
	return ""
}

// A machine runs go vet.
type machine struct{ tool, helper string }

// This is what a run of go vet did.
type vetted struct {
	units  []string // packages that were analyzed
	found  []string // packages with findings
	status int
}

func (m *machine) vet(t *testing.T, dir string) vetted {
	t.Helper()
	cmd := exec.Command("go", "vet", "-x", "-trimpath", "-vettool="+m.tool, "./...")
	cmd.Dir = dir
	cmd.Env = append(env(), "GOCACHEPROG="+m.helper)
	out, err := cmd.CombinedOutput()
	var v vetted
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		v.status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	for _, unit := range regexp.MustCompile(`(?m)^\s*"ImportPath": "(.*)",$`).FindAllSubmatch(out, -1) {
		v.units = append(v.units, string(unit[1]))
	}
	slices.Sort(v.units)
	for _, f := range regexp.MustCompile(`(?m)^(?:\S*/)?(\w+)/\w+\.go:\d+:\d+: .*\)$`).FindAllSubmatch(out, -1) {
		v.found = append(v.found, "example/"+string(f[1]))
	}
	slices.Sort(v.found)
	return v
}
