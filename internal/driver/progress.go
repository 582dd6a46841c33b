package driver

// A Progress says how far a run is.
type Progress struct {
	Phase Phase

	// Done and Total are numbers of packages, with dependencies. Total is 0 in phases that don't count.
	Done, Total int
}

// A Phase is what a run is doing. Phases come in this order; the first one comes once, and the others come again if
// tests turn out to be broken. With a cache, types are looked for while packages are analyzed, once they are needed.
type Phase int

// The phases of a run.
const (
	Listing   Phase = iota // the go command lists packages
	Searching              // the filter looks for those that can matter
	Typing                 // the go command looks for types that are compiled already
	Analyzing              // packages are parsed, type-checked and analyzed
)

// String says in words what is going on.
func (p Phase) String() string {
	return [...]string{"listing packages", "looking for packages that matter", "looking for compiled types", "packages analyzed"}[p]
}

// enter begins a phase.
func (cfg *Config) enter(p Phase) {
	cfg.progress(Progress{Phase: p})
}

func (cfg *Config) progress(p Progress) {
	if cfg.Progress != nil {
		cfg.Progress(p)
	}
}
