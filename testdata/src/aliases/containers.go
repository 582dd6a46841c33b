package aliases

import (
	"encoding/json"
	"log"
)

type verdict interface{ Err() error }

type step struct {
	name string
	run  func() error
}

// Silent: the functions that are called in turn have the task.
func InListOfFunctions(b []byte) error {
	var t Task
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	for _, check := range []func() error{t.Err} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// Silent: likewise of two.
func InListOfTwo(b []byte, c *client) error {
	t := &Task{}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	for _, check := range []func() error{c.last.Err, t.Err} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// Silent: a table of steps has it.
func InTable(b []byte) error {
	t := &Task{}
	steps := []step{
		{"decode", func() error { return json.Unmarshal(b, t) }},
		{"check", t.Err},
	}
	for _, s := range steps {
		if err := s.run(); err != nil {
			return err
		}
	}
	return nil
}

// Silent: so does a list of what gives verdicts.
func InListOfVerdicts(b []byte) error {
	t := &Task{}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	for _, v := range []verdict{t} {
		if err := v.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Silent: so does a map.
func InMap(b []byte) error {
	t := &Task{}
	checks := map[string]func() error{"task": t.Err}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	return checks["task"]()
}

// Silent: so does a local channel.
func InChannel(b []byte) error {
	tasks := make(chan *Task, 1)
	t := &Task{}
	tasks <- t
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	return (<-tasks).Err()
}

// Silent: the element of the list is the task.
func InSlice(b []byte) error {
	t := &Task{}
	tasks := []*Task{t}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Code != 0 {
			return errRefused
		}
	}
	return nil
}

// Silent: the place in a list that is decoded into is the element that is looked at.
func IntoSlice(answers [][]byte) error {
	tasks := make([]Task, len(answers))
	for i, b := range answers {
		if err := json.Unmarshal(b, &tasks[i]); err != nil {
			return err
		}
	}
	for _, t := range tasks {
		if t.Code != 0 {
			return errRefused
		}
	}
	return nil
}

// Silent: appended to a list that is looked at later.
func Appended(answers [][]byte) error {
	var tasks []*Task
	for _, b := range answers {
		t := &Task{}
		if err := json.Unmarshal(b, t); err != nil {
			return err
		}
		tasks = append(tasks, t)
	}
	for _, t := range tasks {
		if t.Code != 0 {
			return errRefused
		}
	}
	return nil
}

// Silent: handed on with its collection, whoever has a look before.
func ReturnedAsAWhole(all []*Batch) ([]*Batch, error) {
	for _, b := range all {
		if b.Code != 0 {
			log.Print(b.Code)
		}
	}
	return all, nil
}

// Silent: likewise of values, sent.
func SentAsAWhole(all []Batch, out chan<- []Batch) {
	for _, b := range all {
		if b.Code == 5100 {
			log.Print("nothing stopped")
		}
	}
	out <- all
}

// Silent: likewise of a part of them, passed on.
func PassedOnAsAWhole(all []*Task) error {
	for i := range all {
		if all[i].Code > 0 {
			return errRefused
		}
	}
	observe(all[1:])
	return nil
}

// Silent: likewise of what a map has.
func MapAsAWhole(all map[string]*Task) (map[string]*Task, error) {
	for name, t := range all {
		if t.Code > 0 {
			log.Print(name)
		}
	}
	return all, nil
}

// Here nobody else gets them: one that failed with 5400 is treated as done.
func NotReturned(all []*Batch) error {
	for _, b := range all {
		if b.Code == 5100 { // want "batch-partial-as-success"
			return errRefused
		}
	}
	return nil
}

// Silent: counts for its caller.
func count(all []*Task) (failed int) {
	for _, t := range all {
		if t.Code != 0 {
			failed++
		}
	}
	return failed
}

// Silent: asks for its caller.
func anyRefused(all []*Task) bool {
	for _, t := range all {
		if t.Code == 4100 {
			return true
		}
	}
	return false
}

// Silent: gives its caller the worst of them.
func worst(all []*Batch) *Batch {
	var w *Batch
	for _, b := range all {
		if w == nil || b.Code > w.Code {
			w = b
		}
	}
	return w
}

// Silent: likewise, by the code.
func worstCode(all []*Batch) int {
	code := 0
	for _, b := range all {
		if b.Code != 0 {
			code = b.Code
		}
	}
	return code
}

// Silent: the helpers look for it.
func Helped(all []*Task) error {
	if anyRefused(all) || count(all) > 1 {
		return errRefused
	}
	return nil
}

var pending [8]*Task

// Silent: a package's variable is everybody's.
func OfThePackage() error {
	for _, t := range pending {
		if t.Code > 0 {
			return errRefused
		}
	}
	return nil
}
