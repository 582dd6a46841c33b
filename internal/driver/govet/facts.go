package govet

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

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// importedFacts returns the facts of all imports.
func (u *Unit) importedFacts(a *analysis.Analyzer) ([]onepkg.Fact, error) {
	lines, err := u.ImportedFacts()
	if err != nil {
		return nil, err
	}
	return decode(a, lines)
}

// decode returns what facts of an analyzer say.
func decode(a *analysis.Analyzer, lines []vetunit.Line) (facts []onepkg.Fact, err error) {
	d := onepkg.NewDecoder(a)
	facts = make([]onepkg.Fact, len(lines))
	for i, line := range lines {
		pkg, object, kind, _, data := line.Fields()
		facts[i], err = d.Decode(onepkg.Encoded{PkgPath: pkg, Object: objectpath.Path(object), Kind: kind, Fact: data})
		if err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// writeFacts writes the unit's fact file.
func (u *Unit) writeFacts(facts []onepkg.Fact) error {
	lines := make([]vetunit.Line, len(facts))
	for i, f := range facts {
		e, err := onepkg.Encode(f)
		if err != nil {
			return err
		}
		lines[i] = vetunit.NewLine(e.PkgPath, string(e.Object), e.Kind, relevance.HintsOf(f.Fact), e.Fact)
	}
	return u.WriteFacts(lines)
}

// ReadFacts returns the facts of a fact file, and whether unitchecker wrote it.
func ReadFacts(a *analysis.Analyzer, file string) (facts []onepkg.Fact, foreign bool, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, false, err
	}
	if len(data) < vetunit.Header || string(data[:len(vetunit.Magic)]) != vetunit.Magic {
		return nil, false, fmt.Errorf("%s is no fact file", file)
	}
	sizes, content := data[len(vetunit.Magic):vetunit.Header], data[vetunit.Header:]
	types := uint64(binary.LittleEndian.Uint32(sizes))
	n := uint64(binary.LittleEndian.Uint32(sizes[4:]))
	switch {
	case types+n > uint64(len(content)):
		return nil, false, fmt.Errorf("%s is cut off", file)
	case types == 0:
		lines, err := vetunit.Facts(data)
		if err == nil {
			facts, err = decode(a, lines)
		}
		return facts, false, err
	case n > 0:
		register(a)
		err = gob.NewDecoder(bytes.NewReader(content[types : types+n])).Decode(&facts)
	}
	return facts, true, err
}

// ForUnitchecker returns the name of a file that describes the same unit for unitchecker: all imports have fact files
// in unitchecker's format. The file stands beside the original, in a directory that the go command removes. If nothing
// is missing, it is the original.
func (u *Unit) ForUnitchecker(a *analysis.Analyzer) (file string, err error) {
	fset := token.NewFileSet()
	imports := make(map[string]*types.Package)
	n := 0
	for path, name := range u.PackageVetx {
		facts, foreign, err := ReadFacts(a, name)
		if err != nil {
			return u.File, nil // unitchecker will say so
		}
		if foreign {
			continue
		}
		exported, err := exportedTypes(fset, imports, u.PackageFile[path], path)
		if err != nil {
			return "", fmt.Errorf("types of %s: %w", path, err)
		}
		n++
		name = filepath.Join(filepath.Dir(u.File), fmt.Sprintf("asynccheck%d.vetx", n))
		if err := writeForeign(a, name, exported, facts); err != nil {
			return "", err
		}
		u.Config.PackageVetx[path] = name
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

// register makes the analyzer's kinds of facts known to gob.
func register(a *analysis.Analyzer) {
	for _, f := range a.FactTypes {
		gob.Register(f)
	}
}

// writeForeign writes a fact file as unitchecker does.
func writeForeign(a *analysis.Analyzer, file string, types []byte, facts []onepkg.Fact) error {
	var buf bytes.Buffer
	if len(facts) > 0 {
		register(a)
		if err := gob.NewEncoder(&buf).Encode(facts); err != nil {
			return err
		}
	}
	data := []byte(vetunit.Magic)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(types)))
	data = binary.LittleEndian.AppendUint32(data, uint32(buf.Len()))
	data = append(append(data, types...), buf.Bytes()...)
	return os.WriteFile(file, data, 0o666)
}

// exportedTypes returns the types that the compiler has exported from a package, in the form that unitchecker reads.
func exportedTypes(fset *token.FileSet, imports map[string]*types.Package, file, path string) ([]byte, error) {
	pkg := imports[path]
	if pkg == nil || !pkg.Complete() {
		var err error
		if pkg, err = onepkg.ReadExport(fset, imports, onepkg.Export{Path: path, File: file}); err != nil {
			return nil, err
		}
	}
	data, err := onepkg.WriteExport(fset, pkg)
	if err != nil {
		return nil, err
	}
	return data[1:], nil // without the byte that tells the format
}
