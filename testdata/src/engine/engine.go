// Package engine has the forms of code that the engine has to see through,
// one by one, however unusual.
package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
	Done      bool   `json:"done"`
}

// Desc is evidence enough for an opaque detail and any code.
type Opaque struct {
	Code     any            `json:"code"`
	CodeDesc string         `json:"codeDesc"`
	Detail   map[string]any `json:"detail"`
}

type Number struct {
	Code     json.Number `json:"code"`
	CodeDesc string      `json:"codeDesc"`
}

type Envelope struct {
	Trace    string `json:"trace"`
	Response Batch  `json:"response"`
	Nested   struct {
		Result *Result `json:"result"`
	} `json:"nested"`
}

var errFailed = errors.New("failed")

func emit(context.Context, ...any) {}

// The envelope is decoded, and the response in it goes unread past 5100.
func FromEnvelope(b []byte) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	r := e.Response
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// The copy of the whole envelope shares the duty.
func FromEnvelopeCopy(b []byte) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	c := e
	if c.Response.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	if s := c.Nested.Result; s == nil || s.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the envelope is handed on as a whole.
func HandsOnEnvelope(b []byte, sink chan<- Envelope) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	if e.Response.Code == 5100 {
		return errFailed
	}
	sink <- e
	return nil
}

// Behind the pointer in the envelope negative codes pass.
func FromNested(b []byte) error {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return err
	}
	if e.Nested.Result.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: two flags, each told apart by the code it stands for.
func Flags(b []byte) (err error) {
	var s Result
	if err = json.Unmarshal(b, &s); err != nil {
		return err
	}
	failed := s.Code != 0
	ok := !failed
	if ok == false {
		return errFailed
	}
	return nil
}

// Silent: an integer variable tells the paths apart.
func Status(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	status := 0
	if s.Code != 0 {
		status = 1
	}
	if status != 0 {
		return errFailed
	}
	return nil
}

// Silent: so does a string.
func StatusText(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	status := "ok"
	if s.Code != 0 {
		status = "failed"
	}
	if status == "failed" {
		return errFailed
	}
	return nil
}

// Silent: another member says how it went; what it says can't be known.
func OtherMember(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !s.Done {
		return errFailed
	}
	return nil
}

// Silent: the code is used in an arithmetic expression, and handed on by it.
func Arithmetic(b []byte) (int, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return 0, err
	}
	return -s.Code, nil
}

// Silent: the number's text and its value are compared with that of 0.
func NumberText(b []byte) error {
	var n Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	if n.Code.String() != "0" {
		return errFailed
	}
	return nil
}

// 5100 is one of many that fail, and a code that is no number passes as well.
func NumberValue(b []byte) error {
	var n Number
	if err := json.Unmarshal(b, &n); err != nil { // want "result-unchecked"
		return err
	}
	if code, err := n.Code.Int64(); err == nil && code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: opaque detail is asserted to a concrete type and used.
func OpaqueDetail(b []byte) error {
	var o Opaque
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	if o.Code != float64(0) && o.Code != float64(5100) && o.Code != float64(5400) {
		return errFailed
	}
	for id, v := range o.Detail {
		if m := v.(map[string]any); m["code"] != float64(0) {
			return fmt.Errorf("%s failed", id)
		}
	}
	return nil
}

// An interface compared with a constant is compared all the same.
func OpaqueFailure(b []byte) error {
	var o Opaque
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	if 0.0 != o.Code { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// Silent: the answer is written by the function itself.
func Overwrites(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	s.Code = 5100
	if s.Code == 5100 {
		return errFailed
	}
	return nil
}

// Silent: likewise through a pointer.
func OverwritesPointer(s *Result) error {
	s.Code = -1
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: a request that a server reads is no answer.
func Handler(w http.ResponseWriter, req *http.Request) {
	var s Result
	if err := json.NewDecoder(http.MaxBytesReader(w, req.Body, 1<<20)).Decode(&s); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if s.Code > 0 {
		w.WriteHeader(http.StatusTeapot)
	}
}

// Silent: who encodes for somebody else hands on.
func Reencodes(b []byte, w io.Writer) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 {
		return errFailed
	}
	return json.NewEncoder(w).Encode(r)
}

// Encoding for standard error is printing.
func EncodesToStderr(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		json.NewEncoder(os.Stderr).Encode(r)
		return errFailed
	}
	return nil
}

// So is a text that is only written there.
func MarshalsToStderr(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, _ := json.Marshal(r.Detail)
		os.Stderr.Write(text)
		return errFailed
	}
	return nil
}

// Silent: the encoded detail goes into the error's text, where no printer ends it.
func MarshalsIntoResult(b []byte) (string, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	text, _ := json.Marshal(r.Detail)
	if r.Code != 0 {
		return string(text), errFailed
	}
	return "", nil
}

// Two stores to one named result, and the last one counts.
func Named(b []byte) (err error) {
	defer func() { emit(context.Background(), "done") }()
	var s Result
	if err = json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		err = errFailed
	}
	return
}

