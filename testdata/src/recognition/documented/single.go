package documented

import "encoding/json"

// Single is the documented single result.
type Single struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Code, message and requestId make a single result: negative codes pass.
func SingleResult(b []byte) error {
	var s Single
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Code is a named outcome code.
type Code uint16

// TypedSingle has a named unsigned code.
type TypedSingle struct {
	Code      Code   `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Any integer type is a code: with 4400 there is no task.
func Typed(b []byte) error {
	var s TypedSingle
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// FloatSingle has a float code.
type FloatSingle struct {
	Code      float32 `json:"code"`
	Message   string  `json:"message"`
	RequestID string  `json:"requestId"`
}

// Any float type is a code: nobody looks at it.
func Float(b []byte) (string, error) {
	var s FloatSingle
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// NumberSingle has a number in text form for its code.
type NumberSingle struct {
	Code      json.Number `json:"code"`
	Message   string      `json:"message"`
	RequestID string      `json:"requestId"`
}

// json.Number is a code: nobody looks at it.
func Number(b []byte) (string, error) {
	var s NumberSingle
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// PointerSingle has pointers for its members.
type PointerSingle struct {
	Code      *int    `json:"code"`
	Message   *string `json:"message"`
	RequestID *string `json:"requestId"`
}

// A pointer to a code is a code: nobody looks behind it.
func PointerCode(b []byte) (*string, error) {
	var s PointerSingle
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return nil, err
	}
	return s.RequestID, nil
}

// QuotedSingle has its number in quotes.
type QuotedSingle struct {
	Code      int    `json:"code,string"`
	Message   string `json:"message,omitempty"`
	RequestID string `json:"requestId"`
}

// The tag's options change nothing: nobody looks at the code.
func Quoted(b []byte) (string, error) {
	var s QuotedSingle
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return "", err
	}
	return s.RequestID, nil
}

// CreateAnswer embeds the documented members beside its own.
type CreateAnswer struct {
	Single
	BalancerIDs []string `json:"unLoadBalancerIds"`
}

// Promoted members make a single result: the load balancers' IDs are those of
// a refused call.
func Promoted(b []byte) ([]string, error) {
	var s CreateAnswer
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return nil, err
	}
	return s.BalancerIDs, nil
}

// Silent: the recognised response is judged, and 0 alone succeeds.
func Judged(b []byte) ([]string, error) {
	var s CreateAnswer
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, err
	}
	if s.Single.Code != 0 {
		return nil, errFailed
	}
	return s.BalancerIDs, nil
}
