package rawbytes

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Silent: an unknown callee with an error result filled the buffer.
func Filled(c Client) (string, error) {
	var buf bytes.Buffer
	if err := c.Fill(&buf); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the client has checked what was in the buffer.
func BufferChecked(c Client, body io.Reader) (string, error) {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(body); err != nil {
		return "", err
	}
	if err := c.Check(buf.Bytes()); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: it has checked the bytes before they were written.
func CheckedThenWritten(c Client, body []byte) (string, error) {
	if err := c.Check(body); err != nil {
		return "", err
	}
	var buf bytes.Buffer
	buf.Write(body)
	var s Result
	if err := json.NewDecoder(&buf).Decode(&s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the program wrote the text itself.
func Formatted(id string) (string, error) {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, `{"code":0,"requestId":%q}`, id)
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the buffer is the caller's, who has the bytes and may have looked.
func (st *Store) Kept(body []byte, ok func() bool) (string, error) {
	st.last = body
	if !ok() {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: it is kept on one way alone, and judged there.
func (st *Store) KeptSometimes(body []byte, keep bool) (string, error) {
	if keep {
		st.last = body
		st.judge()
		if st.err != nil {
			return "", st.err
		}
	} else if bytes.Contains(body, []byte(`"code":0`)) {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

func (st *Store) judge() {
	if !strings.Contains(string(st.last), `"code":0`) {
		st.err = errRefused
	}
}

// Silent: every answer was checked before.
func EachChecked(c Client, bodies [][]byte) (tasks []string, err error) {
	if err := c.CheckAll(bodies); err != nil {
		return nil, err
	}
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// Silent: each of them was checked, one by one.
func OneByOne(c Client, bodies [][]byte) (tasks []string, err error) {
	for _, body := range bodies {
		if err := c.Check(body); err != nil {
			return nil, err
		}
	}
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// Silent: a probe of the same answer was judged.
func ProbedByIndex(bodies [][]byte) (tasks []string, err error) {
	for i := range bodies {
		var probe struct {
			Code int `json:"code"`
		}
		if err := json.Unmarshal(bodies[i], &probe); err != nil {
			return nil, err
		}
		if probe.Code != 0 {
			return nil, errRefused
		}
		var s Result
		if err := json.Unmarshal(bodies[i], &s); err != nil {
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// Silent: so was one of the same line.
func ProbedLine(body io.Reader) (tasks []string, err error) {
	scan := bufio.NewScanner(body)
	for scan.Scan() {
		var probe struct {
			Code int `json:"code"`
		}
		if err := json.Unmarshal(scan.Bytes(), &probe); err != nil {
			return nil, err
		}
		if probe.Code != 0 {
			continue
		}
		var s Result
		if err := json.Unmarshal(scan.Bytes(), &s); err != nil {
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

type probe struct {
	Code int `json:"code"`
}

// Silent: there is no response in sight.
func (p probe) Err() error {
	if p.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: a method of the probe has judged its code.
func ProbedByMethod(body []byte) (string, error) {
	var p probe
	if err := json.Unmarshal(body, &p); err != nil {
		return "", err
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: so has somebody who got the whole probe.
func ProbedElsewhere(body []byte, ok func(any) bool) (string, error) {
	var p struct {
		Status string `json:"status"`
	}
	if err := json.Unmarshal(body, &p); err != nil {
		return "", err
	}
	if !ok(p) {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the literal decodes what was checked around it.
func CapturedChecked(c Client, raw []byte, retry func(func() error) error) error {
	if err := c.Check(raw); err != nil {
		return err
	}
	return retry(func() error {
		var s Result
		return json.Unmarshal(raw, &s)
	})
}

// Silent: a probe was judged around it.
func CapturedProbed(raw []byte, retry func(func() error) error) error {
	var probe struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(raw, &probe); err != nil {
		return err
	}
	if probe.Code != 0 {
		return errRefused
	}
	return retry(func() error {
		var s Result
		return json.Unmarshal(raw, &s)
	})
}

// Silent: another literal checks what this one decodes.
func CapturedByBoth(c Client, raw []byte, both func(check, decode func() error) error) error {
	return both(func() error {
		return c.Check(raw)
	}, func() error {
		var s Result
		return json.Unmarshal(raw, &s)
	})
}

// Silent: what the literal decodes is what the client gave.
func CapturedGiven(raw []byte, get func() ([]byte, error), retry func(func() error) error) error {
	return retry(func() (err error) {
		if raw, err = get(); err != nil {
			return err
		}
		var s Result
		return json.Unmarshal(raw, &s)
	})
}

// Silent: somebody who may fail has filled the slice.
func FilledSlice(n int, fill func([]byte) error) (string, error) {
	raw := make([]byte, n)
	if err := fill(raw); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the program wrote some bytes itself.
func Patched(body io.Reader, n int) (string, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(body, raw); err != nil {
		return "", err
	}
	raw[n-1] = '}'
	var s Result
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the text is compared with what a success says.
func ComparedText(text string) (string, error) {
	if text == `{"code":0}` {
		return "", nil
	}
	if text[8] != '0' {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the check gets the bytes among others.
func CheckedAmong(body []byte, check func(...any) error) (string, error) {
	if err := check("create", body); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Answer is what the transport gives.
type Answer struct {
	Status int
	Body   []byte
}

// Silent: the check gets them in a struct.
func CheckedWithin(body []byte, check func(*Answer) error) (string, error) {
	if err := check(&Answer{200, body}); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a lookup of the text says what it means.
func Known(text string, fine map[string]bool) (string, error) {
	if !fine[text] {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the caller gets the text that was decoded.
func WithText(body []byte) (id, text string, err error) {
	text = string(body)
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", "", err
	}
	return s.RequestID, text, nil
}

// Silent: so does the caller of a function that keeps its results in variables until it returns.
func WithTextDeferred(body []byte) (id, text string, err error) {
	defer func() {}()
	text = string(body)
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", "", err
	}
	return s.RequestID, text, nil
}

// Silent: likewise, from the buffer.
func WithBuffer(body io.Reader) (id, text string, err error) {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(body); err != nil {
		return "", "", err
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return "", "", err
	}
	return s.RequestID, buf.String(), nil
}

// Silent: the writer has all that is in the answer.
func Forwarded(w io.Writer, body []byte) error {
	if _, err := io.Copy(w, bytes.NewReader(body)); err != nil {
		return err
	}
	var s Result
	return json.Unmarshal(body, &s)
}

// Silent: the reader's bytes go to the writer while they are read.
func ForwardedTee(w io.Writer, body io.Reader) error {
	var s Result
	return json.NewDecoder(io.TeeReader(body, w)).Decode(&s)
}

// Silent: a channel takes the answer before it is decoded.
func Sent(body []byte, answers chan<- []byte) (string, error) {
	select {
	case answers <- body:
	default:
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: with a status like that, the answer is decoded twice, and the first look decides.
func RefusedFirst(status int, body []byte) (string, error) {
	if status >= 400 {
		var refusal struct{ Code int }
		if err := json.Unmarshal(body, &refusal); err != nil || refusal.Code != 0 {
			return "", errRefused
		}
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}
