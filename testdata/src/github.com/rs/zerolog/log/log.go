// Package log stands for the real one: asynccheck knows it by its path.
package log

import "github.com/rs/zerolog"

var Logger zerolog.Logger

func Error() *zerolog.Event { return Logger.Error() }

func Fatal() *zerolog.Event { return Logger.Fatal() }

func Panic() *zerolog.Event { return Logger.Panic() }
