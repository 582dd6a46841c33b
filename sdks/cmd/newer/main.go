// The newer command says which contracts the newest releases of the SDKs have broken. It leaves go.mod as it is. The
// exit status is 1 if a contract is broken.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/asynccheck/asynccheck/sdks"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("newer: ")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatal("want no arguments; run it in the directory sdks")
	}
	dir, err := os.MkdirTemp("", "newer")
	if err != nil {
		log.Fatal(err)
	}
	broken, err := compare("..", ".", dir)
	os.RemoveAll(dir)
	if err != nil {
		log.Fatal(err)
	}
	if broken {
		os.Exit(1)
	}
}

// compare compares the versions in the go.mod of a directory with the newest ones. It works in the directory tmp.
func compare(root, dir, tmp string) (broken bool, err error) {
	before, err := sdks.Load(root, dir)
	if err != nil {
		return false, err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return false, err
		}
		if err := os.WriteFile(filepath.Join(tmp, name), text, 0o666); err != nil {
			return false, err
		}
	}
	if err := os.Setenv("GOFLAGS", strings.TrimSpace(os.Getenv("GOFLAGS")+" -mod=mod")); err != nil {
		return false, err
	}
	// Nothing is built there. So the project itself isn't needed.
	const self = "github.com/asynccheck/asynccheck"
	if _, err := run(tmp, "mod", "edit", "-droprequire="+self, "-dropreplace="+self); err != nil {
		return false, err
	}
	if err := update(tmp, before.Source.Modules); err != nil {
		return false, err
	}
	now, err := sdks.Load(root, tmp)
	if err != nil {
		return false, err
	}
	for _, c := range before.Contracts {
		old, new := before.Source.Verify(c), now.Source.Verify(c)
		lost := sdks.Broken(old, new)
		for _, what := range lost {
			fmt.Printf("broken  %s: %s\n", c.ID, what)
			broken = true
		}
		if len(lost) == 0 {
			fmt.Printf("ok      %s: %s\n", c.ID, strings.Join(sdks.Updates(old, new), ", "))
		}
	}
	return broken, nil
}

// update requires the newest versions in the go.mod of a directory. It goes on if one can't be had.
func update(dir string, modules []*sdks.Module) error {
	args := []string{"list", "-m", "-u", "-e", "-json"}
	for _, m := range modules {
		args = append(args, m.Path)
	}
	out, err := run(dir, args...)
	if err != nil {
		return err
	}
	var newer []string
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var m struct {
			Path, Version string
			Update        *struct{ Version string }
			Error         *struct{ Err string }
		}
		if err := d.Decode(&m); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		switch {
		case m.Error != nil:
			fmt.Printf("skipped %s: %s\n", m.Path, oneLine(m.Error.Err))
		case m.Update != nil:
			newer = append(newer, m.Path+"@"+m.Update.Version)
		}
	}
	if len(newer) == 0 {
		return nil
	}
	if _, err := run(dir, append([]string{"get"}, newer...)...); err == nil {
		return nil
	}
	for _, m := range newer {
		if _, err := run(dir, "get", m); err != nil {
			fmt.Printf("skipped %s: %s\n", m, oneLine(err.Error()))
		}
	}
	return nil
}

func run(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("go %s: %w: %s", args[0], err, stderr.Bytes())
	}
	return out, err
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
