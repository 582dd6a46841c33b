package entries

import (
	"fmt"
	"log"
)

// By the contract, the loop sees nothing but successes.
func Checked(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}

	// The request may have been refused.
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	} // otherwise it was not

	// It may have failed for some.
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	} // otherwise it has not
	return nil
}

// What else the loop does, it does for the others.
func Tasks(c Client, ids []string) (map[string]string, error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return nil, fmt.Errorf("stop: %s", r.Message)
	}
	tasks := make(map[string]string)
	for id, e := range r.Detail {
		if e.Code != 0 {
			log.Printf("%s failed", id)
			return nil, fmt.Errorf("%s: %s", id, e.Message)
		}
		tasks[id] = e.TaskID
	}
	return tasks, nil
}

func CheckedList(c Client, ids []string) error {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	for i, e := range r.Detail {
		if e == nil || e.Code == nil || *e.Code != 0 {
			return fmt.Errorf("entry %d failed", i)
		}
	}
	return nil
}

// The loop collects what failed already.
func Collected(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("%v failed", failed)
	}
	return nil
}

// The comparison is mended, too.
func Mended(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if 0 < r.Code { // want "batch-partial-as-failure"
		return errFailed
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	return nil
}

// No fix: the message that is returned would be another one.
func Reused(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	text := "stop"
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("%s: %s", text, r.Message)
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			text += " " + id
		}
	}
	if text != "stop" {
		return fmt.Errorf("%s: failed", text)
	}
	return nil
}

// No fix: what succeeded is not to be forgotten where something failed.
func Forgets(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
		c.Forget(id)
	}
	return nil
}

// No fix: what was collected goes to somebody else.
func Counted(c Client, ids []string) (int, error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return 0, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return 0, errFailed
	}
	n := 0
	for _, e := range r.Detail {
		if e.Code != 0 {
			n++
		}
	}
	return n, nil
}

// No fix: there are two loops.
func Twice(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	for id := range r.Detail {
		log.Print(id)
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	return nil
}
