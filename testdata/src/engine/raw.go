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
	return json.Unmarshal(b, &r) // want `^result-unchecked: r may hold any Code here`
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
