// Package errors stands for the real one: asynccheck knows it by its path.
package errors

import (
	"errors"
	"fmt"
)

func New(message string) error { return errors.New(message) }

func Wrap(err error, message string) error {
	if err == nil {
		return nil
	}
	return errors.Join(errors.New(message), err)
}

func Wrapf(err error, format string, args ...any) error {
	return Wrap(err, fmt.Sprintf(format, args...))
}

func WithMessage(err error, message string) error { return Wrap(err, message) }

func WithStack(err error) error { return Wrap(err, "") }
