package imports

func None(r *answer) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
