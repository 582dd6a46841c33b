package verdicts

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

// ---- right ----

// Silent: the error tells every code but 0, whoever gave the bytes.
func create(c *Client) error {
	_, err := c.Create()
	return err
}

// Silent: likewise.
func read(c *Client, answer []byte) error {
	_, err := c.Read(answer)
	return err
}

// Silent: the error is dealt with, and the code is 0 behind that.
func createTask(c *Client) (string, error) {
	r, err := c.Create()
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: the code is 0 where the error is nil: there is nothing that passes.
func createTwice(c *Client) error {
	r, err := c.Create()
	if err != nil {
		return err
	}
	if r.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: likewise, from a client that doesn't decode itself.
func extend(c *Client) error {
	r, err := c.Extend()
	if err != nil {
		return err
	}
	if r.Code == 5100 {
		return errFailed
	}
	return nil
}

// Silent: one code is tolerated, and the others are in the error.
func extendTolerant(c *Client) error {
	r, err := c.Extend()
	if err != nil && r.Code == 7001 {
		return nil
	}
	return err
}

// Silent: whether anybody has judged the code is not known.
func ignored(c *Client) error {
	_, err := c.Ignored()
	return err
}

// Silent: the method has inspected the entries.
func detach(c *Client) error {
	_, err := c.Detach()
	return err
}

// Silent: the entries of what came beside the error are inspected here.
func attach(c *Client) error {
	b, err := c.Attach()
	if err != nil {
		return err
	}
	for id, i := range b.Detail {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return nil
}

// Silent: the failure is logged.
func createLogged(r *Result) error {
	if err := r.Err(); err != nil {
		log.Print(err)
		return nil
	}
	return nil
}

// Silent: it is asked which one it is.
func createAgain(r *Result) error {
	if errors.Is(r.Err(), errFailed) {
		return nil
	}
	return r.Err()
}

// Silent: false tells the path from the success side.
func created(r *Result) (bool, error) {
	if r.Err() != nil {
		return false, nil
	}
	return true, nil
}

// ---- wrong ----

// Some disks may not be attached, and the error doesn't say so.
func attachAnyway(c *Client) error {
	_, err := c.Attach() // want "batch-partial-as-success"
	return err
}

// Who ignores the verdict has a response that nobody looked at.
func createBlind(c *Client) (string, error) {
	r, _ := c.Create() // want "result-unchecked"
	return r.RequestID, nil
}

// A verdict that is only compared with nil is dropped as the code would be.
func dropped(r *Result) error {
	if r.Err() != nil {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// So it is where it has a name.
func droppedNamed(r *Result) error {
	if err := r.Err(); err != nil {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// So it is behind the success side.
func droppedBehind(r *Result) error {
	if nil == r.Err() {
		return errors.New("too early")
	}
	return nil // want "result-failure-dropped"
}

// In a function that defers it is no different.
func droppedDeferred(c *Client, r *Result) (err error) {
	defer log.Print("done")
	failed := r.Err() != nil
	if failed {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// A batch's verdict is dropped likewise.
func droppedBatch(b *Batch) error {
	if b.Err() != nil {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// The error of the call is nil here, and the answer's is not returned.
func droppedForOther(t transport) error {
	r := new(Result)
	err := t.call("CreateCbs", r)
	if err != nil || r.Err() != nil {
		return err // want "result-failure-dropped"
	}
	return nil
}

// A refusal has the code. Who drops it drops the code with it.
type refusal struct{ code int }

func (r *refusal) Error() string { return "refused" }

// Silent: the caller gets the code with the error.
func refused(r *Result) error {
	if r.Code != 0 {
		return &refusal{r.Code}
	}
	return nil
}

// Nobody learns of the failure.
func createAnyway(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if err := refused(&r); err != nil {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// Silent: one kind of refusal is no failure here, as its code tells.
func createUnlessThere(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	var known *refusal
	if err := refused(&r); errors.As(err, &known) && known.code == 4400 {
		return nil
	} else {
		return err
	}
}
