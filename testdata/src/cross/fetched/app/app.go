// Package app decodes what package transport fetched.
package app

import (
	"encoding/json"
	"errors"
	"strings"

	"cross/fetched/text"
	"cross/fetched/transport"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errFailed = errors.New("failed")

func fromBytes(c *transport.Client) (string, error) {
	b, err := c.Do("https://cvm.api.qcloud.com/v2/index.php")
	if err != nil {
		return "", err
	}
	var r Result
	if err := json.Unmarshal(b, &r); err != nil { // want `a failed request is treated as done: r.Code is not checked before`
		return "", err
	}
	return r.RequestID, nil
}

func fromText(c *text.Client) (string, error) {
	s, err := c.Fetch("https://cvm.api.qcloud.com/v2/index.php")
	if err != nil {
		return "", err
	}
	var r Result
	if err := json.NewDecoder(strings.NewReader(s)).Decode(&r); err != nil { // want `a failed request is treated as done: r.Code is not checked before`
		return "", err
	}
	return r.RequestID, nil
}

func fromReader(c *transport.Client) (string, error) {
	body, err := c.Open("https://cvm.api.qcloud.com/v2/index.php")
	if err != nil {
		return "", err
	}
	defer body.Close()
	var r Result
	if err := json.NewDecoder(body).Decode(&r); err != nil { // want `a failed request is treated as done: r.Code is not checked before`
		return "", err
	}
	return r.RequestID, nil
}

func fromMessage(c *transport.Client) (string, error) {
	m, err := c.Message("https://cvm.api.qcloud.com/v2/index.php")
	if err != nil {
		return "", err
	}
	var r Result
	if err := json.Unmarshal(m, &r); err != nil { // want `a failed request is treated as done: r.Code is not checked before`
		return "", err
	}
	return r.RequestID, nil
}

// The code is looked at before the task ID leaves.
func checked(c *text.Client) (string, error) {
	s, err := c.Fetch("https://cvm.api.qcloud.com/v2/index.php")
	if err != nil {
		return "", err
	}
	var r Result
	if err := json.Unmarshal([]byte(s), &r); err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", errFailed
	}
	return r.RequestID, nil
}
