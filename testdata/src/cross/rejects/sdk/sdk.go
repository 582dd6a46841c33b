// Package sdk asks for batches and turns codes into errors, with the detail or
// without it.
package sdk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
)

// Item is what happened to one instance.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Batch is the answer to a call that names several instances.
type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// An Error has the whole answer.
type Error struct{ Answer *Batch }

// Silent: a printer of what is kept.
func (e *Error) Error() string { return e.Answer.Message }

// Client talks to the API.
type Client struct {
	http    *http.Client
	answers [][]byte
}

// Silent: there is no response in sight.
func (c *Client) post(action string, form url.Values) ([]byte, error) {
	form.Set("Action", action)
	resp, err := c.http.PostForm("https://cvm.api.qcloud.com/v2/index.php", form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Silent: the response is returned.
func (c *Client) batch(action string, form url.Values) (*Batch, error) {
	body, err := c.post(action, form)
	if err != nil {
		return nil, err
	}
	r := new(Batch)
	return r, json.Unmarshal(body, r)
}

// Stop keeps the detail for itself.
func (c *Client) Stop(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return nil, fmt.Errorf("stop: %s (%d)", r.Message, r.Code)
	}
	return r, nil
}

// StartOne has nothing to keep: there is one instance in the detail.
//
// Silent: the request names no other.
func (c *Client) StartOne(id string) (*Batch, error) {
	r, err := c.batch("StartInstances", url.Values{"instanceIds.0": {id}})
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return nil, fmt.Errorf("start %s: %s (%d)", id, r.Message, r.Code)
	}
	return r, nil
}

// StopLogged writes it to the log.
func (c *Client) StopLogged(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Printf("stop: %+v", r.Detail)
		return nil, errors.New(r.Message)
	}
	return r, nil
}

// StopAll knows one failure that is not partial, and has the same error for the others.
func (c *Client) StopAll(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return r, nil
	case 5100:
		return nil, errors.New("no instance stopped")
	}
	return nil, errors.New("not all instances stopped")
}

// StopBoth gives the answer beside the error.
//
// Silent: the response is returned.
func (c *Client) StopBoth(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return r, errors.New(r.Message)
	}
	return r, nil
}

// StopError gives the answer within the error.
//
// Silent: the detail is handed on.
func (c *Client) StopError(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return nil, &Error{r}
	}
	return r, nil
}

// StopNamed names the instances.
//
// Silent: the detail is inspected.
func (c *Client) StopNamed(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	var failed []string
	for id, i := range r.Detail {
		if i.Code != 0 {
			failed = append(failed, id)
		}
	}
	if r.Code != 0 {
		return nil, fmt.Errorf("failed: %v", failed)
	}
	return r, nil
}

// StopPartial rejects any failure but a partial one.
//
// Silent: the response is returned.
func (c *Client) StopPartial(form url.Values) (*Batch, error) {
	r, err := c.batch("StopInstances", form)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5400 {
		return nil, errors.New(r.Message)
	}
	return r, nil
}

// StopKept keeps each answer as it came.
//
// Silent: whoever has the bytes has the detail.
func (c *Client) StopKept(form url.Values) (*Batch, error) {
	body, err := c.post("StopInstances", form)
	if err != nil {
		return nil, err
	}
	c.answers = append(c.answers, body)
	r := new(Batch)
	if err := json.Unmarshal(body, r); err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return nil, errors.New(r.Message)
	}
	return r, nil
}

// StopTwice is a wrapper of a wrapper.
//
// Silent: Stop is reported.
func (c *Client) StopTwice(form url.Values) (*Batch, error) {
	r, err := c.Stop(form)
	if err != nil {
		return c.Stop(form)
	}
	return r, nil
}

// Into fills its caller's memory before it looks at the code.
//
// Silent: the caller can look at the detail in spite of the error.
func (c *Client) Into(form url.Values, r *Batch) error {
	body, err := c.post("StopInstances", form)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errors.New(r.Message)
	}
	return nil
}

