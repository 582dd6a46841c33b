package aliases

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"slices"
)

// Named results of functions that defer, and captured variables, are cells in SSA form.

// Silent: the code is judged, whatever the defer does to the body.
func (c *client) NamedAndDeferred() (res *Task, err error) {
	body, err := c.send("StopInstances")
	if err != nil {
		return nil, err
	}
	defer body.Close()
	res = new(Task)
	if err = json.NewDecoder(body).Decode(res); err != nil {
		return nil, err
	}
	if res.Code != 0 {
		return nil, errRefused
	}
	return res, nil
}

// Nobody has looked at the code where the task's ID leaves.
func NamedNotChecked(body io.ReadCloser) (id string, err error) {
	var res *Task
	defer body.Close()
	res = new(Task)
	if err = json.NewDecoder(body).Decode(res); err != nil { // want "result-unchecked"
		return "", err
	}
	return res.RequestID, nil
}

// The comparison lets negative codes pass.
func (c *client) NamedWeak() (res *Task, err error) {
	body, err := c.send("StopInstances")
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	res = &Task{}
	if err = json.NewDecoder(body).Decode(res); err != nil {
		return nil, err
	}
	if res.Code > 0 { // the caller gets the response
		return res, errRefused
	}
	return res, nil
}

// Silent: a result that the function is still to give is checked, and only then kept.
func (c *client) NamedValue() (res Task, err error) {
	body, err := c.send("StopInstances")
	if err != nil {
		return res, err
	}
	defer body.Close()
	if err = json.NewDecoder(body).Decode(&res); err != nil {
		return res, err
	}
	if res.Code != 0 {
		err = errRefused
	}
	return
}

// Silent: checked, whoever captures the task.
func CapturedByRetry(b []byte, wait func(id string) error) error {
	t := &Task{}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code != 0 {
		return errRefused
	}
	return retry(func() error { return wait(t.RequestID) })
}

// Silent: likewise with a goroutine.
func CapturedByGo(b []byte, wait func(id string) error) error {
	t := new(Task)
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code != 0 {
		return errRefused
	}
	done := make(chan error)
	go func() { done <- wait(t.RequestID) }()
	return <-done
}

// Silent: likewise with a deferred literal.
func CapturedByDefer(b []byte) error {
	t := new(Task)
	defer func() { log.Print(t.RequestID) }()
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code != 0 {
		return errRefused
	}
	return nil
}

// The deferred literal only prints: nobody looks at the code.
func CapturedByPrinter(b []byte) error {
	t := new(Task)
	defer func() { log.Print(t.RequestID) }()
	if err := json.Unmarshal(b, t); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// The deferred literal prints, and negative codes pass.
func CapturedAndWeak(b []byte) error {
	t := &Task{}
	defer func() { log.Print(t.RequestID) }()
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return nil
}

// Silent: the literal that compares captures the task, and all that it sorts are
// the caller's.
func CapturedBySort(b []byte, names []string) ([]string, error) {
	t := &Task{}
	if err := json.Unmarshal(b, t); err != nil {
		return nil, err
	}
	if t.Code != 0 {
		return nil, errRefused
	}
	slices.SortFunc(names, func(a, b string) int { return len(a) - len(t.RequestID+b) })
	return names, nil
}

// Silent: the literal that judges the task is somebody else's to call.
func JudgedByRetry(b []byte) error {
	t := &Task{}
	judge := func() error { return t.Err() }
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	return retry(judge)
}

// Silent: a method value has its receiver.
func JudgedByMethodValue(b []byte) error {
	t := &Task{}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	check := t.Err
	return check()
}

// Silent: of two tasks, the one that was decoded is checked.
func AssignedTwice(b []byte, again bool) error {
	t := &Task{}
	if again {
		t = &Task{Message: "again"}
	}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	return t.Err()
}

// Silent: likewise where a literal captures the variable.
func AssignedTwiceAndCaptured(b []byte, again bool) error {
	t := &Task{}
	defer func() { log.Print(t.Message) }()
	if again {
		t = &Task{Message: "again"}
	}
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code != 0 {
		return errRefused
	}
	return nil
}

// Whichever of them was decoded, nobody looks at it.
func AssignedTwiceNotChecked(b []byte, again bool) error {
	t := &Task{}
	defer func() { log.Print(t.Message) }()
	if again {
		t = &Task{Message: "again"}
	}
	if err := json.Unmarshal(b, t); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// Silent: made by a constructor, captured, and checked.
func MadeByConstructor(b []byte) error {
	t := newTask()
	defer func() { log.Print(t.RequestID) }()
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code != 0 {
		return errRefused
	}
	return nil
}

// Negative codes pass, whoever made the task.
func MadeByConstructorWeak(b []byte) error {
	t := newNamed("stop")
	defer func() { log.Print(t.RequestID) }()
	if err := json.Unmarshal(b, t); err != nil {
		return err
	}
	if t.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return nil
}

// Silent: who made the task may have kept it.
func MadeBySomebody(b []byte, make func() *Task) error {
	t := make()
	return json.Unmarshal(b, t)
}

// Silent: so may the client, whose field it is.
func (c *client) Kept(b []byte) error {
	return json.Unmarshal(b, c.last)
}

// Silent: the pointer is in a field of a local struct, and is checked by it.
func InField(b []byte) error {
	var call struct {
		name string
		task *Task
	}
	call.task = &Task{}
	if err := json.Unmarshal(b, call.task); err != nil {
		return err
	}
	if call.task.Code != 0 {
		return fmt.Errorf("%s: %s", call.name, call.task.Message)
	}
	return nil
}

// Nobody looks at it there.
func InFieldNotChecked(b []byte) error {
	call := &struct {
		name string
		task *Task
	}{task: new(Task)}
	if err := json.Unmarshal(b, call.task); err != nil { // want "result-unchecked"
		return fmt.Errorf("%s: %w", call.name, err)
	}
	return nil
}

// Silent: a literal called at once checks what it captures.
func InLiteral(body io.Reader) (err error) {
	var t *Task
	func() {
		t = new(Task)
		if err = json.NewDecoder(body).Decode(t); err == nil && t.Code != 0 {
			err = errRefused
		}
	}()
	return err
}

// Silent: the interface box holds the task that the pointer leads to.
func InInterface(b []byte) error {
	var out any = &Task{}
	if err := json.Unmarshal(b, out); err != nil {
		return err
	}
	if out.(*Task).Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the pointer to the pointer leads to the task.
func ByPointerToPointer(b []byte) error {
	t := &Task{}
	at := &t
	if err := json.Unmarshal(b, at); err != nil {
		return err
	}
	if (*at).Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: somebody gets the task's address before it is decoded, and may look at it
// when it is.
func SeenBefore(b []byte) error {
	t := &Task{}
	observe(t)
	return json.Unmarshal(b, t)
}
