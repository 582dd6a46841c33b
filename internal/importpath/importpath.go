// Package importpath compares import paths whatever their major versions are. Like everything that the filter imports,
// it links little.
package importpath

// Valid reports whether the path may be that of a package.
func Valid(path string) bool {
	start := 0
	for i, c := range path + "/" {
		switch {
		case c != '/':
			if c <= ' ' || c == '\uFFFD' || isForbidden(c) {
				return false
			}
		case onlyDots(path[start:i]):
			return false
		default:
			start = i + 1
		}
	}
	return true
}

func isForbidden(c rune) bool {
	for _, f := range "!\"#$%&'()*,:;<=>?[\\]^`{|}" {
		if c == f {
			return true
		}
	}
	return false
}

// onlyDots reports whether there is nothing but dots.
func onlyDots(s string) bool {
	for _, c := range s {
		if c != '.' {
			return false
		}
	}
	return true
}

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
