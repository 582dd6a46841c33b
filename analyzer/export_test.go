package analyzer

// SetPartSize has packages divided into parts of n functions, and returns how to undo it.
func SetPartSize(n int) (undo func()) { return set(&partSize, n) }

// SetLeaveOut says whether functions are left out that are not concerned with responses, and
// returns how to undo it.
func SetLeaveOut(on bool) (undo func()) { return set(&leaveOut, on) }

func set[T any](variable *T, to T) (undo func()) {
	old := *variable
	*variable = to
	return func() { *variable = old }
}

// Shortened names an expression in a message that would be too long.
var Shortened = shortened
