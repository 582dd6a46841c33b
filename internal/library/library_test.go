package library

import (
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for _, test := range []struct {
		kinds            Kind
		path, recv, name string
		want             Kind
		arg              int
	}{
		{Effects, "encoding/json", "", "Unmarshal", Decodes, 1},
		{Effects, "encoding/json", "Decoder", "Decode", Decodes, 0},
		{Effects, "encoding/json", "", "Decode", 0, 0},
		{Effects, "encoding/json", "RawMessage", "UnmarshalJSON", Decodes, 1},
		{Effects, "encoding/json", AnyType, "Unmarshal", 0, 0},
		{Effects, "github.com/json-iterator/go", "API", "UnmarshalFromString", Decodes, 1},
		{Effects, "github.com/goccy/go-json", "", "UnmarshalContext", Decodes, 2},
		{Effects, "github.com/goccy/go-json", "", "UnmarshalWithOption", Decodes, 1},
		{Effects, "github.com/goccy/go-json", "Decoder", "DecodeWithOption", Decodes, 0},
		{Effects, "github.com/goccy/go-json", "Decoder", "DecodeContext", 0, 0}, // the context is no reader
		{Effects, "github.com/segmentio/encoding/json", "", "Unmarshal", Decodes, 1},
		{Effects, "encoding/json/v2", "", "MarshalWrite", 0, 0},
		{Effects, "encoding/json", "", "MarshalIndent", Encodes, 0},
		{Effects, "encoding/json", "Number", "Int64", ConvertsNumber, 0},
		{Effects, "github.com/json-iterator/go", "Number", "String", ConvertsNumber, 0},
		{Effects, "example.com/jsonapi", "Number", "String", 0, 0},
		{Effects, "gopkg.in/yaml.v3", "", "Unmarshal", 0, 0},
		{Effects, "fmt", "", "Errorf", MakesError, 0},
		{Effects, "fmt", "", "Sprintln", Formats, 0},
		{Effects, "log", "Logger", "Fatal", Prints, 0},
		{Effects, "testing", "common", "Skipf", Prints, 0},
		{Effects, "testing", "F", "Fail", Prints, 0},
		{Effects, "testing", "T", "Run", 0, 0},
		{Effects, "testing", "TB", "Cleanup", 0, 0},
		{Effects, "testing", "", "Benchmark", 0, 0},
		{Ends, "log", "Logger", "Fatal", Exits, 0},
		{Ends, "log", "", "Panicln", Unwinds, 0},
		{Ends, "log", "", "Println", 0, 0},
		{Ends, "testing", "TB", "Skip", Unwinds, 0},
		{Ends, "testing", "_", "Skip", 0, 0}, // of a type without a name
		{Ends, "github.com/sirupsen/logrus", "Logger", "Panicf", Unwinds, 0},
		{Ends, "github.com/sirupsen/logrus", "", "Panicln", Unwinds, 0},
		{Ends, "github.com/sirupsen/logrus", "FieldLogger", "Fatalln", Exits, 0},
		{Ends, "github.com/sirupsen/logrus", "", "RegisterExitHandler", 0, 0},
		{Ends, "go.uber.org/zap", "SugaredLogger", "Panicf", Unwinds, 0},
		{Ends, "go.uber.org/zap", "SugaredLogger", "DPanicf", 0, 0},
		{Ends, "github.com/rs/zerolog/log", "", "Panic", Unwinds, 0},
		{Ends, "github.com/rs/zerolog", "Logger", "Fatal", Unwinds, 0},
		{Ends, "github.com/rs/zerolog", "Event", "Msg", 0, 0},
		{Ends, "github.com/rs/zerolog/log", "", "Error", 0, 0},
		{Ends, "k8s.io/klog/v2", "", "Exitf", Exits, 0},
		{Ends, "k8s.io/klog/v2", "", "ErrorDepth", 0, 0},
		{Ends, "github.com/golang/glog", "", "FatalContextDepthf", Exits, 0},
		{Ends, "github.com/apex/log", "Entry", "Fatalf", Exits, 0},
		{Ends, "github.com/charmbracelet/log", "", "Fatal", Exits, 0},
		{Digests, "crypto/sha512", "", "Sum512", Digests, 0},
		{Digests, "crypto", "Hash", "New", 0, 0},
		{DecodesRequest, "example.com/web", "Context", "ShouldBindJSON", DecodesRequest, 0},
		{Writes, "example.com/web", "Context", "IndentedJSON", Writes, 0},
		{Writes | DecodesRequest, "example.com/web", "Context", "Login", 0, 0},
		{Effects, "example.com/log", "", "Printf", 0, 0},
		{Logs, "example.com/log", "", "Printf", Logs, 0},
	} {
		got, arg := Kind(0), 0
		if r := Find(test.kinds, test.path, test.recv, test.name); r != nil {
			got, arg = r.Kinds, r.Arg
		}
		if got != test.want || arg != test.arg {
			t.Errorf("%s (%s) %s: %b of argument %d, want %b of %d", test.path, test.recv, test.name, got, arg, test.want, test.arg)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, test := range []struct {
		path, recv, name string
		want             Kind
	}{
		{"log", "", "Fatal", Prints | Exits | Writes | Logs | MayGiveNil},
		{"testing", "TB", "Errorf", Prints | FailsTest | Writes | Logs},
		{"encoding/json", "", "NewDecoder", MakesDecoder | Codec | MayGiveNil},
		{"sync", "Mutex", "Lock", 0},
		{"io", "", "TeeReader", Moves | MayGiveNil | CopiesTo | Tees},
		{"io", "Reader", "Read", Moves | MayGiveNil | CopiesTo | OnlyReads},
		{"bufio", "Scanner", "Text", Moves | MayGiveNil | Splits},
		{"bytes", "Buffer", "Text", Moves | MayGiveNil},
		{"bytes", "", "Index", Moves | MayGiveNil | Measures},
		{"net/http", "", "MaxBytesReader", Moves | Fetches | MayGiveNil | Limits},
		{"slices", "", "Contains", Contains | Searches},
		{"slices", "", "Sort", 0},
		{"slices", "", "Sorted", Collects},
		{"maps", "", "Keys", IteratesKeys | Searches},
		{"context", "", "Cause", 0},
		{"network/driver", "", "Open", 0},
	} {
		if got := Kinds(test.path, test.recv, test.name); got != test.want {
			t.Errorf("%s (%s) %s: %b, want %b", test.path, test.recv, test.name, got, test.want)
		}
	}
}

func TestPackage(t *testing.T) {
	for path, want := range map[string]Kind{
		"log": Prints | MayGiveNil, "os": Moves | Fetches | MayGiveNil, "crypto/sha256": Moves | Digests | MayGiveNil, "hash": Digests,
		"strings": Moves | Measures | MayGiveNil, "errors": BuildsText, "sync": 0, "testing": 0,
		"github.com/goccy/go-json": Codec, "strconv": MayGiveNil,
	} {
		if got := Package(path); got != want {
			t.Errorf("%s: %b, want %b", path, got, want)
		}
	}
	for path, want := range map[string]bool{"encoding/json": true, "github.com/bytedance/sonic": true, "encoding/xml": false, "log": false} {
		if got := HasDecoder(path); got != want {
			t.Errorf("%s has a decoder: %t", path, got)
		}
	}
}

func TestName(t *testing.T) {
	for _, test := range []struct {
		name    Name
		matches string
		others  string
	}{
		{"Decode", "Decode", "Decoder decode Dec"},
		{"Marshal*", "Marshal MarshalIndent Marshaler", "Unmarshal Marsha"},
		{"Print+", "Print Printf Println Printw PrintAll Print_1 PrintÜber", "Printer Printfx Pri print"},
		{"~print", "print Print PRINTLN Printf PrintContext printCtx PrintW", "Printer Sprint PrintAll Pri"},
	} {
		for _, name := range strings.Fields(test.matches) {
			if !test.name.Match(name) {
				t.Errorf("%s doesn't match %s", test.name, name)
			}
		}
		for _, name := range strings.Fields(test.others) {
			if test.name.Match(name) {
				t.Errorf("%s matches %s", test.name, name)
			}
		}
	}
}

func TestPrefix(t *testing.T) {
	for name, want := range map[Name]string{"Marshal*": "Marshal", "Print+": "Print", "~print": "print", "Decode": "Decode", all: ""} {
		if got, exact := name.Prefix(); got != want || exact != (name == "Decode") {
			t.Errorf("%s begins with %q, exact %t", name, got, exact)
		}
	}
}

// These properties of the table are what other packages rely on.
func TestTable(t *testing.T) {
	for i := range table {
		r := &table[i]
		for _, name := range strings.Split(r.Names, " ") {
			if name == "" {
				t.Errorf("%v: an empty name", r)
			} else if _, exact := Name(name).Prefix(); !exact && r.Kinds&Ends != 0 {
				t.Errorf("%v: the filter knows functions that never return by their whole names", r)
			}
		}
		if r.Packages == nil && r.Kinds&(Writes|DecodesRequest|Logs) == 0 {
			t.Errorf("%v: names alone don't tell that", r)
		}
		if slices.Contains(r.Packages, "") {
			t.Errorf("%v: an empty path", r)
		}
		if r.Arg != 0 && r.Kinds&(Decodes|CopiesTo|CopiesFrom|Limits) == 0 {
			t.Errorf("%v: an argument that is of no use", r)
		}
	}
}

func TestEach(t *testing.T) {
	var names []string
	Each(Decodes, func(name Name, r *Row) {
		if r.Kinds != Decodes {
			t.Errorf("%s is of %v", name, r)
		}
		names = append(names, string(name))
	})
	slices.Sort(names)
	if got := strings.Join(slices.Compact(names), " "); got != "Decode DecodeWithOption Unmarshal* UnmarshalContext UnmarshalJSON*" {
		t.Errorf("the names of decoders are %s", got)
	}
}