// Fill does all of it in one place: it closes the answer's body, logs it, and looks at the
// code before it fills its caller's memory.
//
// Silent: the type of the answer is the caller's.
func (c *Client) Fill(form url.Values, out any) error {
	resp, err := c.http.PostForm("https://cvm.api.qcloud.com/v2/index.php", form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	log.Printf("%d %s", resp.StatusCode, body)
	var probe struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &probe); err != nil {
		return err
	}
	var newer struct { // what another version of the API answers
		Response struct {
			Error struct{ Message string }
		}
	}
	if err := json.Unmarshal(body, &newer); err != nil {
		return err
	}
	if probe.Code != 0 {
		return errors.New(probe.Message)
	}
	if newer.Response.Error.Message != "" {
		return errors.New(newer.Response.Error.Message)
	}
	return json.Unmarshal(body, out)
}

// Call lets only code 0 pass, whatever it is asked for.
//
// Silent: the type of the answer is the caller's.
func Call[T any](c *Client, action string, form url.Values) (*T, error) {
	body, err := c.post(action, form)
	if err != nil {
		return nil, err
	}
	var probe struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &probe); err != nil {
		return nil, err
	}
	if probe.Code != 0 {
		return nil, errors.New(probe.Message)
	}
	out := new(T)
	return out, json.Unmarshal(body, out)
}

// Reboot asks for a batch through Call.
func (c *Client) Reboot(form url.Values) (*Batch, error) {
	return Call[Batch](c, "RebootInstances", form) // want "batch-detail-unreachable"
}

// RebootChecked likewise, and says so in its error.
func (c *Client) RebootChecked(form url.Values) (*Batch, error) {
	r, err := Call[Batch](c, "RebootInstances", form) // want "batch-detail-unreachable"
	if err != nil {
		return nil, fmt.Errorf("reboot: %w", err)
	}
	return r, nil
}

// A head is the part of an answer that all answers have.
type head struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Silent: what it belongs to is no response by itself.
func (h *head) err() error {
	if h.Code != 0 {
		return errors.New(h.Message)
	}
	return nil
}

// StopProbed decodes the code first. What it does about it, it does to the batch.
func (c *Client) StopProbed(form url.Values) (*Batch, error) {
	body, err := c.post("StopInstances", form)
	if err != nil {
		return nil, err
	}
	var h head
	if err := json.Unmarshal(body, &h); err != nil {
		return nil, err
	}
	if h.Code != 0 { // want "batch-partial-as-failure: nobody learns which resources failed: h.Code may be 5400 at .*, but r.Detail is not checked"
		return nil, errors.New(h.Message)
	}
	var r Batch
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, err
	}
	for id, i := range r.Detail {
		if i.Code != 0 {
			return nil, fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return &r, nil
}

// StopAsked likewise, by a method. Missed: the head is no response, and what its
// methods do is not known.
func (c *Client) StopAsked(form url.Values) error {
	body, err := c.post("StopInstances", form)
	if err != nil {
		return err
	}
	var h head
	if err := json.Unmarshal(body, &h); err != nil {
		return err
	}
	if err := h.err(); err != nil {
		return err
	}
	var r Batch
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	return c.keep(&r)
}

// Silent: nobody knows what a hook does.
func (c *Client) keep(r *Batch) error { return hook(r) }

var hook func(*Batch) error

// StopPeeked rejects any failure but a partial one before it decodes the rest.
//
// Silent: every entry is inspected.
func (c *Client) StopPeeked(form url.Values) error {
	body, err := c.post("StopInstances", form)
	if err != nil {
		return err
	}
	var h head
	if err := json.Unmarshal(body, &h); err != nil {
		return err
	}
	if h.Code != 0 && h.Code != 5400 {
		return errors.New(h.Message)
	}
	var r Batch
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	for id, i := range r.Detail {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return nil
}

// StopRaw has the answer in its error.
//
// Silent: whoever gets the error has the detail.
func (c *Client) StopRaw(form url.Values) (*Batch, error) {
	body, err := c.post("StopInstances", form)
	if err != nil {
		return nil, err
	}
	var h head
	if err := json.Unmarshal(body, &h); err != nil {
		return nil, err
	}
	if h.Code != 0 {
		return nil, fmt.Errorf("refused: %s", body)
	}
	r := new(Batch)
	return r, json.Unmarshal(body, r)
}