// Silent: a deferred literal of another one assigns the error.
func NestedDefer(b []byte) (err error) {
	defer func() {
		func() {
			if recover() != nil {
				err = errFailed
			}
		}()
	}()
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Raw are the bytes of a buffer that a reader is read into, and nobody else writes to.
func Buffered(body io.Reader) error {
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, body); err != nil {
		return err
	}
	var s Result
	return json.Unmarshal(buf.Bytes(), &s) // want "result-unchecked"
}

// The reader is handed through by functions that look away.
func Wrapped(body io.Reader) error {
	var s Result
	data, err := io.ReadAll(io.LimitReader(body, 1<<20))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(bytes.TrimSpace(data), &s); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// A string is raw, too, and so is either of two.
func Either(a, b string, first bool) error {
	text := b
	if first {
		text = a
	}
	var s Result
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&s); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// Silent: a callee that can say no saw the bytes.
func Seen(b []byte, verify func([]byte) error) error {
	if err := verify(b); err != nil {
		return err
	}
	var s Result
	return json.Unmarshal(b, &s)
}

// Silent: the bytes were decoded into a probe that was judged.
func Probed(b []byte) error {
	var probe struct{ Status string }
	if err := json.Unmarshal(b, &probe); err != nil {
		return err
	}
	if probe.Status != "ok" {
		return errFailed
	}
	var s Result
	return json.Unmarshal(b, &s)
}

// The probe and the batch share their code: 5400 ends where the probe is judged,
// and can't be where the batch is.
func ProbedCode(b []byte) error {
	var probe Result
	if err := json.Unmarshal(b, &probe); err != nil {
		return err
	}
	if probe.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 {
		return errFailed
	}
	return nil
}

// Select gives a response by a channel; negative codes pass.
func Selected(ctx context.Context, results <-chan Result) error {
	select {
	case s := <-results:
		if s.Code > 0 { // want "result-nonzero-success"
			return errFailed
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// An element of an array in place, and by a copied pointer.
func Elements(all [2]Result, more []*Result) error {
	for i := range all {
		if all[i].Code > 0 { // want "result-nonzero-success"
			return errFailed
		}
	}
	for _, s := range more {
		if s.Code < 0 { // want "result-nonzero-success"
			return errFailed
		}
	}
	return nil
}

// Silent: two reads of one element are one value.
func SameElement(all []Result) error {
	for i := range all {
		if all[i].Code == 5100 {
			return fmt.Errorf("all failed: %s", all[i].Message)
		}
		if all[i].Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: a literal that is stored calls itself.
func Recursive(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	var visit func(n int) bool
	visit = func(n int) bool {
		if n == 0 {
			return r.Code == 0
		}
		return visit(n - 1)
	}
	if !visit(3) {
		return errFailed
	}
	return nil
}

// Silent: whoever gets the address may have changed it.
func Escapes(b []byte, keep func(*Result)) error {
	var s Result
	keep(&s)
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	emit(context.Background())
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: built by the function, and sent to be completed.
func Built(send func(*Result) error) error {
	s := &Result{Code: 7, Message: "draft"}
	if err := send(s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: the response itself is the error.
type Failure struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
}

func (f *Failure) Error() string { return f.CodeDesc }

func AsError(b []byte) error {
	f := new(Failure)
	if err := json.Unmarshal(b, f); err != nil {
		return err
	}
	if f.Code != 0 {
		return f
	}
	return nil
}

// Silent: an error that looks like a response is one that was looked at.
func Classify(err error) bool {
	var f *Failure
	if errors.As(err, &f) {
		return f.Code > 4000
	}
	return false
}
