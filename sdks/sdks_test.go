package sdks

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/asynccheck/asynccheck/internal/contract"
)

var update = flag.Bool("update", false, "write the table of docs/contracts.md")

// load loads the project once for all tests.
var load = sync.OnceValues(func() (*Project, error) { return Load("..", ".") })

func project(t *testing.T) *Project {
	t.Helper()
	p, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The source of the SDKs has what the contracts name.
func TestContracts(t *testing.T) {
	p := project(t)
	for _, c := range p.Contracts {
		for _, problem := range p.Source.Verify(c).Problems {
			t.Errorf("%s: %v", c.ID, problem)
		}
	}
	t.Logf("%d contracts are verified, against %d modules", len(p.Contracts), len(p.Source.Modules))
}

// The stubs are what the command writes, and there are no others.
func TestStubs(t *testing.T) {
	stubs, err := project(t).Stubs()
	if err != nil {
		t.Fatal(err)
	}
	src := filepath.Join("..", "testdata", "src")
	for name, want := range stubs {
		got, err := os.ReadFile(filepath.Join(src, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what go -C sdks run ./cmd/stubs writes (%v)", name, err)
		}
	}
	old, err := Generated(src)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range old {
		if stubs[name] == nil {
			t.Errorf("%s is not needed any more; go -C sdks run ./cmd/stubs removes it", name)
		}
	}
}

// imports.go imports what the contracts need.
func TestImports(t *testing.T) {
	want, err := project(t).Imports()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("imports.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("imports.go is not what go -C sdks run ./cmd/stubs writes")
	}
}

// The table of docs/contracts.md says what the contracts and go.mod say.
func TestTable(t *testing.T) {
	p := project(t)
	var verdicts []*Verdict
	for _, c := range p.Contracts {
		verdicts = append(verdicts, p.Source.Verify(c))
	}
	name := filepath.Join("..", "docs", "contracts.md")
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want, err := WithTable(got, verdicts)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, want, 0o666); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(got, want) {
		t.Errorf("the table of %s is out of date; write it with -update", name)
	}
}

// A contract that names what no SDK has is not verified. Each test changes one thing in a contract that is.
func TestProblems(t *testing.T) {
	p := project(t)
	const v1, v2 = "github.com/aws/aws-sdk-go/service/s3", "github.com/aws/aws-sdk-go-v2/service/s3"
	for _, test := range []struct {
		name   string
		change func(*contract.Contract)
		want   string // "" if nothing is wrong
	}{
		{"nothing", func(*contract.Contract) {}, ""},
		{"an unknown path", func(c *contract.Contract) { c.Find.Paths = append(c.Find.Paths, v1+"x") }, "no module of sdks/go.mod has the package " + v1 + "x"},
		{"a path that lacks the type", func(c *contract.Contract) {
			c.Find.Paths = append(c.Find.Paths, "github.com/aws/aws-sdk-go/service/sqs")
		}, "github.com/aws/aws-sdk-go/service/sqs: no version of the package follows the contract"},
		{"an unknown type", func(c *contract.Contract) { c.Find.Type = "DeleteObjectOutputs" }, "no version has the type DeleteObjectOutputs"},
		{"an unknown call", func(c *contract.Contract) { c.Find.Calls = []string{"DeleteObjects", "DeleteAll"} }, "no version has the call DeleteAll"},
		{"a call of another type", func(c *contract.Contract) { c.Find.Calls = []string{"DeleteObject"} }, "no function DeleteObject gives a DeleteObjectsOutput"},
		{"a call of one client", func(c *contract.Contract) {
			c.Find.Calls = []string{"Client.DeleteObjects", "S3.DeleteObjects"}
		}, ""},
		{"a call of an unknown client", func(c *contract.Contract) { c.Find.Calls = []string{"S4.DeleteObjects"} }, "no version has the call S4.DeleteObjects"},
		{"an unknown signal", func(c *contract.Contract) { c.Duties[0].Signals[0].Path = "Failures" }, "no version has the signal Failures (length)"},
		{"a call that one version has", func(c *contract.Contract) {
			c.Find.Calls = []string{"DeleteObjects", "DeleteObjectsWithContext"}
		}, ""},
		{"a reading that does not fit", func(c *contract.Contract) { c.Duties[0].Signals[0].Reading = contract.Truth }, "Errors: the reading truth does not fit"},
		{"an item's signal", func(c *contract.Contract) {
			c.Duties[0].Signals[0] = contract.Signal{Path: "Errors[].Code", Reading: contract.Text, Texts: []string{"AccessDenied"}}
		}, ""},
		{"an unknown complement", func(c *contract.Contract) { c.Complement = []string{"Gone"} }, "no version has the complement Gone"},
		{"an exemption", func(c *contract.Contract) {
			c.Exempt = []contract.Exemption{{Field: "RequestPayer", Values: []string{"requester"}}}
		}, ""},
		{"an unknown exemption", func(c *contract.Contract) {
			c.Exempt = []contract.Exemption{{Field: "DryRun", Values: []string{"true"}}}
		}, "no parameter of DeleteObjects has a field DryRun"},
		{"a value that the field can't have", func(c *contract.Contract) {
			c.Find.Paths = []string{v2}
			c.Exempt = []contract.Exemption{{Field: "RequestPayer", Values: []string{"me"}}}
		}, `has no constant "me", only requester`},
		{"a result", func(c *contract.Contract) { c.Find.Type = "" }, ""},
		{"an unknown result", func(c *contract.Contract) { c.Find.Type, c.Find.Result = "", 1 }, "no function DeleteObjects has a signal in result 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &contract.Contract{
				ID:     "aws.s3.DeleteObjects",
				Find:   &contract.Find{Paths: []string{v1, v2}, Type: "DeleteObjectsOutput", Calls: []string{"DeleteObjects"}},
				Duties: []contract.Duty{{Signals: []contract.Signal{{Path: "Errors", Reading: contract.Length}}}},
			}
			test.change(c)
			var got strings.Builder
			for _, problem := range p.Source.Verify(c).Problems {
				got.WriteString(problem.Error() + "\n")
			}
			if test.want == "" && got.Len() > 0 || !strings.Contains(got.String(), test.want) {
				t.Errorf("got %q, want %q", got.String(), test.want)
			}
		})
	}
}

// What a newer version has lost is said, and what it never had is not.
func TestBroken(t *testing.T) {
	old := &Module{Path: "example.com/sdk", Version: "v1.0.0"}
	new := &Module{Path: "example.com/sdk", Version: "v1.1.0"}
	before := &Verdict{Packages: []*Findings{{Path: "example.com/sdk/a", Module: old, Elements: []Element{
		{"type Out", nil}, {"signal Failed (length)", nil}, {"signal Errors (length)", os.ErrNotExist},
	}}}}
	now := &Verdict{Packages: []*Findings{{Path: "example.com/sdk/a", Module: new, Elements: []Element{
		{"type Out", nil}, {"signal Failed (length)", os.ErrInvalid}, {"signal Errors (length)", os.ErrNotExist},
	}}}}
	if got := Broken(before, before); got != nil {
		t.Errorf("with the same version: got %q", got)
	}
	want := "example.com/sdk/a@v1.1.0 lacks the signal Failed (length) that v1.0.0 has: invalid argument"
	if got := Broken(before, now); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
	now.Packages[0].Elements[1].Err = nil
	if got := Updates(before, now); len(got) != 1 || got[0] != "example.com/sdk v1.0.0 -> v1.1.0" {
		t.Errorf("got %q", got)
	}
	want = "example.com/sdk/a@v1.0.0: no newer version has the package"
	if got := Broken(before, &Verdict{}); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
