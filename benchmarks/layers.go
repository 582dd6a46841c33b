package main

import (
	"bufio"
	"fmt"
	"path/filepath"
	"strings"
)

// writeLayers writes a module with the given number of layers, and as many packages in each. A package imports others
// of the layers below it. Some belong to services, of twenty packages each. The others have nothing to do with
// responses, but every tenth imports a package that has: the cost of responses must not grow with the graph.
func writeLayers(dir string, layers, width, services int) error {
	const module = "example.com/layers"
	if err := write(dir, "go.mod", "module "+module+"\n\ngo 1.26.0\n"); err != nil {
		return err
	}
	for i := range services {
		name := fmt.Sprintf("service%d", i)
		if err := writeService(filepath.Join(dir, name), module+"/"+name); err != nil {
			return err
		}
	}
	ordinary := layers*width - 20*services
	for i := range ordinary {
		var imports []string
		if layer := i / width; layer > 0 {
			for k := range 4 { // spread over the layers below, most of them in the next one
				below := (layer - 1) >> (k / 2)
				imports = append(imports, layerPath(module, below*width+(i*7+k*31)%width))
			}
		}
		if services > 0 && i%10 == 0 {
			imports = append(imports, fmt.Sprintf("%s/service%d/app%d", module, i/10%services, i/10%applications))
		}
		for part := range 3 {
			err := writeTo(dir, fmt.Sprintf("%s/part%d.go", layerPath("", i)[1:], part), func(w *bufio.Writer) {
				writeOrdinary(w, i, part, imports)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func layerPath(module string, i int) string { return fmt.Sprintf("%s/p%d", module, i) }

// writeOrdinary writes a file of a package that has nothing to do with responses: a type, its
// methods, and in the first file a function that calls the imported packages.
func writeOrdinary(w *bufio.Writer, i, part int, imports []string) {
	fmt.Fprintf(w, "// Package p%d is one of many.\npackage p%[1]d\n\nimport (\n", i)
	for _, std := range []string{"cmp", "context", "fmt", "net/http", "slices", "strings", "sync", "time"} {
		fmt.Fprintf(w, "\t%q\n", std)
	}
	w.WriteString("\n")
	if part > 0 {
		imports = nil
	}
	for k, path := range imports {
		if strings.Contains(path, "/service") {
			fmt.Fprintf(w, "\tservice %q\n", path)
		} else {
			fmt.Fprintf(w, "\ti%d %q\n", k, path)
		}
	}
	fmt.Fprintf(w, ")\n%s", strings.ReplaceAll(ordinary, "$", fmt.Sprint(part)))
	if part == 0 {
		w.WriteString("\n// Total adds what the imported packages have.\nfunc Total() int {\n\tn := len(names)\n")
		for k, path := range imports {
			if strings.Contains(path, "/service") {
				w.WriteString("\tn += len(service.Name())\n")
			} else {
				fmt.Fprintf(w, "\tn += i%d.Total()\n", k)
			}
		}
		w.WriteString("\treturn n\n}\n\nvar names []string\n")
	}
}

const ordinary = `
// An Item$ is kept in a store.
type Item$ struct {
	Name    string
	Owner   string
	Size    int64
	Created time.Time
	Labels  map[string]string
}

// String describes the item.
func (i *Item$) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s (%d bytes)", i.Name, i.Owner, i.Size)
	for name, value := range i.Labels {
		fmt.Fprintf(&b, " %s=%s", name, value)
	}
	return b.String()
}

// A Store$ keeps items by name.
type Store$ struct {
	mu    sync.Mutex
	items map[string]*Item$
}

// Put adds an item, unless there is one of its name.
func (s *Store$) Put(item *Item$) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[item.Name]; ok {
		return fmt.Errorf("%s: exists", item.Name)
	}
	if s.items == nil {
		s.items = make(map[string]*Item$)
	}
	item.Created = time.Now()
	s.items[item.Name] = item
	return nil
}

// Largest returns the n largest items, the largest first.
func (s *Store$) Largest(n int) []*Item$ {
	s.mu.Lock()
	defer s.mu.Unlock()
	items := make([]*Item$, 0, len(s.items))
	for _, item := range s.items {
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b *Item$) int { return cmp.Or(cmp.Compare(b.Size, a.Size), strings.Compare(a.Name, b.Name)) })
	return items[:min(n, len(items))]
}

// Expire removes the items that are older than an age until the context is done.
func (s *Store$) Expire(ctx context.Context, age time.Duration) (removed int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, item := range s.items {
		select {
		case <-ctx.Done():
			return removed, ctx.Err()
		default:
		}
		if time.Since(item.Created) > age {
			delete(s.items, name)
			removed++
		}
	}
	return removed, nil
}

// ServeHTTP lists the items of an owner.
func (s *Store$) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	owner := r.FormValue("owner")
	if owner == "" {
		http.Error(w, "whose?", http.StatusBadRequest)
		return
	}
	for _, item := range s.Largest(100) {
		if item.Owner == owner {
			fmt.Fprintln(w, item)
		}
	}
}
`
