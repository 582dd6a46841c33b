package engine

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
)

// Bytes, a reader or an answer that may be nil: the comparison says nothing of what is in
// them, and one that is nil is somebody else's mistake, not a response.

// Nobody looks at the code.
func OfBytes(b []byte) error {
	if b == nil {
		return errFailed
	}
	var r Result
	return json.Unmarshal(b, &r) // want `^result-unchecked: a failed request is treated as done: r.Code is not checked before`
}

// The same the other way round, and with nothing to be said of nil.
func OfBytesIfAny(b []byte) error {
	var r Result
	if b != nil {
		return json.Unmarshal(b, &r) // want `^result-unchecked:`
	}
	return nil
}

func OfReader(body io.Reader) error {
	if body == nil {
		return errFailed
	}
	var r Result
	return json.NewDecoder(body).Decode(&r) // want `^result-unchecked:`
}

func OfAnswer(resp *http.Response) error {
	if resp == nil || resp.Body == nil {
		return errFailed
	}
	defer resp.Body.Close()
	var r Result
	return json.NewDecoder(resp.Body).Decode(&r) // want `^result-unchecked:`
}

// The comparison is kept in a variable, and then returned.
func OfKept(b []byte) (given bool, err error) {
	given = b != nil
	var r Result
	err = json.Unmarshal(b, &r) // want `^result-unchecked:`
	return given, err
}

// Silent: the code is looked at, whatever was compared with nil before.
func OfBytesChecked(b []byte) error {
	if b == nil {
		return errFailed
	}
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errFailed
	}
	return nil
}

// Two decodes of the same bytes share their code, of which the first says that it is 0.
func probe(b []byte) error {
	if b == nil {
		return errFailed
	}
	var p struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the bytes have been through a function that compares them with nil, and then
// judges the code in them.
func OfProbed(b []byte) error {
	if err := probe(b); err != nil {
		return err
	}
	var r Result
	return json.Unmarshal(b, &r)
}

// Of a batch, the reader that may be nil is looked through.
func OfBatch(body *bufio.Reader) error {
	if body == nil {
		return errFailed
	}
	var r Batch
	if err := json.NewDecoder(body).Decode(&r); err != nil {
		return err
	}
	if r.Code != 0 { // want `^batch-partial-as-failure:`
		return errFailed
	}
	return nil
}

// Silent: a helper that gets the entries, or the answers, tells the codes apart in each turn. That there
// may be none of them says nothing of a code.
func ofEntries(list []State) error {
	if list == nil {
		return errFailed
	}
	for _, e := range list {
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

func ofMap(entries *map[string]Item) (failed []string) {
	if entries == nil || *entries == nil {
		return nil
	}
	for id, e := range *entries {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed
}

func OfAnswers(answers []Batch) error {
	for i := range answers {
		if answers != nil {
			if answers[i].Code != 0 { // want `^batch-partial-as-failure:`
				return errFailed
			}
		}
	}
	return nil
}
