// Package judged has clients and helpers that look at the code in ways a
// summary doesn't say: each was once the cause of a false alarm.
package judged

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Err says what went wrong.
func (r *Result) Err() error {
	if r.Code != 0 {
		return fmt.Errorf("%s (%d)", r.Message, r.Code)
	}
	return nil
}

func (r Result) OK() bool { return r.Code == 0 }

type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]*Item `json:"detail"`
}

type errer interface{ Err() error }

var errRefused = errors.New("refused")

// Silent: the callee asks what it has decoded into, by an interface.
func DecodeErrer(b []byte, out any) error {
	if err := json.Unmarshal(b, out); err != nil {
		return err
	}
	if e, ok := out.(errer); ok {
		return e.Err()
	}
	return nil
}

// Silent: DecodeErrer may have judged.
func CreateErrer(b []byte) (string, error) {
	var r Result
	if err := DecodeErrer(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: the callee gives what it has decoded to somebody who can say no.
func DecodeVerified(b []byte, out any, verify func(any) error) error {
	if err := json.Unmarshal(b, out); err != nil {
		return err
	}
	return verify(out)
}

// Silent: verify may have judged.
func CreateVerified(b []byte, verify func(any) error) (string, error) {
	var r Result
	if err := DecodeVerified(b, &r, verify); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: the callee looks at the code through a pointer to it.
func DecodeCode(b []byte, out any, code *int) error {
	if err := json.Unmarshal(b, out); err != nil {
		return err
	}
	if *code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the response reaches the callee by two arguments.
func CreateCode(b []byte) (string, error) {
	var r Result
	if err := DecodeCode(b, &r, &r.Code); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: the callee calls what it is given.
func DecodeIf(b []byte, out any, ok func() bool) error {
	if err := json.Unmarshal(b, out); err != nil {
		return err
	}
	if !ok() {
		return errRefused
	}
	return nil
}

// Silent: a literal over the response goes along.
func CreateIf(b []byte) (string, error) {
	var r Result
	if err := DecodeIf(b, &r, func() bool { return r.Code == 0 }); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

type session struct {
	r   Result
	out errer
}

// Silent: decoding into memory of the receiver hands on.
func (s *session) read(b []byte) error { return Decode(b, &s.r) }

// Silent: what is decoded into is kept, to be asked later.
func (s *session) readInto(b []byte, out errer) error {
	s.out = out
	return json.Unmarshal(b, out)
}

func (s *session) Err() error { return s.out.Err() }

// Silent: the session judges.
func CreateSession(s *session, b []byte) (string, error) {
	r := new(Result)
	if err := s.readInto(b, r); err != nil {
		return "", err
	}
	if err := s.Err(); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: decoding for the caller.
func Decode(b []byte, out any) error { return json.Unmarshal(b, out) }

// Nobody judges: the same caller over a callee that only decodes.
func CreateUnread(b []byte) (string, error) {
	var r Result
	if err := Decode(b, &r); err != nil { // want "result-unchecked"
		return "", err
	}
	return r.RequestID, nil
}

type stats struct{ failed, done int }

// Silent: zero is told from the others.
func (s *stats) count(r *Result) {
	if r.Code != 0 {
		s.failed++
	} else {
		s.done++
	}
}

// Silent: the helper without a result has counted the failure.
func Count(answers [][]byte) (stats, error) {
	var s stats
	for _, b := range answers {
		var r Result
		if err := json.Unmarshal(b, &r); err != nil {
			return s, err
		}
		s.count(&r)
	}
	return s, nil
}

// Silent: a nil error means code 0 where it is strict.
func checkIf(r *Result, strict bool) error {
	if !strict {
		return nil
	}
	return r.Err()
}

// Silent: which way the helper goes is up to its other argument.
func CreateStrict(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if err := checkIf(&r, true); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: a helper with a string result.
func status(r *Result) string {
	switch r.Code {
	case 0:
		return "DONE"
	case 4400:
		return "GONE"
	}
	return "FAILED"
}

// Silent: the caller has the helper's answer.
func Status(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	return status(&r), nil
}

// Silent: the bytes were searched for the code.
func CreateSearched(b []byte) (string, error) {
	if !strings.Contains(string(b), `"code":0`) || bytes.HasPrefix(b, []byte("error")) {
		return "", errRefused
	}
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: a generic decode of the bytes; what comes back is returned.
func parse[T any](b []byte) (T, error) {
	var out T
	err := json.Unmarshal(b, &out)
	return out, err
}

// Silent: the probe was decoded from the same bytes by a callee.
func CreateProbed(b []byte) (string, error) {
	p, err := parse[Item](b)
	if err != nil {
		return "", err
	}
	if p.Code != 0 {
		return "", errRefused
	}
	r, err := parse[Result](b)
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Silent: the error's text has the whole answer.
func Invoke(b []byte, out any) error {
	var p Item
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code != 0 {
		return fmt.Errorf("refused: %s", b)
	}
	return json.Unmarshal(b, out)
}

// Silent: whoever gets the error can read the detail in it.
func Stop(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := Invoke(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// Silent: after a special case, whoever gets the bytes judges.
func Retry(send func() ([]byte, error), out any) error {
	for {
		b, err := send()
		if err != nil {
			return err
		}
		var r Result
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if r.Code == 4400 {
			time.Sleep(time.Second)
			continue
		}
		return json.Unmarshal(b, out)
	}
}

// Silent: likewise, by a writer.
func Forward(w http.ResponseWriter, b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 4400 {
		return errRefused
	}
	_, err := w.Write(b)
	return err
}

// Silent: the text of the code decides.
func Text(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if code := fmt.Sprint(r.Code); code != "0" {
		return errors.New("code " + code)
	}
	return nil
}

// Silent: the response is handed on whole after an entry was noted.
func Noted(b []byte) (*Batch, error) {
	r := new(Batch)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	for id, e := range r.Detail {
		if e.Code == 4400 {
			log.Printf("%s is busy", id)
		}
	}
	return r, nil
}

// Silent: the second loop tells zero from the others.
func Twice(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	busy := 0
	for _, e := range r.Detail {
		if e.Code == 4400 {
			busy++
		}
	}
	if busy > 0 && busy == len(r.Detail) {
		return errors.New("busy")
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%s: %s", id, e.Message)
		}
	}
	return nil
}

// Only what %w wraps is handed on: the response is printed.
func Wraps(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("%w: %v", errRefused, r)
	}
	return nil
}

// Silent: a scanner that moves bytes about in a loop, with many ways through it,
// has nothing to do with responses; it must not take long either.
func Scan(b []byte) (n int, err error) {
	for len(b) > 4 {
		switch b[0] {
		case 0:
			b = b[2:]
		case 1:
			b = b[3:]
		case 2:
			b = b[4:]
		case 3, 4, 5:
			b = b[1:]
			n++
		case 6:
			return n, json.Unmarshal(b, new(map[string]int))
		default:
			b = b[1:]
		}
	}
	return n, json.Unmarshal(b, &n)
}

type envelope struct {
	Response Batch `json:"response"`
	N        int   `json:"n"`
}

// Silent: two envelopes are copied back and forth, and nobody asks for the
// response in them; that must not take the analyzer for ever.
func Swap(b []byte, use func(*envelope)) error {
	var cur, prev envelope
	use(&prev)
	for range 3 {
		if err := json.Unmarshal(b, &cur); err != nil {
			return err
		}
		prev = cur
		cur = prev
	}
	return nil
}

// Silent: what is stored in a slice of constant size is returned with it.
func Collect(answers [][]byte) ([]*Batch, error) {
	out := make([]*Batch, 4)
	for i, b := range answers {
		r := new(Batch)
		if err := json.Unmarshal(b, r); err != nil {
			return nil, err
		}
		if r.Code == 5100 {
			return nil, errRefused
		}
		out[i] = r
	}
	return out, nil
}

// A nil joined error is a success: negative codes pass.
func Joined(b []byte, errs ...error) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code > 0 { // want "result-nonzero-success"
		return errRefused
	}
	return errors.Join(errs...)
}
