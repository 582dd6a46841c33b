package analyzer_test

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
)

const pathSource = `package walk

import (
	"encoding/json"
	"errors"
)

var errFailed = errors.New("failed")

type Batch struct {
	Code   int ` + "`json:\"code\"`" + `
	Detail map[string]struct {
		Code int ` + "`json:\"code\"`" + `
	} ` + "`json:\"detail\"`" + `
}

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

func Hidden(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 {
		return errFailed
	}
	return nil
}

func Named(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code {
	case 5400:
		return errFailed
	}
	return check(r.Code)
}

func Unchecked(b []byte) (string, error) {
	var r Result
	err := json.Unmarshal(b, &r)
	return r.RequestID, err
}

func Dropped(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil
	}
	return use(r)
}

var (
	check func(int) error
	use   func(Result) error
)
`

// TestPath checks that the related positions of a finding follow its path.
func TestPath(t *testing.T) {
	want := map[string][]string{
		"batch-partial-as-success": {
			"25:12-33 r comes from here",
			"28:5-19 r.Code is checked here: on this path it may be anything but 5100, so also 5400",
			"31:2-12 the path ends here",
		},
		"batch-partial-as-failure": {
			"36:12-33 r comes from here",
			"39:9-15 r.Code is checked here: on this path it may be 5400",
			"41:3-19 the path ends here",
		},
		"result-unchecked": {
			"48:9-30 r comes from here",
			"49:2-25 the path ends here",
		},
		"result-failure-dropped": {
			"54:12-33 r comes from here",
			"57:5-16 r.Code is checked here: on this path it may be anything but 0",
			"58:3-13 the path ends here",
		},
	}
	dir, cleanup, err := analysistest.WriteFiles(map[string]string{"walk/walk.go": pathSource})
	if err != nil {
		t.Fatal(err)
	}
	defer cleanup()
	for _, res := range analysistest.Run(ignore{}, dir, withRule(t, analyzer.Config{}), "walk") {
		for _, d := range res.Diagnostics {
			var got []string
			for _, r := range d.Related {
				pos, end := res.Pass.Fset.Position(r.Pos), res.Pass.Fset.Position(r.End)
				got = append(got, fmt.Sprintf("%d:%d-%d %s", pos.Line, pos.Column, end.Column, r.Message))
			}
			if !slices.Equal(got, want[d.Category]) {
				t.Errorf("%s: got path\n%q\nwant\n%q", d.Category, got, want[d.Category])
			}
			delete(want, d.Category)
		}
	}
	for rule := range want {
		t.Errorf("no finding of %s", rule)
	}
}
