package analyzer

// SetPartSize has packages divided into parts of n functions, and returns how to undo it.
func SetPartSize(n int) (undo func()) {
	old := partSize
	partSize = n
	return func() { partSize = old }
}

// SetLeaveOut says whether functions are left out that are not concerned with responses, and
// returns how to undo it.
func SetLeaveOut(on bool) (undo func()) {
	old := leaveOut
	leaveOut = on
	return func() { leaveOut = old }
}
