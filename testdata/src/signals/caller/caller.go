// Package caller gets outputs of an SDK that it does not import.
package caller

import (
	"context"
	"errors"
	"log"

	"signals/wrapper"
)

// The output comes unchecked, and is thrown away.
func Dropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.Send(ctx, nil) // want `result-unchecked`
	return err
}

// Silent: the wrapper turns failures into an error.
func Checked(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.SendAll(ctx, nil)
	return err
}

// Silent: the helper gives a verdict.
func ByHelper(ctx context.Context, q *wrapper.Queue) error {
	out, err := q.Send(ctx, nil)
	if err != nil {
		return err
	}
	return wrapper.Check(out)
}

// The helper only prints.
func OnlyNoted(ctx context.Context, q *wrapper.Queue) error {
	out, err := q.Send(ctx, nil) // want `result-unchecked`
	if err != nil {
		return err
	}
	wrapper.Note(out)
	return nil
}

// Silent: the failures are looked at.
func Looked(ctx context.Context, q *wrapper.Queue) error {
	out, err := q.Send(ctx, nil)
	if err != nil {
		return err
	}
	for _, f := range out.Failed {
		log.Print(*f.Id)
	}
	return nil
}

// The failures come in a list of their own.
func ListDropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.Failures(ctx, nil) // want `result-unchecked`
	return err
}

// Silent: the list is looked at.
func ListCounted(ctx context.Context, q *wrapper.Queue) (int, error) {
	failed, err := q.Failures(ctx, nil)
	return len(failed), err
}

// The output comes as any.
func AnyDropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.SendAny(ctx, nil) // want `result-unchecked`
	return err
}

// The output comes in a struct.
func ReportDropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.Report(ctx, nil) // want `result-unchecked`
	return err
}

// The wrapper has made a list of those that failed.
func IDsDropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.FailedIDs(ctx, nil) // want `result-unchecked: the answer of q\.FailedIDs is never checked`
	return err
}

// To print it is not to look.
func IDsPrinted(ctx context.Context, q *wrapper.Queue) error {
	failed, err := q.FailedIDs(ctx, nil) // want `result-unchecked: failed is only printed`
	if err != nil {
		return err
	}
	log.Print(failed)
	return nil
}

// Silent: they are sent again.
func IDsAgain(ctx context.Context, q *wrapper.Queue, again func(id string)) error {
	failed, err := q.FailedIDs(ctx, nil)
	if err != nil {
		return err
	}
	for _, id := range failed {
		again(id)
	}
	return nil
}

// Silent: the caller has them.
func IDsReturned(ctx context.Context, q *wrapper.Queue) ([]string, error) {
	return q.FailedIDs(ctx, nil)
}

// The list has errors.
func ErrorsDropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.FailedErrors(ctx, nil) // want `result-unchecked`
	return err
}

// Likewise.
func ErrorsByIndexDropped(ctx context.Context, q *wrapper.Queue) error {
	_, err := q.ErrorsByIndex(ctx, nil) // want `result-unchecked`
	return err
}

// Silent: they are joined, and nil if there are none.
func ErrorsJoined(ctx context.Context, q *wrapper.Queue) error {
	errs, err := q.FailedErrors(ctx, nil)
	if err != nil {
		return err
	}
	return errors.Join(errs...)
}

// Silent: the wrappers have looked at the failures.
func OthersDropped(ctx context.Context, q *wrapper.Queue) error {
	if _, err := q.Throttled(ctx, nil); err != nil {
		return err
	}
	if _, err := q.Logged(ctx, nil); err != nil {
		return err
	}
	if _, err := q.Returned(ctx, nil, true); err != nil {
		return err
	}
	if _, err := q.WithLastError(ctx, nil); err != nil {
		return err
	}
	if _, n, err := q.Counted(ctx, nil); err != nil || n > 0 {
		return errors.New("failed")
	}
	if _, err := q.Marked(ctx, nil); err != nil || q.Broken {
		return errors.New("failed")
	}
	_, err := q.WithError(ctx, nil)
	return err
}

// The helper prints each item.
func EachNoted(ctx context.Context, q *wrapper.Queue) error {
	out, err := q.Send(ctx, nil) // want `result-unchecked`
	if err != nil {
		return err
	}
	wrapper.NoteEach(out)
	return nil
}

// The helper prints anything.
func AnyNoted(ctx context.Context, q *wrapper.Queue) error {
	out, err := q.Send(ctx, nil) // want `result-unchecked`
	if err != nil {
		return err
	}
	wrapper.NoteAny(out)
	return nil
}

// The helper is a method, and prints JSON.
func NotedByMethod(ctx context.Context, q *wrapper.Queue, l *wrapper.Log) error {
	out, err := q.Send(ctx, nil) // want `result-unchecked`
	if err != nil {
		return err
	}
	l.Note(out)
	return nil
}
