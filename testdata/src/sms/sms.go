// Package sms sends text messages. The API takes a request with result 0 as a whole, and
// says in the detail, with 0 as with nothing else, what became of each message.
package sms

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Single is the answer to a request that sends one message.
type Single struct {
	Result int    `json:"result"`
	Errmsg string `json:"errmsg"`
	Sid    string `json:"sid"`
}

// Multi is the answer to a request that sends several.
type Multi struct {
	Result uint   `json:"result"`
	Errmsg string `json:"errmsg"`
	Ext    string `json:"ext"`
	Detail []struct {
		Result uint   `json:"result"`
		Errmsg string `json:"errmsg"`
		Mobile string `json:"mobile"`
		Sid    string `json:"sid,omitempty"`
	} `json:"detail"`
}

// The request was taken, and nobody asks which messages were sent.
func Taken(b []byte) (bool, error) {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return false, err
	}
	if r.Result == 0 { // want `batch-partial-as-success: failed messages are treated as done: r.Result may be 0 \(some failed\) at the return on line 38, but Detail is not checked`
		return true, nil
	}
	return false, errors.New(r.Errmsg)
}

// A look at how many there are is none at what became of them.
func Counted(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Result != 0 { // want `batch-detail-shallow`
		return errors.New(r.Errmsg)
	}
	fmt.Println(len(r.Detail))
	return nil
}

// Silent: each message's result is looked at. With any other result there is no detail.
func Each(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Result != 0 {
		return errors.New(r.Errmsg)
	}
	for _, m := range r.Detail {
		if m.Result != 0 {
			return fmt.Errorf("%s: %s", m.Mobile, m.Errmsg)
		}
	}
	return nil
}

// Silent: a request that was refused has no detail to look at.
func Refused(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Result != 0 {
		return errors.New(r.Errmsg)
	}
	return report(r)
}

var report func(Multi) error

// Only one of the failures is told from success.
func Weak(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Result == 1016 { // want `result-nonzero-success`
		return errors.New(r.Errmsg)
	}
	for _, m := range r.Detail {
		if m.Result != 0 {
			return errors.New(m.Errmsg)
		}
	}
	return nil
}

// The message's own failures, one by one.
func WeakEach(b []byte) error {
	var r Multi
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Result != 0 {
		return errors.New(r.Errmsg)
	}
	for _, m := range r.Detail {
		if m.Result == 1016 { // want `result-nonzero-success: a failed message is treated as done: m.Result may be 0 to 1015 or greater than 1016 at`
			return errors.New(m.Errmsg)
		}
	}
	return nil
}

// Nobody looks at the result.
func One(b []byte) (string, error) {
	var r Single
	if err := json.Unmarshal(b, &r); err != nil { // want `result-unchecked: a failed request is treated as done: r.Result is not checked before`
		return "", err
	}
	return r.Sid, nil
}

// Silent: somebody does.
func OneChecked(b []byte) (string, error) {
	var r Single
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Result != 0 {
		return "", errors.New(r.Errmsg)
	}
	return r.Sid, nil
}

// A Score has a result and a detail, and no message: it is no answer of the API.
type Score struct {
	Result int `json:"result"`
	Detail []struct {
		Result int    `json:"result"`
		ID     string `json:"id"`
	} `json:"detail"`
}

// Silent: the API's answers have an errmsg.
func Scored(b []byte) error {
	var s Score
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Result == 0 {
		return nil
	}
	return errors.New("lost")
}

// Answer is for all calls of the API. Those that send one message give an ID and no detail.
type Answer struct {
	Result int    `json:"result"`
	Errmsg string `json:"errmsg"`
	Sid    string `json:"sid"`
	Detail []struct {
		Result int    `json:"result"`
		Errmsg string `json:"errmsg"`
	} `json:"detail"`
}

// Silent: nothing says that this call sends several messages.
func OneOfAll(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Result != 0 {
		return errors.New(r.Errmsg)
	}
	return nil
}

// Upload is the answer of a call that gives the ID of a file, and of others: the detail may be left out.
type Upload struct {
	Result int    `json:"result"`
	Errmsg string `json:"errmsg"`
	FileID string `json:"fid,omitempty"`
	Detail []struct {
		Result int    `json:"result"`
		Errmsg string `json:"errmsg"`
	} `json:"detail,omitempty"`
}

// Silent: likewise.
func Uploaded(b []byte) (string, error) {
	var r Upload
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Result != 0 {
		return "", errors.New(r.Errmsg)
	}
	return r.FileID, nil
}
