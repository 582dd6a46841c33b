package rawbytes

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

// The buffer has what the reader gave.
func Buffered(endpoint string) (string, error) {
	resp, err := http.Get(endpoint)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(resp.Body); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// So has one that is made by new, and whose text is decoded.
func BufferedNew(body io.Reader) (string, error) {
	buf := new(bytes.Buffer)
	if _, err := io.Copy(buf, body); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal([]byte(buf.String()), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The buffer is the decoder's reader.
func BufferedDecoder(body io.Reader) (string, error) {
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, io.LimitReader(body, 1<<20)); err != nil {
		return "", err
	}
	var s Result
	if err := json.NewDecoder(&buf).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The builder's text is the answer.
func Built(body io.Reader) (string, error) {
	var text strings.Builder
	if _, err := io.Copy(&text, body); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal([]byte(text.String()), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Written piece by piece, it is still nobody's who has looked.
func Written(head, tail []byte) (string, error) {
	var buf bytes.Buffer
	buf.Write(head)
	buf.Write(tail)
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// What is logged while it is read nobody has judged.
func Teed(body io.Reader) (string, error) {
	var seen bytes.Buffer
	var s Result
	if err := json.NewDecoder(io.TeeReader(body, &seen)).Decode(&s); err != nil { // want "result-unchecked"
		return "", err
	}
	log.Printf("answer: %s", seen.String())
	return s.RequestID, nil
}

// Each line is an answer.
func Lines(body io.Reader) (tasks []string, err error) {
	scan := bufio.NewScanner(body)
	for scan.Scan() {
		var s Result
		if err := json.Unmarshal(scan.Bytes(), &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, scan.Err()
}

// So it is as a text, and where the scanner has a buffer of its own.
func LineTexts(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	tasks := make(map[string]string)
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		line := strings.TrimSpace(scan.Text())
		if line == "" {
			continue
		}
		var s Result
		if err := json.Unmarshal([]byte(line), &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks[s.Message] = s.RequestID
	}
	return tasks, nil
}

// A bufio.Reader gives lines, too.
func ReadLine(body io.Reader) (string, error) {
	line, err := bufio.NewReader(body).ReadBytes('\n')
	if err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(line, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// The elements are the caller's, and raw like any bytes of a parameter.
func Each(bodies [][]byte) (tasks []string, err error) {
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return tasks, nil
}

// So is one of them that is read by its index.
func First(bodies []json.RawMessage) (string, error) {
	if len(bodies) == 0 {
		return "", io.EOF
	}
	var s Result
	if err := json.Unmarshal(bodies[0], &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// And one that a map has.
func Named(bodies map[string]string) (map[string]string, error) {
	tasks := make(map[string]string)
	for name, body := range bodies {
		var s Result
		if err := json.Unmarshal([]byte(body), &s); err != nil { // want "result-unchecked"
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		tasks[name] = s.RequestID
	}
	return tasks, nil
}

// A literal decodes what it captures.
func Captured(raw []byte, retry func(func() error) error) error {
	return retry(func() error {
		var s Result
		return json.Unmarshal(raw, &s) // want "result-unchecked"
	})
}

// So does one that is deferred to a worker, and captures what was read.
func CapturedRead(body io.Reader, start func(func() error)) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	start(func() error {
		var s Result
		if err := json.Unmarshal(raw, &s); err != nil { // want "result-unchecked"
			return err
		}
		return nil
	})
	return nil
}

// The slice is filled from the reader.
func Full(body io.Reader, n int) (string, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(body, raw); err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(raw, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// So it is by Read, up to where it was filled.
func Read(body io.Reader) (string, error) {
	raw := make([]byte, 4096)
	n, err := body.Read(raw)
	if err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(raw[:n], &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// A copy of the bytes is what the bytes are.
func Copied(body []byte) (string, error) {
	raw := append([]byte(nil), body...)
	var s Result
	if err := json.Unmarshal(raw, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// Nor does looking at whether there is anything say what it is.
func NotEmpty(text string) (string, error) {
	if text == "" {
		return "", io.EOF
	}
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// A helper gives what it has read into its buffer.
func slurp(body io.Reader) ([]byte, error) {
	var buf bytes.Buffer
	_, err := buf.ReadFrom(body)
	return buf.Bytes(), err
}

// The bytes come as they were read.
func fetch(endpoint string) (*bytes.Buffer, error) {
	resp, err := http.Get(endpoint)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	buf := new(bytes.Buffer)
	if _, err := buf.ReadFrom(resp.Body); err != nil {
		return nil, err
	}
	return buf, nil
}

// The helper has not looked into what it gives.
func Fetched(endpoint string) (string, error) {
	buf, err := fetch(endpoint)
	if err != nil {
		return "", err
	}
	var s Result
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// closed gives the answer, or the error of closing its body. Nobody has looked into the answer: an
// error of Close has nothing of it.
//
// Silent: the caller gets the answer.
func closed(body io.ReadCloser) (s Result, err error) {
	defer func() {
		if failure := body.Close(); failure != nil && err == nil {
			err = failure
		}
	}()
	err = json.NewDecoder(body).Decode(&s)
	return s, err
}

// Nobody does here, either.
func Closed(body io.ReadCloser) (string, error) {
	s, err := closed(body) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Negative codes pass.
func ClosedWeak(body io.ReadCloser) (string, error) {
	s, err := closed(body)
	if err != nil {
		return "", err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return "", errRefused
	}
	return s.RequestID, nil
}

// The other decode is of answers that were refused as a whole: no path comes by both.
func RefusedApart(status int, body []byte) (string, error) {
	if status >= 400 {
		var refusal struct{ Code int }
		if err := json.Unmarshal(body, &refusal); err != nil {
			return "", err
		}
		return "", fmt.Errorf("refused: %d", refusal.Code)
	}
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}
