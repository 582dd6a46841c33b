// Package importpath compares import paths whatever their major versions are. Like everything that the filter imports,
// it links little.
package importpath

// Unversioned returns an import path without the elements that are major versions, such as /v2 or the .v3 of gopkg.in.
// All major versions of a package have the same path then.
func Unversioned(path string) string {
	for i := 1; i < len(path); i++ {
		if path[i-1] != '/' && path[i-1] != '.' || path[i] != 'v' {
			continue
		}
		end := i + 1
		for end < len(path) && '0' <= path[end] && path[end] <= '9' {
			end++
		}
		if end > i+1 && (end == len(path) || path[end] == '/') && afterFirst(path[:i-1], path[i-1]) {
			return Unversioned(path[:i-1] + path[end:])
		}
	}
	return path
}

// afterFirst reports whether a version after this part of a path is none of its first element: a host may have any
// name.
func afterFirst(before string, separator byte) bool {
	for i := range len(before) {
		if before[i] == '/' {
			return true
		}
	}
	return separator == '/' && before != ""
}
