// Package facts has one function for each kind of fact. What has no want // want package:`leads by Batch Count Create CreateChecked Ignore IgnoreItem Item Keep Log Partial Result`
// comment exports none.
package facts

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

type Item struct { // want Item:"zero"
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct { // want Batch:"evident"
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

type Result struct { // want Result:"zero"
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errFailed = errors.New("failed")

// A bool result: which codes each outcome allows.
func (r *Result) OK() bool { return r.Code == 0 } // want OK:`response 0: true \{0\} judged; false not 0 judged`

// A code and its verdict.
func Check(code int, msg string) error { // want Check:`code 0: error not 0 judged; nil \{0\} judged`
	if code != 0 {
		return fmt.Errorf("%s (%d)", msg, code)
	}
	return nil
}

// An accessor.
func (r *Result) GetCode() int { return r.Code } // want GetCode:`response 0: any value \| result 0 of 0`

// Entries are inspected, and the list has one only if there is an entry.
func (b *Batch) Failed() (ids []string) { // want Failed:`response 0: result 0 nothing any value inspected; result 0 not empty \{0, 5100, 5400\} inspected not empty`
	for id, e := range b.Detail {
		if e.Code != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// Entries are handed to a callback, which may inspect them.
func (b *Batch) Each(f func(string, Item)) { // want Each:`response 0: any value inspected, entries to 1`
	for id, e := range b.Detail {
		f(id, e)
	}
}

// A response is kept.
func Keep(c chan<- *Batch, b *Batch) { c <- b } // want Keep:`response 1: any value code kept detail kept`

// A response is only looked at.
func Log(b *Batch) { log.Println(b) } // want Log:`response 0: any value touched`

// Whatever it is, it is only printed.
func Dump(v any) { fmt.Fprintln(os.Stderr, v) } // want Dump:`printed 0`

// A collection of entries.
func Count(d map[string]Item) int { return len(d) } // want Count:`detail 0: any value touched`

// The caller's memory is filled with an unchecked response.
func Decode(b []byte, out any) error { // want Decode:`target 1 filled with any value unchecked`
	return json.Unmarshal(b, out)
}

// The caller's memory is filled with code 0 only, and 5400 is rejected.
func DecodeChecked(b []byte, out any) error { // want DecodeChecked:`bytes 0: .*maybe nil \{0\} judged \| target 1 filled with \{0\} from 0, partial failure rejected`
	var probe Result
	if err := json.Unmarshal(b, &probe); err != nil {
		return err
	}
	if probe.Code != 0 {
		return errFailed
	}
	return json.Unmarshal(b, out)
}

// A response that nobody has looked at.
func Create(body io.Reader) (*Result, error) { // want Create:`result 0 any value unchecked`
	var r Result
	if err := json.NewDecoder(body).Decode(&r); err != nil {
		return nil, err
	}
	return &r, nil
}

// A response of which the code is known.
func CreateChecked(body io.Reader) (*Result, error) { // want CreateChecked:`bytes 0: .* \| result 0 \{0\}`
	var r Result
	if err := json.NewDecoder(body).Decode(&r); err != nil {
		return nil, err
	}
	if err := Check(r.Code, r.Message); err != nil {
		return nil, err
	}
	return &r, nil
}

// Bytes that nobody has looked into.
func Fetch(url string) ([]byte, error) { // want Fetch:`result 0 raw`
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// A function that never returns.
func Fatal(msg string) { // want Fatal:"never returns"
	log.Print(msg)
	os.Exit(1)
}

// No facts: others have a silent one as an Ender at most.
type silent struct{}

func (silent) End(msg string) { panic(msg) }

type Ender interface{ End(msg string) }

func NewEnder() Ender { return silent{} }

// A method that others have from what it is embedded in.
type loud struct{}

func (loud) Shout(msg string) { panic(msg) } // want Shout:"never returns"

type Loud struct{ *loud }

// A method that others have from a result.
type found struct{}

func (found) Tell(msg string) { panic(msg) } // want Tell:"never returns"

func Find() map[string][]found { return nil }

// Generic code is keyed by its origin.
func Call[T any](body io.Reader) (T, error) { // want Call:`result 0 any value unchecked`
	var out T
	err := json.NewDecoder(body).Decode(&out)
	return out, err
}

// Bytes and their verdict, by something that is no response itself: its codes are others.
func Peek(b []byte) error { // want Peek:`bytes 0: error any value; error not 200 judged; nil \{200\} judged`
	var head struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return err
	}
	if head.Code != 200 {
		return errors.New("failed")
	}
	return nil
}

// A response, an entry and anything at all that are left alone: nobody has looked at them.
func Ignore(*Result) {} // want Ignore:`response 0: any value`

func IgnoreItem(Item) {} // want IgnoreItem:`response 0: any value`

type Box[T any] struct{ val T }

func (b *Box[T]) Ignore(T) {} // want Ignore:`response 1: any value`

// A code that gives its own verdict.
type Status int

func (code Status) Err() error { // want Err:`code 0: error not 0 judged; nil \{0\} judged`
	if code != 0 {
		return errors.New("failed")
	}
	return nil
}

// No facts: nothing of a response.
func Partial(b *Batch) bool { return b.Code == 5400 } // want Partial:`response 0: true \{5400\} judged; false not 5400 judged`

func text(code int) string { return fmt.Sprint(code) }

func Text(code int) string { return text(code) }

// The caller's own bytes.
func Or(a, b string) string {
	if a == "" {
		a = b
	}
	return a
}

func Fail(msg string) error { return errors.New(msg) }

func Sum(xs []int) (n int) {
	for _, x := range xs {
		n += x
	}
	return n
}
