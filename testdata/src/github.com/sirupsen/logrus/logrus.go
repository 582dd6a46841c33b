// Package logrus stands for the real one: asynccheck knows it by its path.
package logrus

type Logger struct {
	out func(level, format string, args ...any)
}

var std = new(Logger)

func WithField(key string, value any) *Entry { return &Entry{std} }

func Panicln(args ...any) { std.out("panic", "", args...) }

func (l *Logger) Panicf(format string, args ...any) { l.out("panic", format, args...) }

func (l *Logger) Fatalln(args ...any) { l.out("fatal", "", args...) }

func (l *Logger) Exit(code int) { l.out("exit", "") }

type Entry struct{ logger *Logger }

func (e *Entry) Panicf(format string, args ...any) { e.logger.out("panic", format, args...) }
