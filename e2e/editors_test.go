package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// The recipes in examples/editors get the findings out of the command's output.

const editors = "../examples/editors"

// terminal runs a command in a terminal, and returns the lines that it shows, without colours and links.
func terminal(t *testing.T, dir, script string) (lines []string, status int) {
	t.Helper()
	if out, err := exec.Command("script", "--version").Output(); err != nil || !strings.Contains(string(out), "util-linux") {
		t.Skip("no script of util-linux, which gives a terminal")
	}
	out, status := shell(t, dir, "TERM=xterm-256color script -qec '"+script+"' /dev/null </dev/null")
	out = regexp.MustCompile(`\x1b\[[\d;]*[A-Za-z]|\x1b\]8;.*?\x1b\\`).ReplaceAllString(out, "")
	for line := range strings.SplitSeq(out, "\n") {
		var shown []rune
		for over := range strings.SplitSeq(line, "\r") { // this begins the line again, and leaves what it doesn't reach
			text := []rune(over)
			shown = append(text, shown[min(len(text), len(shown)):]...)
		}
		lines = append(lines, string(shown))
	}
	return lines, status
}

// sdkProject adds a package to a project that has a finding about an SDK: a contract's ID stands after the rule.
func sdkProject(t *testing.T, dir string) {
	t.Helper()
	writeFile(t, filepath.Join(dir, "events", "events.go"), "package events\n\nfunc Push() (*Receipt, error) { return new(Receipt), nil }\n\ntype Receipt struct{ Failed []string }\n")
	writeFile(t, filepath.Join(dir, "push", "push.go"), "package push\n\nimport \"example/events\"\n\nfunc Push() error {\n\t_, err := events.Push()\n\treturn err\n}\n")
	writeFile(t, filepath.Join(dir, ".asynccheck.yml"), "apis:\n  - id: acme.push\n    find: {paths: [example/events], calls: [Push]}\n    duties:\n      - signals: [{path: Failed, reading: length}]\n")
}

// VS Code runs tasks in a terminal, and matches each line that it shows.
func TestVSCode(t *testing.T) {
	var file struct {
		Tasks []struct {
			Command        string
			Args           []string
			ProblemMatcher struct {
				Pattern struct {
					Regexp                            string
					File, Line, Column, Message, Code int
				}
			}
		}
	}
	if err := json.Unmarshal(readFile(t, filepath.Join(editors, "vscode", "tasks.json")), &file); err != nil {
		t.Fatal(err)
	}
	task := file.Tasks[0]
	dir := project(t)
	script := task.Command + " " + strings.Join(task.Args, " ")
	finds(t, dir, script)

	writeFile(t, filepath.Join(dir, "lb", "lb.go"), projectCode)
	sdkProject(t, dir)
	plain, _ := shell(t, dir, "asynccheck ./...")
	shown, status := terminal(t, dir, script)
	if status != 1 {
		t.Errorf("status %d", status)
	}
	pattern := task.ProblemMatcher.Pattern
	var got []string
	for _, line := range shown {
		if m := regexp.MustCompile(pattern.Regexp).FindStringSubmatch(line); m != nil {
			got = append(got, fmt.Sprintf("%s:%s:%s: %s (%s", m[pattern.File], m[pattern.Line], m[pattern.Column], m[pattern.Message], m[pattern.Code]))
		}
	}
	want := strings.Split(strings.TrimSpace(plain), "\n")
	if len(got) != 2 || len(want) != 2 {
		t.Fatalf("%d problems of %d findings: %s matches\n%s\nin\n%s", len(got), len(want), pattern.Regexp, strings.Join(got, "\n"), strings.Join(shown, "\n"))
	}
	for i := range want {
		if !strings.HasPrefix(want[i], got[i]) || !regexp.MustCompile(`^(, [\w.]+)?\)$`).MatchString(want[i][len(got[i]):]) {
			t.Errorf("problem\n%s\nof finding\n%s", got[i], want[i])
		}
	}
}

