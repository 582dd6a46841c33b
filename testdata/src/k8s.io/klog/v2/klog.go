// Package klog stands for the real one: asynccheck knows it by its path.
package klog

var out func(level, format string, args ...any)

func Errorf(format string, args ...any) { out("error", format, args...) }

func Exitf(format string, args ...any) { out("exit", format, args...) }
