package history

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An Overlay has the files of the base in the place of those of the working tree.
type Overlay struct {
	File string // for the go command's flag -overlay

	// Replaced has full names of files of the base by full names of files in the working tree. It is empty for a file that
	// the base does not have. The base names are equal.
	Replaced map[string]string

	// Originals undoes Replaced.
	Originals map[string]string

	dir   string
	blobs []blob // to write
}

// A blob is the content of a file.
type blob struct {
	repo *repository
	hash string
	name string // of the file
}

// Overlay compares the working tree with the base. What differs stays in a temporary directory until Close is called.
//
// Files that git ignores are as they are now, since no commit has them: code that a generator has written, or go.work. So
// is what is outside of the repository.
func (b *Base) Overlay() (*Overlay, error) {
	tmp, err := b.temporary()
	if err != nil {
		return nil, err
	}
	o := &Overlay{
		File:      filepath.Join(tmp, "overlay.json"),
		Replaced:  make(map[string]string),
		Originals: make(map[string]string),
		dir:       b.Dir(),
	}
	if err := b.compare(o, b.git, b.Commit); err != nil {
		return nil, err
	}
	for i, blob := range o.blobs {
		// The directory's name is no one's: the base name must be that of the original.
		file := filepath.Join(tmp, fmt.Sprint(i), filepath.Base(blob.name))
		o.Replaced[blob.name], o.Originals[file] = file, blob.name
	}
	o.keepWorkspace()
	if err := b.write(o); err != nil {
		return nil, err
	}
	data, err := json.Marshal(struct{ Replace map[string]string }{o.Replaced})
	if err != nil {
		return nil, err
	}
	return o, os.WriteFile(o.File, data, 0o666)
}

// compare adds what differs in a repository, and in its submodules.
func (b *Base) compare(o *Overlay, r *repository, commit string) error {
	untracked, err := r.git(b.ctx, "", "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(untracked, "\x00") {
		if name != "" && !strings.HasSuffix(name, "/") { // another repository
			o.Replaced[r.file(name)] = ""
		}
	}
	diff, err := r.git(b.ctx, "", "diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative", "--no-ext-diff",
		"--ignore-submodules=none", commit, "--")
	if err != nil {
		return err
	}
	fields := strings.Split(diff, "\x00")
	for i := 0; i+1 < len(fields); i += 2 { // ":mode mode hash hash status", and the name
		about := strings.Fields(strings.TrimPrefix(fields[i], ":"))
		if len(about) != 5 {
			return fmt.Errorf("git diff: %q", fields[i])
		}
		if err := b.add(o, r, difference{about[0], about[1], about[2], fields[i+1]}); err != nil {
			return err
		}
	}
	return nil
}

// A difference is a file or submodule that differs from the working tree's.
type difference struct {
	before, now string // modes
	hash        string // of what was there
	name        string // with slashes
}

// Modes, as git has them.
const (
	none      = "000000"
	link      = "120000"
	submodule = "160000"
)

func (b *Base) add(o *Overlay, r *repository, d difference) error {
	if d.before == submodule || d.now == submodule {
		if err := b.addSubmodule(o, r, d); err != nil || d.before == submodule || d.before == none {
			return err
		}
	}
	switch d.before {
	case none:
		o.Replaced[r.file(d.name)] = ""
	case link: // an overlay has no links
	default:
		o.blobs = append(o.blobs, blob{r, d.hash, r.file(d.name)})
	}
	return nil
}

// addSubmodule adds what differs in a submodule, or all of it if it was not there. If it is not there now, it adds nothing:
// nobody has initialized it.
func (b *Base) addSubmodule(o *Overlay, r *repository, d difference) error {
	sub, ok := r.submodule(b.ctx, d.name)
	if !ok {
		return nil
	}
	commit := d.hash
	if _, err := sub.commit(b.ctx, commit); d.before == submodule && err == nil {
		return b.compare(o, sub, commit)
	}
	if d.before == submodule {
		fetch := "fetch"
		if sub.shallow(b.ctx) {
			fetch = "fetch --unshallow"
		}
		b.Missing = append(b.Missing, fmt.Sprintf("submodule %s has no commit %.12s: run git -C %[1]s %[3]s", d.name, commit, fetch))
	}
	files, err := sub.git(b.ctx, "", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(files, "\x00") {
		if name != "" {
			o.Replaced[sub.file(name)] = ""
		}
	}
	return nil
}

// compiled are the endings of files whose content the go command may look into. Of others, which can be embedded, it only
// wants to know that they are there.
var compiled = []string{
	".go", ".mod", ".sum", ".work", ".txt", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for",
	".f90", ".s", ".S", ".sx", ".swig", ".swigcxx", ".syso",
}

// write writes the files of the base.
func (b *Base) write(o *Overlay) error {
	wanted := make(map[*repository][]blob)
	var repos []*repository
	for _, blob := range o.blobs {
		file := o.Replaced[blob.name]
		if err := os.Mkdir(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if !slices.Contains(compiled, filepath.Ext(file)) {
			if err := os.WriteFile(file, nil, 0o666); err != nil {
				return err
			}
			continue
		}
		if wanted[blob.repo] == nil {
			repos = append(repos, blob.repo)
		}
		wanted[blob.repo] = append(wanted[blob.repo], blob)
	}
	for _, r := range repos {
		var hashes strings.Builder
		for _, blob := range wanted[r] {
			fmt.Fprintln(&hashes, blob.hash)
		}
		out, err := r.git(b.ctx, hashes.String(), "cat-file", "--batch")
		if err != nil {
			return err
		}
		in := bufio.NewReader(strings.NewReader(out))
		for _, blob := range wanted[r] {
			if err := writeBlob(in, o.Replaced[blob.name]); err != nil {
				return fmt.Errorf("%s: %w", blob.name, err)
			}
		}
	}
	return nil
}

// writeBlob writes the next one of the blobs that git prints.
func writeBlob(in *bufio.Reader, file string) error {
	line, err := in.ReadString('\n') // "hash type size"
	if err != nil {
		return err
	}
	var hash, kind string
	var size int
	if _, err := fmt.Sscan(line, &hash, &kind, &size); err != nil {
		return fmt.Errorf("git cat-file: %s", strings.TrimSpace(line)) // "hash missing"
	}
	data := make([]byte, size+1) // and the end of the line
	if _, err := io.ReadFull(in, data); err != nil {
		return err
	}
	return os.WriteFile(file, data[:size], 0o666)
}
