// Package caller gets outputs of an SDK that it does not import.
package caller

import (
	"context"
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
