package oracle

import (
	"os"
	"path/filepath"
	"testing"
)

// Mutants of a handler are made, run and looked for. A bug that must not be reported is not asked for.
func TestMutateFixtures(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "stop"), 0o777); err != nil {
		t.Fatal(err)
	}
	const text = `package stop

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

// Silent: the code is judged.
func Stop(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		return errors.New(s.Message)
	}
	return nil
}

// Silent: without an error there is nothing to compare.
func Log(s Result) { println(s.Message) }

type Job struct{ last Result }

// Silent: the job gets it.
func (j *Job) Keep(b []byte) error {
	return json.Unmarshal(b, &j.last)
}
`
	if err := os.WriteFile(filepath.Join(root, "stop", "stop.go"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	tally, err := newChecker(t).MutateFixtures(root)
	if err != nil {
		t.Fatal(err)
	}
	if tally.Silent != 3 || tally.Handlers != 1 || tally.Unfollowed != 1 {
		t.Errorf("%d silent fixtures, %d that can be run, %d that are not followed; want 3, 1, 1", tally.Silent, tally.Handlers, tally.Unfollowed)
	}
	for mistake, want := range map[string]bool{"!= 0 becomes > 0": true, "the check is dropped": true, "nil is returned": true, "!= 0 becomes != 5100": false} {
		n := tally.By[mistake]
		if n == nil || n.Buggy > 0 != want || n.Found != n.Buggy {
			t.Errorf("%s: %+v, want buggy %t, and found", mistake, n, want)
		}
	}
}
