package imports

import (
	"encoding/json" // for Unmarshal
	"os"

	"fixes.example/types"
)

// Two fixes need the import.
func Group(b []byte) error {
	var r types.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return types.ErrFailed
	}
	return nil
}

func GroupToo(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var r types.Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return types.ErrFailed
	}
	return nil
}
