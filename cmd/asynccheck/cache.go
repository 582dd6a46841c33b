package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io"

	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/driver/results"
)

// cacheFlag declares -cache.
func (o *options) cacheFlag(fs *flag.FlagSet) {
	o.cache = true
	fs.Var(&choice{[]string{"on", "off", "clean"}, func(value string) error {
		switch value {
		case "on", "off":
			o.cache = value == "on"
		case "clean":
			o.page = cleanCache
		default:
			return fmt.Errorf("want on, off or clean")
		}
		return nil
	}}, "cache", "what becomes of results, as a `word`: on keeps them for later runs (default), off doesn't, clean removes them and exits")
}

// cleanCache removes all results.
func cleanCache(io.Writer) error {
	dir := results.Dir()
	if dir == "" {
		return nil
	}
	return results.Clean(dir)
}

// results says where results stay, nil if they don't. With -nofilter and -why, packages are there to be analyzed: tests
// want to know whether the results are the same, and the answer comes from the analysis.
func (o *options) results(program string) *driver.Cache {
	if !o.cache || o.nofilter || o.why.file != "" || program == "" {
		return nil
	}
	return &driver.Cache{Dir: results.Dir(), Identity: func() ([]byte, error) {
		h := sha256.New()
		err := hashFile(h, program)
		return h.Sum(nil), err
	}}
}