func TestVim(t *testing.T) {
	if _, err := exec.LookPath("vim"); err != nil {
		t.Skip("no vim")
	}
	dir := project(t)
	sdkProject(t, dir)
	want, _ := shell(t, dir, "asynccheck ./...")
	plugins, err := filepath.Abs(filepath.Join(editors, "vim"))
	if err != nil {
		t.Fatal(err)
	}
	commands := []string{
		"set shellpipe=>%s\\ 2>&1", "set runtimepath+=" + plugins, "compiler asynccheck", "silent make!",
		`call writefile(map(filter(getqflist(), 'v:val.valid'), 'bufname(v:val.bufnr).":".v:val.lnum.":".v:val.col.": ".v:val.text'), "quickfix")`, "qall!",
	}
	script := "vim -u NONE -i NONE -es -N"
	for _, c := range commands {
		script += " -c '" + strings.ReplaceAll(c, "'", `'\''`) + "'"
	}
	out, _ := shell(t, dir, script+" </dev/null")
	list, err := os.ReadFile(filepath.Join(dir, "quickfix"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := string(list); got != want {
		t.Errorf("the quickfix list is\n%s\nwant\n%s", got, want)
	}
}

// Emacs compiles in a terminal, and finds the places in what that shows.
func TestEmacs(t *testing.T) {
	if _, err := exec.LookPath("emacs"); err != nil {
		t.Skip("no emacs")
	}
	dir := project(t)
	sdkProject(t, dir)
	writeFile(t, filepath.Join(dir, ".dir-locals.el"), string(readFile(t, filepath.Join(editors, "emacs", ".dir-locals.el"))))
	writeFile(t, filepath.Join(dir, "test.el"), `
(setenv "TERM" "dumb") ; as Emacs does when it has started, unless it is a batch
(setq enable-local-variables :all)
(find-file "lb/lb.go")
(let* ((root (locate-dominating-file default-directory "go.mod")) (default-directory root) (done nil))
  (add-hook 'compilation-finish-functions (lambda (&rest _) (setq done t)))
  (with-current-buffer (compile compile-command)
    (while (not done) (accept-process-output nil 0.1))
    (compilation--ensure-parse (point-max))
    (setq next-error-last-buffer (current-buffer)))
  (dotimes (_ 2)
    (next-error)
    (set-buffer (window-buffer))
    (princ (format "%s:%d:%d\n" (file-relative-name buffer-file-name root) (line-number-at-pos) (1+ (- (point) (line-beginning-position)))))))
`)
	out, status := shell(t, dir, "emacs -Q --batch -l test.el 2>/dev/null")
	if status != 0 {
		t.Fatalf("status %d\n%s", status, out)
	}
	findings, _ := shell(t, dir, "asynccheck ./...")
	for _, place := range regexp.MustCompile(`(?m)^\S+:\d+:\d+`).FindAllString(findings, -1) {
		if !strings.Contains(out, place+"\n") {
			t.Errorf("Emacs doesn't go to %s, but to\n%s", place, out)
		}
	}
}

// A languageServer is a client's view of one.
type languageServer struct {
	conn      *jsonrpc2.Conn
	published chan publication
	logged    chan string
}

type publication struct {
	URI         string
	Diagnostics []struct {
		Range   struct{ Start struct{ Line, Character int } }
		Message string
	}
}

func (s *languageServer) Handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) {
	switch req.Method {
	case "textDocument/publishDiagnostics":
		var p publication
		if json.Unmarshal(*req.Params, &p) == nil {
			s.published <- p
		}
	case "window/logMessage":
		s.logged <- string(*req.Params)
	}
}

// serve starts a language server for the project in dir.
func serve(t *testing.T, dir string, options any, name string, args ...string) *languageServer {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(env(), "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &languageServer{published: make(chan publication, 100), logged: make(chan string, 100)}
	pipes := struct {
		io.Reader
		io.WriteCloser
	}{out, in}
	s.conn = jsonrpc2.NewConn(t.Context(), jsonrpc2.NewBufferedStream(pipes, jsonrpc2.VSCodeObjectCodec{}), s)
	t.Cleanup(func() {
		s.conn.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	params := map[string]any{"rootUri": uri(dir), "capabilities": map[string]any{}, "initializationOptions": options}
	if err := s.conn.Call(t.Context(), "initialize", params, nil); err != nil {
		t.Fatal(err)
	}
	s.notify(t, "initialized", map[string]any{})
	return s
}

func (s *languageServer) notify(t *testing.T, method string, params map[string]any) {
	t.Helper()
	if err := s.conn.Notify(t.Context(), method, params); err != nil {
		t.Fatal(err)
	}
}

func uri(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}).String()
}

// open opens a file of the project.
func (s *languageServer) open(t *testing.T, file, text string) {
	t.Helper()
	s.notify(t, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri(file), "languageId": "go", "version": 1, "text": text}})
}

