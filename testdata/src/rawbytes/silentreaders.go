package rawbytes

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Silent: the request that a server serves is no answer.
func Serve(w http.ResponseWriter, r *http.Request) {
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, r.Body); err != nil {
		return
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return
	}
	fmt.Fprintln(w, "created", s.RequestID)
}

// Silent: so are its lines.
func ServeLines(tasks chan<- string, r *http.Request) {
	scan := bufio.NewScanner(r.Body)
	for scan.Scan() {
		var s Result
		if err := json.Unmarshal(scan.Bytes(), &s); err != nil {
			return
		}
		tasks <- s.RequestID
	}
}

// Silent: what the variable holds a literal may have set.
func SetByLiteral(get func() []byte, raw []byte, each func(func())) (string, error) {
	each(func() { raw = get() })
	var s Result
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a literal compares the text.
func ComparedInLiteral(text string, each func(func())) (string, error) {
	ok := false
	each(func() { ok = strings.HasPrefix(text, `{"code":0`) })
	if !ok {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the switch tells one text from another.
func Switched(text string) (string, error) {
	switch text {
	case "busy":
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the loop looks at each character.
func Ranged(text string) (string, error) {
	digits := 0
	for _, c := range text {
		if c >= '1' && c <= '9' {
			digits++
		}
	}
	if digits > 0 {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the function scans the code out of the text itself.
func Scanned(text string) (string, error) {
	code := 0
	if _, err := fmt.Sscanf(text, `{"code":%d,`, &code); err != nil || code != 0 {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the answers are made anew by somebody.
func Replaced(bodies [][]byte, clean func([]byte) ([]byte, error)) (tasks []string, err error) {
	for i := range bodies {
		if bodies[i], err = clean(bodies[i]); err != nil {
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

// Silent: there is no response in sight that is read any further.
func check(body []byte) error {
	var p probe
	if err := json.Unmarshal(body, &p); err != nil {
		return err
	}
	return p.Err()
}

// Silent: the helper has judged what is in the buffer.
func BufferJudged(body io.Reader) (string, error) {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(body); err != nil {
		return "", err
	}
	if err := check(buf.Bytes()); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: it has judged what was written.
func JudgedThenWritten(body []byte) (string, error) {
	if err := check(body); err != nil {
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

// Silent: it has judged each of them.
func EachJudged(bodies [][]byte) (tasks []string, err error) {
	for i := range bodies {
		if err := check(bodies[i]); err != nil {
			return nil, err
		}
		var s Result
		if err := json.Unmarshal(bodies[i], &s); err != nil {
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// Silent: it has judged what the literal decodes.
func CapturedJudged(raw []byte, retry func(func() error) error) error {
	if err := check(raw); err != nil {
		return err
	}
	return retry(func() error {
		var s Result
		return json.Unmarshal(raw, &s)
	})
}

// Silent: it has judged one of two, and the other is checked by somebody.
func EitherJudged(c Client, first, second []byte, again bool) (string, error) {
	if err := check(first); err != nil {
		return "", err
	}
	body := first
	if again {
		body = second
		if err := c.Check(body); err != nil {
			return "", err
		}
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a probe of one of two was judged.
func EitherProbed(first, second []byte, again bool) (string, error) {
	var p probe
	if err := json.Unmarshal(first, &p); err != nil {
		return "", err
	}
	if p.Code != 0 {
		return "", errRefused
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

type counted struct {
	io.Reader
	client Client
	ok     bool
}

// Silent: the reader is one that somebody wrote, and may look.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.ok = c.client.Check(p[:n]) == nil
	return n, err
}

// Silent: the reader checks while it is read.
func ReadChecked(c Client, body io.Reader) (string, error) {
	var buf bytes.Buffer
	in := &counted{Reader: body, client: c}
	if _, err := io.Copy(&buf, in); err != nil || !in.ok {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: two writers get what is read, and one of them is somebody's.
func Doubled(w io.Writer, body io.Reader) error {
	var buf bytes.Buffer
	if _, err := io.Copy(io.MultiWriter(&buf, w), body); err != nil {
		return err
	}
	var s Result
	return json.Unmarshal(buf.Bytes(), &s)
}

// Silent: the store keeps the buffer.
func (st *Store) KeepsBuffer(body io.Reader) error {
	buf := new(bytes.Buffer)
	if _, err := buf.ReadFrom(body); err != nil {
		return err
	}
	st.last = buf.Bytes()
	var s Result
	return json.Unmarshal(buf.Bytes(), &s)
}

// Silent: the error has the answer in it.
func Wrapped(body []byte) error {
	if st := (&Answer{200, body}); len(st.Body) > 0 {
		var s Result
		if err := json.Unmarshal(st.Body, &s); err != nil {
			return err
		}
	}
	return nil
}

// Silent: a form's value is the client's request, and so is a header's.
func ServeForm(tasks chan<- string, r *http.Request) error {
	var s Result
	if err := json.Unmarshal([]byte(r.FormValue("answer")), &s); err != nil {
		return err
	}
	tasks <- s.RequestID
	var h Result
	if err := json.Unmarshal([]byte(r.Header.Get("Answer")), &h); err != nil {
		return err
	}
	tasks <- h.RequestID
	return nil
}

// Silent: the probe is decoded in a literal, and judged around it.
func ProbedInLiteral(raw []byte, retry func(func() error) error) (string, error) {
	var p probe
	if err := retry(func() error { return json.Unmarshal(raw, &p) }); err != nil {
		return "", err
	}
	if p.Code != 0 {
		return "", errRefused
	}
	var s Result
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: so it is where a variable has the pointer.
func ProbedByPointer(raw []byte, retry func(func() error) error) (string, error) {
	p := new(probe)
	if err := retry(func() error { return json.Unmarshal(raw, p) }); err != nil {
		return "", err
	}
	if p.Code != 0 {
		return "", errRefused
	}
	s := new(Result)
	if err := json.Unmarshal(raw, s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}
