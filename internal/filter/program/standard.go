package program

// membered are the structs of the standard library, by package, that can be embedded and have a member that responses
// have.
var membered = map[string][]string{
	"crypto/x509":       {"CertificateInvalidError"},
	"net/http/httptest": {"ResponseRecorder"},
	"net/textproto":     {"Error"},
	"syscall":           {"SockFilter"},
}

// AddStandard adds the types with a code that a package of the standard library has.
func AddStandard(path string, codes map[string]bool) {
	for _, name := range membered[path] {
		codes[name] = true
	}
}

// basic are the predeclared types that are no interfaces.
var basic = map[string]bool{
	"bool": true, "string": true, "byte": true, "rune": true, "uintptr": true,
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true,
	"uint": true, "uint8": true, "uint16": true, "uint32": true, "uint64": true,
	"float32": true, "float64": true, "complex64": true, "complex128": true,
}
