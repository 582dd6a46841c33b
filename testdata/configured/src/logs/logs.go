// Package logs has loggers that only the configuration knows.
package logs

// Event hands its arguments to somebody else: it isn't known as a printer by what it does.
func Event(name string, args ...any) { sink(name, args) }

// Other does the same, and isn't named.
func Other(name string, args ...any) { sink(name, args) }

var sink func(string, []any)

type Logger struct{}

func (l *Logger) Event(arg any) { sink("", []any{arg}) }

type Sink interface{ Event(arg any) }
