package imports

import (
	"fixes.example/types"
)

func ForeignGroup(r *types.Batch) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return types.ErrFailed
	}
	return nil
}
