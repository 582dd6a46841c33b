package app

import (
	"io"
	"net/http"

	"cross/decoding/wire"
)

// Silent: the client has supplied the bytes, and may have looked into them.
func Sent(c Client) (string, error) {
	b, err := c.Send("CreateSnapshot")
	if err != nil {
		return "", err
	}
	var s Result
	if err := decode(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: so it is where another package decodes, and gives what it has decoded.
func SentByResult(c Client) (string, error) {
	b, err := c.Send("CreateSnapshot")
	if err != nil {
		return "", err
	}
	s, err := wire.Decoded[Result](b)
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the client has seen the bytes.
func Checked(c Client, b []byte) (string, error) {
	if err := c.Check(b); err != nil {
		return "", err
	}
	var s Result
	if err := wire.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: it sees them within the function that decodes.
func CheckedWithin(c Client, b []byte) (string, error) {
	var s Result
	if err := wire.Checked(b, &s, c.Check); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: they are decoded into something else, which is judged.
func Judged(b []byte) (string, error) {
	var h head
	if err := decodeAny(b, &h); err != nil {
		return "", err
	}
	if h.Code != 0 {
		return "", errRefused
	}
	var s Result
	if err := s.decode(b); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a call gives what is judged, and another one the response.
func JudgedResult(b []byte) (string, error) {
	h, err := decodedHead(b)
	if err != nil {
		return "", err
	}
	if h.Code != 0 {
		return "", errRefused
	}
	s, err := decoded(b)
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the callee decodes both, and here one is judged.
func JudgedBoth(b []byte) (string, error) {
	var h head
	var s Result
	if err := wire.Both(b, &h, &s); err != nil {
		return "", err
	}
	if h.Code != 0 {
		return "", errRefused
	}
	return s.RequestID, nil
}

// Silent: the callee lets code 0 through only.
func JudgedWithin(b []byte) (string, error) {
	var s Result
	if err := wire.Failing(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the type has a method that decodes it, and looks at the code.
func ByItself(b []byte) (string, error) {
	var s Strict
	if err := decodeAny(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: likewise, where the call gives it.
func ByItselfGiven(b []byte) (string, error) {
	s, err := wire.Decoded[Strict](b)
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: a request that the program serves is no answer.
func Serve(w http.ResponseWriter, r *http.Request) {
	var s Result
	if err := wire.Decode(r.Body, &s); err != nil {
		return
	}
	w.Header().Set("X-Request-ID", s.RequestID)
}

// Silent: nor is one that is read first, and given by a call.
func ServeRead(r *http.Request) (string, error) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	s, err := decoded(b)
	if err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: by its name, the callee decodes a request.
func ServeBound(b []byte) (string, error) {
	var s Result
	if err := wire.BindBody(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: the callee has kept the bytes, with the detail.
func Kept(b []byte) error {
	var r Batch
	if err := wire.Cached("last", b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the bytes are handed on before they are decoded.
func Forwarded(w io.Writer, b []byte) error {
	if _, err := w.Write(b); err != nil {
		return err
	}
	r, err := decodedBatch(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the response before has been handed on.
func Renewed(b, next []byte) (*Batch, error) {
	var first, second Batch
	if err := wire.Unmarshal(b, &first); err != nil {
		return nil, err
	}
	if err := wire.Next(next, &second, &first); err != nil {
		return nil, err
	}
	if first.Code != 0 {
		return nil, errRefused
	}
	return &second, nil
}

// Silent: the caller's memory is the caller's, who has asked for the answer.
func Into(b []byte, out *Batch) error { return wire.Unmarshal(b, out) }

// Silent: the code is judged where it comes out of an envelope.
func InEnvelope(b []byte) (string, error) {
	e, err := wire.Decoded[Envelope](b)
	if err != nil {
		return "", err
	}
	if e.Result.Code != 0 {
		return "", errRefused
	}
	return e.Result.RequestID, nil
}

// Silent: nothing of the envelope is used.
func NoEnvelope(b []byte) error {
	_, err := decodedEnvelope(b)
	return err
}

// Silent: where the bool is false, there is no response.
func NoneByBool(b []byte) error {
	var s Result
	if wire.OK(b, &s) {
		if s.Code != 0 {
			return errRefused
		}
	}
	return nil
}

// Silent: so it is where the call gives the response.
func NoneByBoolGiven(b []byte) error {
	s, ok := wire.Got[Result](b)
	if !ok {
		return nil
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: and where the bool says the opposite.
func NoneByOpposite(b []byte) error {
	var s Result
	if wire.Failed(b, &s) {
		return nil
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}
