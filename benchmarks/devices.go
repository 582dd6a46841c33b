package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A device only makes asynccheck faster or smaller. Without it, all findings are the same.
type device struct {
	name string
	cuts []cut // the changes that remove it
}

// A cut replaces a piece of a file. The file has it exactly once.
type cut struct{ file, old, new string }

var devices = []device{
	{"vetinit", []cut{
		{"internal/filter/vetinit/vetinit.go", "if answered(os.Args[1:])", "if false && answered(os.Args[1:])"},
	}},
	{"parser", []cut{ // of a unit's description
		{"internal/filter/vetunit/parse.go", "import (", "import (\n\t\"encoding/json\""},
		{"internal/filter/vetunit/parse.go", "p := &parser{data: data}", `
	v := struct {
		*Unit
		ModulePath, ModuleVersion string
	}{Unit: new(Unit)}
	if json.Unmarshal(data, &v) == nil {
		v.Module.Path, v.Module.Version = v.Module.Path+v.ModulePath, v.Module.Version+v.ModuleVersion
		return v.Unit, nil
	}
	p := &parser{data: data}`},
	}},
	{"glance", []cut{
		{"internal/filter/source/source.go", "found[i] = q.glance(src, sought)", "_, found[i].words = sought, relevance.Of(relevance.Exits)"},
	}},
	{"gogc", []cut{
		{"internal/driver/onepkg/collector.go", `if os.Getenv("GOGC") != "" {`, `if os.Getenv("GOGC") != "" || true {`},
	}},
	{"few", []cut{
		{"internal/driver/export.go", "r.maxMade = len(program) / 20", "r.maxMade = 0"},
	}},
	{"list", []cut{
		{"internal/driver/load.go", `"GOGC=400"`, `"GOGC=100"`},
	}},
	{"collector", []cut{
		{"internal/driver/onepkg/collector.go", "if bytes < largeSource", "if bytes >= 0"},
	}},
	{"parts", []cut{
		{"analyzer/part.go", "partSize = 500", "partSize = 1 << 30"},
	}},
	{"leaveout", []cut{
		{"analyzer/part.go", "leaveOut = true", "leaveOut = false"},
	}},
	{"arenas", []cut{
		{"internal/typestate/arena.go", "a.used+n > len(a.all)", "a.all == nil"},
		{"internal/typestate/arena.go", "make([]T, n)}", "nil}"},
	}},
}

// replaced returns the changed files, by their names.
func (d *device) replaced() (map[string]string, error) {
	root, err := filepath.Abs("..")
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string)
	for _, c := range d.cuts {
		file := filepath.Join(root, filepath.FromSlash(c.file))
		text, ok := texts[file]
		if !ok {
			src, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			text = string(src)
		}
		if n := strings.Count(text, c.old); n != 1 {
			return nil, fmt.Errorf("without %s: %q stands %d times in %s, want once", d.name, c.old, n, c.file)
		}
		texts[file] = strings.Replace(text, c.old, c.new, 1)
	}
	return texts, nil
}

// build builds asynccheck without the device.
func (d *device) build(program string) error {
	texts, err := d.replaced()
	if err != nil {
		return err
	}
	overlay := struct{ Replace map[string]string }{make(map[string]string)}
	for file, text := range texts {
		name := fmt.Sprintf("%s-%d.go", program, len(overlay.Replace))
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
		overlay.Replace[file] = name
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		return err
	}
	if err := os.WriteFile(program+".json", data, 0o666); err != nil {
		return err
	}
	return asynccheck.build(program, "-overlay="+program+".json")
}

func deviceNames() []string {
	var names []string
	for _, d := range devices {
		names = append(names, d.name)
	}
	return names
}

// A variant is asynccheck without a device, or with all of them.
type variant struct {
	without string
	program string
	costs   []cost
}

// variants builds asynccheck without each of the devices. The first variant has them all.
func (p *plan) variants(bin string) ([]*variant, error) {
	all := []*variant{{without: "nothing", program: asynccheck.program(bin)}}
	for _, name := range p.without {
		i := slices.IndexFunc(devices, func(d device) bool { return d.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no device %q", name)
		}
		v := &variant{without: name, program: filepath.Join(bin, "without-"+name)}
		if err := devices[i].build(v.program); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// compareDevices measures what each device gains: it runs asynccheck with and without it, in turn.
func (p *plan) compareDevices(w io.Writer, dir, bin string) error {
	all, err := p.variants(bin)
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\n| tree | without | CPU s | × with | peak MB | × with |\n|---|---|---|---|---|---|\n")
	for _, name := range p.trees {
		measure, err := deviceTree(name, dir, bin)
		if err != nil {
			return err
		}
		for _, v := range all {
			v.costs = nil
		}
		for round := range p.runs {
			for i := range all {
				v := all[(i+round)%len(all)]
				c, err := measure(v.program)
				if err != nil {
					return err
				}
				v.costs = append(v.costs, c)
			}
		}
		with := all[0].costs
		for _, v := range all {
			fmt.Fprintf(w, "| %s | %s | %s | %s | %.0f | %s |\n", name, v.without,
				spreadOf(of(v.costs, cpu)), ratios(of(v.costs, cpu), of(with, cpu)),
				spreadOf(of(v.costs, peak)).median, ratios(of(v.costs, peak), of(with, peak)))
		}
	}
	return nil
}

// deviceTree makes a tree and returns the way to measure a program on it: go vet with nothing cached or, on tree d and on
// tree e with 10,000 handlers, the stand-alone program.
func deviceTree(name, dir, bin string) (func(program string) (cost, error), error) {
	if name == "e" {
		dir = filepath.Join(dir, name)
		if err := writeHandlers(dir, 10_000); err != nil {
			return nil, err
		}
		_, err := run(dir, nil, "go", "list", "-export", "-f=", ".")
		return func(program string) (cost, error) { return run(dir, nil, program, ".") }, err
	}
	t, err := makeTree(name, dir)
	if err != nil {
		return nil, err
	}
	if name == "d" {
		return func(program string) (cost, error) { return run(t.dir, nil, program, "-cache=off", "./...") }, t.prepare(bin)
	}
	return func(program string) (cost, error) { return vetCold(t, program, bin) }, t.prepare(bin)
}
