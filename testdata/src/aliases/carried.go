package aliases

import "errors"

type request struct{ IDs []string }

// sendBatch is somebody else's.
var sendBatch func(detail map[string]*Task) (*Batch, error)

var sendAgain func(last *Batch) (*Batch, error)

var errTries = errors.New("too many tries")

// Silent: what failed is carried into the next request.
func Carried(detail map[string]*Task) error {
	out, err := sendBatch(detail)
	for range 3 {
		if err != nil {
			return err
		}
		if out.Code == 0 {
			return nil
		}
		out, err = sendBatch(out.Detail)
	}
	return errTries
}

// Silent: likewise with the whole answer.
func CarriedAsAWhole() error {
	var out *Batch
	var err error
	for range 3 {
		out, err = sendAgain(out)
		if err != nil {
			return err
		}
		if out.Code == 0 {
			return nil
		}
	}
	_, err = sendAgain(out)
	if err != nil {
		return err
	}
	return errTries
}

// Each turn drops what failed, and repeats what succeeded.
func NotCarried(detail map[string]*Task) error {
	for range 3 {
		out, err := sendBatch(detail)
		if err != nil {
			return err
		}
		if out.Code == 0 { // want "batch-partial-as-failure"
			return nil
		}
	}
	return errTries
}
