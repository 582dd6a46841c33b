// Package zap stands for the real one: asynccheck knows it by its path.
package zap

type SugaredLogger struct {
	out func(level, template string, args ...any)
}

func (s *SugaredLogger) DPanicf(template string, args ...any) { s.out("dpanic", template, args...) }

func (s *SugaredLogger) Panicf(template string, args ...any) { s.out("panic", template, args...) }
