package vetunit

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

const description = `{
	"ID": "example.com/\u003cp\u003e",
	"ImportPath": "example.com/p",
	"GoFiles": [ "/dir/a \"quoted\".go", "/dir/ü\u00fc.go" ],
	"NonGoFiles": null, "Number": [-1.5e+3, {"x": [true, false, null]}, []],
	"ModulePath": "example.com",
	"ModuleVersion": "v1.2.3",
	"ImportMap": {"fmt": "fmt", "golang.org/x/net": "vendor/golang.org/x/net"},
	"PackageFile": {},
	"PackageVetx": null,
	"VetxOnly": true,
	"VetxOutput": "/dir/vet.out",
	"Stdout": ""
}
`

func TestParse(t *testing.T) {
	got, err := Parse([]byte(description))
	if err != nil {
		t.Fatal(err)
	}
	var want Unit
	if err := json.Unmarshal([]byte(description), &want); err != nil {
		t.Fatal(err)
	}
	want.Module.Path, want.Module.Version = "example.com", "v1.2.3"
	want.PackageVetx = map[string]string{}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
	got, err = Parse([]byte(`{"Module":{"Path":"m","Version":"v1","GoVersion":"1.26"},"VetxOnly":false}`))
	if err != nil || got.Module.Path != "m" || got.Module.Version != "v1" || got.VetxOnly {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Nobody would notice that go vet got slower.
func TestNewest(t *testing.T) {
	var minor int
	if _, err := fmt.Sscanf(runtime.Version(), "go1.%d", &minor); err != nil {
		t.Skipf("%s is no release", runtime.Version())
	}
	if minor > newest {
		t.Errorf("Go 1.%d is new: does its go vet have all imports compiled, and give PackageFile for each? Then newest is %d", minor, minor)
	}
}

// A description that is cut off anywhere is an error, and is read to its end.
func FuzzParse(f *testing.F) {
	for i := range description {
		f.Add([]byte(description[:i]))
	}
	f.Add([]byte(`{"GoFiles": ["a" "b"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Parse(data); err != nil {
			return
		}
		if _, err := Parse(data[:len(data)/2]); err == nil && len(data) > 0 {
			t.Errorf("half of %q is right, too", data)
		}
	})
}

// write writes a file, and returns its name.
func write(t *testing.T, text string) string {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// A unit that doesn't matter hands on its imports' facts of members, without repetitions.
func TestSkipIfIrrelevant(t *testing.T) {
	method := NewLine("example.com/a", "T.M0", "summary", []byte("fFill"), []byte("{}"))
	function := NewLine("example.com/a", "New", "summary", []byte("nNew"), []byte("{}"))
	const sqs = "github.com/aws/aws-sdk-go-v2/service/sqs"
	gives := func(pkg, path string) Line {
		return NewLine(pkg, "", "leads", []byte("s"+path), []byte(`{"SDKs":["`+path+`"]}`))
	}
	facts := func(list ...Line) string {
		u := Unit{VetxOutput: write(t, "")}
		if err := u.WriteFacts(list); err != nil {
			t.Fatal(err)
		}
		return u.VetxOutput
	}
	for _, test := range []struct {
		name, path, src string
		a, b            string // fact files of the imports
		skipped         bool
		want            []Line
	}{
		{"nothing", "example.com/p", "package p", facts(), facts(), true, nil},
		{"handed on", "example.com/p", "package p", facts(method, function), facts(method), true, []Line{method}},
		{"a name that matters", "example.com/p", "package p\n\nvar x = a.New()", facts(method, function), facts(), false, nil},
		{"the same where it is not known", "example.com/p", "package p\n\nvar x = a.New()", facts(method), facts(), true, []Line{method}},
		{"the standard library", "net/http", "package p\n\nvar x = a.New()", facts(function), facts(), true, nil},
		{"an SDK", "example.com/" + sqs, "package p\n\nvar x sqs.Client", facts(), facts(), true, []Line{gives("example.com/"+sqs, sqs)}},
		{"through another package", "example.com/p", "package p\n\nvar x a.Queue", facts(method, gives("example.com/a", sqs)), facts(), true, []Line{method, gives("example.com/p", sqs)}},
		{"a name in it", "example.com/p", "package p\n\nvar x = a.Default.SendMessageBatch", facts(gives("example.com/a", sqs)), facts(), false, nil},
		{"no SDK any more", "example.com/p", "package p", facts(gives("example.com/a", "example.com/none")), facts(), true, nil},
		{"another program's types", "example.com/p", "package p", write(t, "vetx\x01\x00\x00\x00\x00\x00\x00\x00i"), facts(method), true, []Line{method}},
		{"another program's facts", "example.com/p", "package p", write(t, "vetx\x01\x00\x00\x00\x01\x00\x00\x00if"), facts(), false, nil},
		{"facts are missing", "example.com/p", "package p", filepath.Join(t.TempDir(), "none"), facts(), false, nil},
		{"an import without export data", "example.com/p", "package p", "", facts(), false, nil},
	} {
		u := &Unit{
			ImportPath:  test.path,
			GoFiles:     []string{write(t, test.src)},
			ImportMap:   map[string]string{"a": "example.com/a", "b": "example.com/b", "unsafe": "unsafe"},
			PackageFile: map[string]string{"example.com/a": test.a, "example.com/b": "b"},
			PackageVetx: map[string]string{"example.com/a": test.a, "example.com/b": test.b},
			VetxOutput:  write(t, ""),
		}
		if test.path != "net/http" {
			u.Module.Path = "example.com"
		}
		if path, ok := strings.CutPrefix(test.path, "example.com/github.com/"); ok { // it imports that
			path = "github.com/" + path
			u.ImportMap["c"], u.PackageFile[path], u.PackageVetx[path] = path, "c", test.b
		}
		if got := u.SkipIfIrrelevant(); got != test.skipped {
			t.Errorf("%s: skipped: %t", test.name, got)
		}
		data, err := os.ReadFile(u.VetxOutput)
		if err != nil {
			t.Fatal(err)
		}
		if !test.skipped {
			if len(data) > 0 {
				t.Errorf("%s: not skipped, but facts were written", test.name)
			}
			continue
		}
		if got, err := Facts(data); err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %s, %v, want %s", test.name, got, err, test.want)
		}
	}
}

// A unit without imports doesn't show whether its importers get its types.
func TestCompiles(t *testing.T) {
	for version, want := range map[string]bool{"go1.26": true, "go1.26.8": true, "go1.27.1": true, "go1.28.0": false, "go1.28-devel_1234": false, "": false} {
		t.Setenv("GOVERSION", version)
		u := Unit{GoFiles: []string{"a.go"}, VetxOutput: "vet.out"}
		if got := u.Complete(); got != want {
			t.Errorf("%q: %t", version, got)
		}
	}
}
