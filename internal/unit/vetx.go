package unit

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/asynccheck/asynccheck/internal/modular"
)

// A vetx is a fact file as unitchecker of x/tools v0.50 and later reads and writes it:
// a magic word, two lengths, the package's types, its facts.
type vetx struct{ types, facts []byte }

const (
	magic  = "vetx"
	header = len(magic) + 4 + 4
)

func readVetx(file string) (*vetx, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if len(data) < header || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("%s is no fact file", file)
	}
	sizes, data := data[len(magic):header], data[header:]
	types := uint64(binary.LittleEndian.Uint32(sizes))
	facts := uint64(binary.LittleEndian.Uint32(sizes[4:]))
	if types+facts > uint64(len(data)) {
		return nil, fmt.Errorf("%s is cut off", file)
	}
	return &vetx{data[:types], data[types : types+facts]}, nil
}

func (v *vetx) write(file string) error {
	data := make([]byte, 0, header+len(v.types)+len(v.facts))
	data = append(data, magic...)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(v.types)))
	data = binary.LittleEndian.AppendUint32(data, uint32(len(v.facts)))
	data = append(append(data, v.types...), v.facts...)
	return os.WriteFile(file, data, 0o666)
}

func (v *vetx) decode() (facts []modular.Fact, err error) {
	if len(v.facts) > 0 {
		err = gob.NewDecoder(bytes.NewReader(v.facts)).Decode(&facts)
	}
	return facts, err
}

// writeFacts writes a fact file without types.
func writeFacts(file string, facts []modular.Fact) error {
	var buf bytes.Buffer
	if len(facts) > 0 {
		if err := gob.NewEncoder(&buf).Encode(facts); err != nil {
			return err
		}
	}
	return (&vetx{facts: buf.Bytes()}).write(file)
}

// readFacts reads the fact files of the imports.
func (u *Unit) readFacts() error {
	if u.facts != nil {
		return nil
	}
	facts := make(map[string]*vetx, len(u.PackageVetx))
	for path, file := range u.PackageVetx {
		v, err := readVetx(file)
		if err != nil {
			return err
		}
		facts[path] = v
	}
	u.facts = facts
	return nil
}

// importedFacts returns the facts of all imports.
func (u *Unit) importedFacts() ([]modular.Fact, error) {
	if err := u.readFacts(); err != nil {
		return nil, err
	}
	var all []modular.Fact
	for _, v := range u.facts {
		facts, err := v.decode()
		if err != nil {
			return nil, err
		}
		all = append(all, facts...)
	}
	return all, nil
}

// Complete returns the name of a file that describes the same unit, but all of whose
// imports have types in their fact files. It stands beside the original, in a
// directory that the go command removes. Where nothing is missing, it is the original.
func (u *Unit) Complete() (file string, err error) {
	if err := u.readFacts(); err != nil {
		return u.File, nil // unitchecker will say so
	}
	fset := token.NewFileSet()
	imports := make(map[string]*types.Package)
	n := 0
	for path, v := range u.facts {
		if len(v.types) > 0 {
			continue
		}
		n++
		if v.types, err = exportedTypes(fset, imports, u.PackageFile[path], path); err != nil {
			return "", fmt.Errorf("types of %s: %w", path, err)
		}
		file := filepath.Join(filepath.Dir(u.File), fmt.Sprintf("asynccheck%d.vetx", n))
		if err := v.write(file); err != nil {
			return "", err
		}
		u.PackageVetx[path] = file
	}
	if n == 0 {
		return u.File, nil
	}
	data, err := json.Marshal(&u.Config)
	if err != nil {
		return "", err
	}
	file = filepath.Join(filepath.Dir(u.File), "asynccheck.cfg")
	return file, os.WriteFile(file, data, 0o666)
}

// exportedTypes returns the types that the compiler has exported from a package, in the form that
// unitchecker reads.
func exportedTypes(fset *token.FileSet, imports map[string]*types.Package, file, path string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, err
	}
	pkg := imports[path]
	if pkg == nil || !pkg.Complete() {
		if pkg, err = gcexportdata.Read(r, fset, imports, path); err != nil {
			return nil, err
		}
	}
	var buf bytes.Buffer
	if err := gcexportdata.Write(&buf, fset, pkg); err != nil {
		return nil, err
	}
	return buf.Bytes()[1:], nil // without the byte that tells the format
}
