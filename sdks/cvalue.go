package sdks

import (
	"fmt"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// cValue returns the value of a constant that is declared as one of C, such as C.RD_KAFKA_RESP_ERR_NO_ERROR. No C
// compiler is asked: the constant must stand in an enum of a header in the package's directory, with its value.
func (s *Source) cValue(c *types.Const) (string, error) {
	at := s.fset.Position(c.Pos())
	text, err := os.ReadFile(at.Filename)
	if err != nil {
		return "", err
	}
	line := strings.Split(string(text), "\n")[at.Line-1]
	name := regexp.MustCompile(`\bC\.(\w+)`).FindStringSubmatch(line)
	if name == nil {
		return "", fmt.Errorf("%s: the value of %s is not known", at, c.Name())
	}
	value := ""
	declaration := regexp.MustCompile(`\b` + name[1] + `\s*=\s*(-?\d+)\b`)
	err = filepath.WalkDir(filepath.Dir(at.Filename), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".h" {
			return err
		}
		text, err := os.ReadFile(path)
		if m := declaration.FindSubmatch(text); m != nil {
			value = string(m[1])
			return fs.SkipAll
		}
		return err
	})
	if err == nil && value == "" {
		err = fmt.Errorf("%s: no header has the value of %s", at, name[0])
	}
	return value, err
}
