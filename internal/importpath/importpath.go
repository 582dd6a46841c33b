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
// All major versions of a package have the same path then. A copy below vendor has the path of its original: without
// modules, as in GOPATH and in Bazel, it is imported as example.com/x/vendor/github.com/y.
func Unversioned(path string) string {
	path = original(path)
	for {
		start, end := version(path)
		if start < 0 {
			return path
		}
		path = path[:start-1] + path[end:]
	}
}

// Major returns the major version in an import path, and 1 if there is none. If there are several, it returns the first:
// that of the module.
func Major(path string) (n int) {
	path = original(path)
	start, end := version(path)
	if start < 0 {
		return 1
	}
	for _, digit := range path[start+1 : end] {
		n = 10*n + int(digit-'0')
	}
	return n
}

// original returns the path without the directories around a copy.
func original(path string) string {
	const vendor = "vendor/"
	for i := len(path) - len(vendor); i >= 0; i-- {
		if path[i:i+len(vendor)] == vendor && (i == 0 || path[i-1] == '/') {
			return path[i+len(vendor):]
		}
	}
	return path
}

// version returns where the first major version begins and ends in a path, such as v2. If there is none, start is
// negative.
func version(path string) (start, end int) {
	for i := 1; i < len(path); i++ {
		if path[i-1] != '/' && path[i-1] != '.' || path[i] != 'v' {
			continue
		}
		end := i + 1
		for end < len(path) && '0' <= path[end] && path[end] <= '9' {
			end++
		}
		if end > i+1 && (end == len(path) || path[end] == '/') && afterFirst(path[:i-1], path[i-1]) {
			return i, end
		}
	}
	return -1, 0
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