// save saves the file.
func (s *languageServer) save(t *testing.T, file, text string) {
	t.Helper()
	writeFile(t, file, text)
	document := map[string]any{"uri": uri(file), "version": 2}
	s.notify(t, "textDocument/didChange", map[string]any{"textDocument": document, "contentChanges": []any{map[string]any{"text": text}}})
	s.notify(t, "textDocument/didSave", map[string]any{"textDocument": document})
}

// expect waits for what the server publishes about the file: as many diagnostics as wanted. It returns them as
// "line:column: message".
func (s *languageServer) expect(t *testing.T, file string, want int) []string {
	t.Helper()
	timeout := time.After(2 * time.Minute)
	for {
		select {
		case p := <-s.published:
			if p.URI != uri(file) || len(p.Diagnostics) != want {
				continue
			}
			var texts []string
			for _, d := range p.Diagnostics {
				texts = append(texts, fmt.Sprintf("%d:%d: %s", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Message))
			}
			return texts
		case <-timeout:
			t.Fatalf("the server hasn't published %d diagnostics about %s", want, file)
		}
	}
}

// follows checks that a server shows the project's finding, and that it disappears.
func (s *languageServer) follows(t *testing.T, file, want string) {
	t.Helper()
	s.open(t, file, projectCode)
	if got := s.expect(t, file, 1)[0]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s.save(t, file, strings.Replace(projectCode, "> 0", "!= 0", 1))
	s.expect(t, file, 0)
	s.save(t, file, projectCode)
	s.expect(t, file, 1)
}

// languageServerProgram returns the name of a language server's program: the one that is installed, or else one that it
// builds. They are no tools in go.mod, because other tools need other versions of what they import, and because some
// module proxies don't serve all of them.
func languageServerProgram(t *testing.T, module string) string {
	t.Helper()
	name, _, _ := strings.Cut(path.Base(module), "@")
	if installed, err := exec.LookPath(name); err == nil {
		return installed
	}
	dir := t.TempDir()
	install := exec.Command("go", "install", module)
	install.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("can't download or build %s, and none is installed: %v\n%s", module, err, out)
	}
	return filepath.Join(dir, name)
}

func TestEFM(t *testing.T) {
	server := languageServerProgram(t, "github.com/mattn/efm-langserver@v0.0.57")
	dir := project(t)
	file := filepath.Join(dir, "lb", "lb.go")
	out, _ := shell(t, dir, "asynccheck ./...")
	_, want, _ := strings.Cut(strings.TrimSpace(out), ":")
	config, err := filepath.Abs(filepath.Join(editors, "efm", "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	serve(t, dir, nil, server, "-c", config).follows(t, file, want)

	// By default, what a command prints doesn't count if it ends with 0: findings with -exit-zero are lost.
	text := string(readFile(t, config))
	text = regexp.MustCompile(`(?m)^ +lint-ignore-exit-code:.*\n`).ReplaceAllString(text, "")
	text = strings.Replace(text, "asynccheck -format", "asynccheck -exit-zero -format", 1)
	other := filepath.Join(t.TempDir(), "config.yaml")
	writeFile(t, other, text)
	s := serve(t, dir, nil, server, "-c", other)
	s.open(t, file, projectCode)
	if got := <-s.logged; !strings.Contains(got, "exit with zero") {
		t.Errorf("logged %s", got)
	}
	s.expect(t, file, 0)
}

func TestGolangciLangserver(t *testing.T) {
	server := languageServerProgram(t, "github.com/nametake/golangci-lint-langserver@v0.0.12")
	golangci, err := golangciDir()
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^config\.command = (\[.*\])$`).FindSubmatch(readFile(t, filepath.Join(editors, "golangci-lint-langserver", "languages.toml")))
	var command []string
	if m == nil || json.Unmarshal(m[1], &command) != nil || command[0] != "custom-gcl" {
		t.Fatalf("languages.toml has no command: %s", m)
	}
	command[0] = filepath.Join(golangci, "golangci-lint")

	dir := project(t)
	writeFile(t, filepath.Join(dir, ".golangci.yml"), golangciConfig+"run:\n  allow-parallel-runners: true\n")
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	file := filepath.Join(dir, "lb", "lb.go")
	out, _ := shell(t, dir, "asynccheck ./...")
	place, message, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(out), "lb/lb.go:"), ": ")
	serve(t, dir, map[string]any{"command": command}, server).follows(t, file, place+": asynccheck: "+message)

	// If golangci-lint ends with 0, what it prints doesn't count.
	command[slices.Index(command, "--issues-exit-code=1")] = "--issues-exit-code=0"
	s := serve(t, dir, map[string]any{"command": command}, server)
	s.open(t, file, projectCode)
	s.expect(t, file, 0)
}
