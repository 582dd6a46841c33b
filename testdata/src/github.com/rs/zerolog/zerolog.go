// Package zerolog stands for the real one: asynccheck knows it by its path.
package zerolog

type Logger struct {
	out func(level, message string)
}

func (l *Logger) Error() *Event { return &Event{l, "error"} }

func (l *Logger) Fatal() *Event { return &Event{l, "fatal"} }

func (l *Logger) Panic() *Event { return &Event{l, "panic"} }

type Event struct {
	logger *Logger
	level  string
}

func (e *Event) Str(key, value string) *Event { return e }

func (e *Event) Int(key string, value int) *Event { return e }

func (e *Event) Interface(key string, value any) *Event { return e }

func (e *Event) Func(f func(e *Event)) *Event {
	f(e)
	return e
}

func (e *Event) Msg(message string) { e.logger.out(e.level, message) }
