package driver

import (
	"context"
	"go/types"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
)

// variables are those of the go command that types, or errors in packages that use C, depend on.
var variables = []string{
	"GOVERSION", "GOOS", "GOARCH", "GOEXPERIMENT", "GOFLAGS", "CGO_ENABLED", "CC", "CXX",
	"CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS", "PKG_CONFIG",
}

// cacheProgram is the variable for a program that keeps the go command's build cache. It may use the name of a file again,
// for something else.
const cacheProgram = "GOCACHEPROG"

// A goEnv has the values of variables of the go command, once it has said them.
type goEnv struct {
	start func() // begins to ask, if nobody has asked yet

	// values returns those of variables, a line for each, and that of cacheProgram. Values are empty if the go command
	// fails.
	values func() (values, program string)
}

// newGoEnv returns what will ask the go command, once.
func (cfg *Config) newGoEnv(ctx context.Context) *goEnv {
	said := make(chan []byte, 1)
	e := &goEnv{start: sync.OnceFunc(func() {
		go func() { said <- cfg.askGo(ctx, append(slices.Clone(variables), cacheProgram)...) }()
	})}
	e.values = sync.OnceValues(func() (values, program string) {
		e.start()
		return withoutProgram(string(<-said))
	})
	return e
}

// withoutProgram separates the last line, which has the value of cacheProgram.
func withoutProgram(env string) (rest, program string) {
	i := strings.LastIndexByte(strings.TrimSuffix(env, "\n"), '\n') + 1
	return env[:i], strings.TrimSpace(env[i:])
}

// variable returns the value of one of the variables, "" if the go command fails.
func (e *goEnv) variable(name string) string {
	values, _ := e.values()
	if values == "" {
		return ""
	}
	return strings.Split(values, "\n")[slices.Index(variables, name)]
}

// fixed reports whether a file of the build cache keeps its content for ever.
func (e *goEnv) fixed() bool {
	_, program := e.values()
	return program == ""
}

// overlaid reports whether a flag -overlay has other files compiled than those that packages name.
func (e *goEnv) overlaid() bool {
	values, _ := e.values()
	return strings.Contains(values, "-overlay")
}

// sizes returns the sizes of types, nil if they are unknown.
func (e *goEnv) sizes() types.Sizes {
	if values, _ := e.values(); otherBuildSystem() || strings.Contains(values, "gccgo") {
		return nil
	}
	return types.SizesFor("gc", e.variable("GOARCH"))
}

// otherBuildSystem reports whether another program than the go command lists packages.
func otherBuildSystem() bool {
	program := os.Getenv("GOPACKAGESDRIVER")
	return program != "" && program != "off"
}

// askGo returns the values of variables of the go command, a line for each. It returns nil if that fails.
func (cfg *Config) askGo(ctx context.Context, names ...string) []byte {
	cmd := exec.CommandContext(ctx, "go", append([]string{"env"}, names...)...)
	cmd.Dir, cmd.Env = cfg.Dir, cfg.Env
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	return out
}
