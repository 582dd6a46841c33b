package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash"
	"io"
	"log"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/driver"
)

// calledByGo reports whether the arguments are those that "go vet" gives to
// the tool: a question for its version or flags, or a unit to analyze.
func calledByGo(args []string) bool {
	return len(args) == 1 && (args[0] == "-V=full" || args[0] == "-flags") ||
		len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// vet is the command called by "go vet". Where it returns at all, it returns
// the exit status.
func vet(args []string) int {
	var opts options
	flags := opts.flags()
	unit := args
	switch args[0] {
	case "-flags":
		return printFlags(flags)
	case "-V=full":
		return printVersion()
	default:
		var err error
		if unit, err = opts.parseUnit(flags, args); err != nil {
			printError(err)
			return exitFailure
		}
	}
	// The go command prints no categories, and doesn't say whether it is going to print
	// the messages or hand them on as JSON.
	opts.config.SayRule = true
	a, err := analyzer.New(opts.config)
	if err != nil {
		log.Print(err)
		return exitFailure
	}
	os.Args = append(os.Args[:1], unit...)
	unitchecker.Main(driver.Guard(a))
	panic("unreachable")
}

// printVersion prints the line by which the go command tells whether what it has
// cached is still right: it stands for the program and the configuration. If the latter
// is wrong, nothing gets as far as to be analyzed, and it is said once.
func printVersion() int {
	name, err := os.Executable()
	if err != nil {
		log.Print(err)
		return exitFailure
	}
	h := sha256.New()
	if err := cmp.Or(hashFile(h, name), hashConfigs(h)); err != nil {
		printError(err)
		return exitFailure
	}
	fmt.Printf("%s version devel comments-go-here buildID=%02x\n", name, h.Sum(nil))
	return exitClean
}

func hashFile(h hash.Hash, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // nothing was written
	_, err = io.Copy(h, f)
	return err
}

// printError prints an error. Those of a configuration begin with their position.
func printError(err error) {
	if wrong, ok := errors.AsType[config.Errors](err); ok {
		fmt.Fprintln(os.Stderr, wrong)
		return
	}
	log.Print(err)
}

// printFlags describes to the go command the flags that it may pass on. Its
// own -c, -fix and -diff are not for it to pass on.
func printFlags(flags *flag.FlagSet) int {
	type description struct {
		Name  string
		Bool  bool
		Usage string
	}
	var list []description
	for _, name := range []string{"rules", "strict", "generated", "debug", "json"} {
		f := flags.Lookup(name)
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		list = append(list, description{f.Name, ok && b.IsBoolFlag(), f.Usage})
	}
	if err := json.NewEncoder(os.Stdout).Encode(list); err != nil {
		log.Print(err)
		return exitFailure
	}
	return exitClean
}

// parseUnit parses a unit's command line, and returns what is left of it for
// [unitchecker.Main], which knows the driver's flags but not ours.
func (o *options) parseUnit(flags *flag.FlagSet, args []string) (unit []string, err error) {
	file := args[len(args)-1]
	if err := flags.Parse(args); err != nil {
		// Whatever the user's packages import, down to the bottom of the
		// standard library, is a unit too, but only for its facts. Let what
		// is wrong be said where findings would be, not a hundred times.
		if readUnit(file).VetxOnly {
			*o = options{}
			return []string{file}, nil
		}
		return nil, err
	}
	if flags.NArg() != 1 {
		return nil, fmt.Errorf("want one unit to analyze, got %q", flags.Args())
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	if err := o.configureUnit(flags, readUnit(file)); err != nil {
		return nil, err
	}
	return []string{
		fmt.Sprintf("-json=%t", o.json),
		fmt.Sprintf("-fix=%t", o.fix),
		fmt.Sprintf("-diff=%t", o.diff),
		fmt.Sprintf("-c=%d", o.context),
		file,
	}, nil
}

// readUnit reads what the file says of a unit. What is wrong with the file is not
// said here: the driver reads it again.
func readUnit(file string) (unit unitchecker.Config) {
	if data, err := os.ReadFile(file); err == nil {
		_ = json.Unmarshal(data, &unit)
	}
	return unit
}
