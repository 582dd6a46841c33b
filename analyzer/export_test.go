package analyzer

// SetPartSize has packages divided into parts of n functions, and returns how to undo it.
func SetPartSize(n int) (undo func()) {
	old := partSize
	partSize = n
	return func() { partSize = old }
}
