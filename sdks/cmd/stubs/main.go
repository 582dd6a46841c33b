// The stubs command writes stubs of SDKs to testdata/src, from the source of the SDKs. They have what the contracts
// name, what the examples of pages and the fixtures use, and what these declarations need. It also writes imports.go, and
// runs "go mod tidy" if that changes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/asynccheck/asynccheck/sdks"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("stubs: ")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatal("want no arguments; run it in the directory sdks")
	}
	if err := write(".."); err != nil {
		log.Fatal(err)
	}
}

func write(root string) error {
	p, err := sdks.Load(root, ".")
	if err != nil {
		return err
	}
	imports, err := p.Imports()
	if err != nil {
		return err
	}
	if old, err := os.ReadFile("imports.go"); err != nil || !bytes.Equal(old, imports) {
		if err := os.WriteFile("imports.go", imports, 0o666); err != nil {
			return err
		}
		// go.sum may lack what the new imports need.
		if out, err := exec.Command("go", "mod", "tidy").CombinedOutput(); err != nil {
			return fmt.Errorf("go mod tidy: %w\n%s", err, out)
		}
		if p, err = sdks.Load(root, "."); err != nil {
			return err
		}
	}
	stubs, err := p.Stubs()
	if err != nil {
		return err
	}
	src := filepath.Join(root, "testdata", "src")
	old, err := sdks.Generated(src)
	if err != nil {
		return err
	}
	for _, name := range old {
		if stubs[name] == nil {
			if err := os.Remove(filepath.Join(src, name)); err != nil {
				return err
			}
			log.Printf("removed %s", name)
		}
	}
	for name, text := range stubs {
		name = filepath.Join(src, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}
