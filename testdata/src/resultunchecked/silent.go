package resultunchecked

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log"
)

// Silent: an unknown callee with an error result supplied the bytes; it may
// have judged the code.
func CreateThroughClient(c Client) (string, error) {
	body, err := c.Post("CreateLoadBalancer", nil)
	if err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: an unknown callee with an error result saw the bytes.
func CreateChecked(c Client, body []byte) (string, error) {
	if err := c.Check(body); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: it saw both answers, before one of them was chosen.
func CreateTwice(c Client, first, second []byte, again bool) (string, error) {
	if err := c.Check(first); err != nil {
		return "", err
	}
	if err := c.Check(second); err != nil {
		return "", err
	}
	body := first
	if again {
		body = second
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a helper gives one of the caller's own texts, which the caller has checked.
func CreateEither(c Client, first, second []byte) (string, error) {
	if err := c.Check(first); err != nil {
		return "", err
	}
	if err := c.Check(second); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(either(first, second), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

func either(first, second []byte) []byte {
	chosen := first
	if len(chosen) == 0 {
		chosen = second
	}
	return chosen
}

// Silent: the bytes were also decoded into something that was judged.
func CreateProbed(body []byte) (string, error) {
	var probe struct {
		Code      int    `json:"code"`
		Message   string `json:"message"`
		RequestID string `json:"requestId"`
	}
	if err := json.Unmarshal(body, &probe); err != nil {
		return "", err
	}
	if probe.Code != 0 {
		return "", fmt.Errorf("create: %s", probe.Message)
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the bytes come from an unknown callee, which need not give them raw.
func CreateCached(cached func(string) []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(cached("CreateLoadBalancer"), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the task ID only goes to a printer, and the code is judged.
func CreateTraced(body []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	log.Printf("create: task %s", s.RequestID)
	if s.Code != 0 {
		return "", errRefused
	}
	return s.RequestID, nil
}

// Silent: the task ID leaves first, and the code is judged later on the path.
func (st *Store) CreatedThenJudged(name string, body []byte) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	st.tasks[name] = s.RequestID
	if s.Code != 0 {
		delete(st.tasks, name)
		return errRefused
	}
	return nil
}

// Silent: the task ID leaves, and what is returned is known to be an error.
func CreateNeverSucceeds(body []byte, audit func(string)) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	audit(s.RequestID)
	return fmt.Errorf("create: %s", s.Message)
}

// Silent: the whole response is returned.
func CreateResult(body []byte) (*Result, error) {
	s := new(Result)
	if err := json.Unmarshal(body, s); err != nil {
		return nil, err
	}
	return s, nil
}

// Silent: the code is passed to an unknown callee together with the task ID.
func CreateReported(body []byte, report func(code int, taskID string)) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	report(s.Code, s.RequestID)
	return nil
}

// Silent: the memory belongs to the caller, who has the response.
func CreateInto(body []byte, s *Result) error {
	return json.Unmarshal(body, s)
}

// Silent: what the receiver is decoded into, its owner has.
func (s *Result) Load(body io.Reader) error {
	return json.NewDecoder(body).Decode(s)
}

// Silent: nothing signals success, in a function without results from which no
// task ID leaves.
func Warm(body []byte) {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		log.Print(err)
		return
	}
	log.Printf("warm: %+v", s)
}

// Silent: the symbolic name of the code judges it.
func UpgradeByDescription(body []byte) (int64, error) {
	var s TaskResult
	if err := json.Unmarshal(body, &s); err != nil {
		return 0, err
	}
	if s.CodeDesc != "Success" {
		return 0, fmt.Errorf("upgrade: %s", s.CodeDesc)
	}
	return s.Data.TaskID, nil
}

// Silent: a go statement hands the response on.
func CreateInBackground(body []byte, watch func(Result)) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	go watch(s)
	return nil
}

// Silent: the code is judged on every path that signals success.
func CreateQuietly(ctx context.Context, c Client, body []byte, quiet bool) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	if quiet && s.Code != 0 {
		return errRefused
	} else if !quiet {
		return fmt.Errorf("create: %s", s.Message)
	}
	return c.Poll(ctx, s.RequestID)
}

// Silent: no known decoder filled the value.
func CreateFromXML(body []byte) (string, error) {
	var s Result
	if err := xml.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: an unknown callee with an error result filled the value.
func CreateThrough(call func(action string, out any) error) (string, error) {
	var s Result
	if err := call("CreateLoadBalancer", &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent, with -strict too: it has no use for the response in the envelope.
func Trace(call func(action string, out any) error) (string, error) {
	var e struct {
		Trace  string `json:"trace"`
		Answer Result `json:"answer"`
	}
	if err := call("CreateLoadBalancer", &e); err != nil {
		return "", err
	}
	return e.Trace, nil
}

// Silent: every entry is inspected (opt-in: batch-outer-unread).
func DeleteInspected(body []byte) error {
	var r Batch
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("delete %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: the code goes into the returned error.
func DeleteConverted(body []byte, convert func(code int, message string) error) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	return convert(s.Code, s.Message)
}

// Silent: the code is a map key, which hands it on.
func DeleteByTable(body []byte, table map[int]error) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	return table[s.Code]
}

// Silent: a list with an error in it is joined to one, however many are put behind it.
func DeleteMissing(body []byte, missing []string) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	if len(missing) > 0 {
		errs := []error{errRefused}
		for _, id := range missing {
			errs = append(errs, fmt.Errorf("%s is missing", id))
		}
		return errors.Join(errs...)
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}
