package source

import (
	"strings"
	"testing"
)

func TestHelps(t *testing.T) {
	for _, test := range []struct {
		name, src, imports string
		want               bool
	}{
		{"a verdict on a code", "func Check(n int, text string) error {\n", "fmt errors", true},
		{"one that is a bool", "func OK(n int64) bool {\n", "", true},
		{"a method's", "type Code int\n\nfunc (c Code) OK() bool {\n", "", true},
		{"a method's of another type", "type Code string\n\nfunc (c Code) OK() bool {\n", "", false},
		{"in one line", "func OK(n int) bool { return n == 0 }\n", "", true},
		{"nobody can call it", "func ok(n int) bool {\n", "", false},
		{"of a text", "func OK(text string) bool {\n", "", false},
		{"an error's constructor", "func New(text string) error {\n", "", true},
		{"what may fail otherwise", "func (s *Store) Save(key string) error {\n", "", false},
		{"a method that makes errors", "func (s *Store) Errorf(format string, args ...any) error {\n", "", true},
		{"a printer", "func Infof(format string, args ...interface{}) {\n", "log", true},
		{"more results", "func Scan(args ...any) (int, error) {\n", "", false},
		{"a type only", "type F func(n int) bool\n", "", false},
		{"too much is imported", "func Check(n int, text string) error {\n", "fmt net/http", false},
		{"too large", "func Check(n int, text string) error {\n" + strings.Repeat("//", helper.Size/2) + "\n}\n", "fmt", false},
	} {
		q := Ask(strings.Fields(test.imports))
		if got := q.Helps([][]byte{[]byte("package p\n\n" + test.src)}); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}
