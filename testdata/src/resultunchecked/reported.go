package resultunchecked

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

// A refused call gives its caller an empty task ID and no error.
func CreateLoadBalancer(endpoint string) (string, error) {
	resp, err := http.Get(endpoint + "?Action=CreateLoadBalancer")
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var s Result
	if err := json.NewDecoder(resp.Body).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The status of HTTP is 200 for refused calls too.
func CreateListener(endpoint string) (string, error) {
	resp, err := http.Get(endpoint + "?Action=CreateLoadBalancerListeners")
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("create listener: %s", resp.Status)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	s := new(Result)
	if err := json.Unmarshal(body, s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Nor does a helper know more that gets the status, and no bytes.
func CreateListenerAnywhere(endpoint, backup string) (string, error) {
	resp, err := http.Get(endpoint + "?Action=CreateLoadBalancerListeners")
	if err != nil || !isOK(resp.StatusCode) {
		if resp, err = http.Get(backup); err != nil {
			return "", err
		}
	}
	defer resp.Body.Close()
	var s Result
	if err := json.NewDecoder(resp.Body).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

func isOK(status int) bool { return status == http.StatusOK }

// That the answer is JSON is all that the caller learns.
func DeleteListener(body io.Reader) error {
	var s Result
	return json.NewDecoder(body).Decode(&s) // want "result-unchecked"
}

// A recorded answer is raw bytes like any other.
func ReplayCreate(path string) (string, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The poller gets the empty ID of a call that started nothing.
func CreateAndPoll(ctx context.Context, c Client, body []byte) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	return c.Poll(ctx, s.RequestID)
}

// The store keeps an empty ID, and the load balancer is never waited for.
func (st *Store) Created(body []byte) {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		log.Print(err)
		return
	}
	st.last = s.RequestID
}

// The map has a task for a name whose call was refused.
func (st *Store) CreatedNamed(name string, body []byte) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	st.tasks[name] = s.RequestID
	return nil
}

// The channel's reader waits for a task without an ID.
func CreateQueued(body []byte, tasks chan<- string) {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return
	}
	tasks <- s.RequestID
}

// A message is optional: a refusal without one passes.
func RenameByMessage(body []byte) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	if s.Message != "" && s.Message != "ok" {
		return errors.New(s.Message)
	}
	return nil
}

// A request ID decides nothing either: refused calls may have one.
func RenameByRequestID(body []byte) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	if s.RequestID == "" {
		return errRefused
	}
	return nil
}

// Printing the code is not looking at it.
func RenameLogged(body []byte) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	log.Printf("rename: code %d, message %q", s.Code, s.Message)
	return nil
}

// The code is judged for those who are strict; the others get the task ID of
// whatever came.
func RenameStrictly(body []byte, strict bool) (string, error) {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	if strict && s.Code != 0 {
		return "", errRefused
	}
	return s.RequestID, nil
}

// Slicing and bytes.NewReader keep the bytes what they are.
func ModifySliced(body []byte) (string, error) {
	if len(body) < 3 {
		return "", io.ErrUnexpectedEOF
	}
	var s Result
	if err := json.NewDecoder(bytes.NewReader(body[3:])).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Conversions keep the bytes what they are.
func ModifyText(text string) (string, error) {
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// A strings.Reader is a reader.
func ModifyRead(text string) error {
	var s Result
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&s); err != nil { // want "result-unchecked"
		return err
	}
	log.Print("modified")
	return nil
}

// Printing the bytes looks into nothing: they are still raw.
func ModifyDumped(body []byte) error {
	log.Printf("modify: %s", body)
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// The task ID is one struct further down, and 0 where there is no task.
func UpgradeInstance(body []byte) (int64, error) {
	var s TaskResult
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return 0, err
	}
	return s.Data.TaskID, nil
}

// Nobody looks at the outer code or at an entry: load balancers that are still
// there pass for deleted.
func DeleteLoadBalancers(body []byte) error {
	var r Batch
	if err := json.Unmarshal(body, &r); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// Task is what the caller waits for.
type Task struct{ Name, ID string }

// The returned task has no ID where the call was refused.
func CreateTask(name string, body []byte) (*Task, error) {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return nil, err
	}
	return &Task{Name: name, ID: s.RequestID}, nil
}

// The code is judged on the way to the warning, not on the way to the poller.
func CreateWarns(ctx context.Context, c Client, body []byte, quiet bool) error {
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return err
	}
	if !quiet {
		if s.Code != 0 {
			return errRefused
		}
	}
	return c.Poll(ctx, s.RequestID)
}

// The error of the decoder is dropped, and the code with it.
func CreateCareless(body []byte) (id string, err error) {
	var s Result
	json.Unmarshal(body, &s) // want "result-unchecked"
	id = s.RequestID
	return id, nil
}
