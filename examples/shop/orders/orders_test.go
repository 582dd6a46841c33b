package orders_test

import (
	"context"
	"errors"
	"io"
	"log"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asynccheck/asynccheck/examples/shop/orders"
)

var three = []orders.Order{
	{ID: "A-1", Article: "tea", Count: 2},
	{ID: "A-2", Article: "cups", Count: 6},
	{ID: "A-3", Article: "pot", Count: 1},
}

func init() { log.SetOutput(io.Discard) }

// Both clients agree as long as nothing goes wrong. So the naive one seems
// right.
func TestNothingWrong(t *testing.T) {
	const all = "A-1 A-2 A-3"
	for _, pick := range []func(naive, careful orders.Operations) orders.Operations{
		func(naive, _ orders.Operations) orders.Operations { return naive },
		func(_, careful orders.Operations) orders.Operations { return careful },
	} {
		f, naive, careful := newFake(t)
		ops := pick(naive, careful)
		f.bucket = map[string]bool{"A-1": true, "A-2": true, "A-3": true, "A-4": true}
		for _, err := range []error{
			ops.Save(t.Context(), three...),
			ops.Ship(t.Context(), three...),
			ops.Report(t.Context(), three...),
			ops.Forget(t.Context(), three...),
		} {
			if err != nil {
				t.Errorf("%T: %v", ops, err)
			}
		}
		if table, queue, stream := ids(f.table), ids(f.queue), ids(f.stream); table != all || queue != all || stream != all {
			t.Errorf("%T: %s in the table, %s in the queue, %s in the stream", ops, table, queue, stream)
		}
		if got := ids(f.bucket); got != "A-4" {
			t.Errorf("%T: %s in the bucket, want A-4", ops, got)
		}
	}
}

// result-unchecked: orders that are not in the table are treated as saved.
func TestSave(t *testing.T) {
	f, naive, careful := newFake(t)
	f.capacity = 1

	if err := naive.Save(t.Context(), three...); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if got := ids(f.table); got != "A-1" {
		t.Errorf("naive: %s in the table, want A-1", got)
	}
	if err := careful.Save(t.Context(), three...); err != nil {
		t.Errorf("careful: %v", err)
	}
	if got := ids(f.table); got != "A-1 A-2 A-3" {
		t.Errorf("careful: %s in the table, want all", got)
	}

	f.capacity = 0
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := careful.Save(ctx, three...); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("careful: %v, but nothing was written", err)
	}
}

// result-nonzero-success: orders that the warehouse doesn't know are treated as
// shipped.
func TestShip(t *testing.T) {
	f, naive, careful := newFake(t)
	f.refuse["A-2"] = true

	if err := naive.Ship(t.Context(), three...); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if got := ids(f.queue); got != "A-1 A-3" {
		t.Errorf("%s in the queue although A-2 was refused", got)
	}
	err := careful.Ship(t.Context(), three...)
	if got := failed(err); !slices.Equal(got, []string{"A-2"}) {
		t.Errorf("careful: %v failed, want A-2; error: %v", got, err)
	}
}

// batch-first-only: the statistics miss orders that are treated as reported.
func TestReport(t *testing.T) {
	f, naive, careful := newFake(t)
	f.refuse["A-2"] = true

	if err := naive.Report(t.Context(), three...); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if got := ids(f.stream); got != "A-1 A-3" {
		t.Errorf("%s in the stream although A-2 was refused", got)
	}
	err := careful.Report(t.Context(), three...)
	if got := failed(err); !slices.Equal(got, []string{"A-2"}) {
		t.Errorf("careful: %v failed, want A-2; error: %v", got, err)
	}
}

// result-failure-dropped: a receipt is treated as deleted, but everybody who may
// read the bucket can read it.
func TestForget(t *testing.T) {
	f, naive, careful := newFake(t)
	f.bucket = map[string]bool{"A-1": true, "A-2": true, "A-3": true}
	f.refuse["A-2"] = true

	if err := naive.Forget(t.Context(), three...); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if got := ids(f.bucket); got != "A-2" {
		t.Errorf("%s in the bucket, want A-2, which is locked", got)
	}
	err := careful.Forget(t.Context(), three...)
	if got := failed(err); !slices.Equal(got, []string{"A-2"}) {
		t.Errorf("careful: %v failed, want A-2; error: %v", got, err)
	}

	f.refuse["A-2"] = false
	if err := careful.Forget(t.Context(), three...); err != nil {
		t.Errorf("careful: %v, but they are gone", err)
	}
}

// failed returns the orders that an *orders.PartialError names, or nil.
func failed(err error) []string {
	if p, ok := errors.AsType[*orders.PartialError](err); ok {
		return p.Orders()
	}
	return nil
}

// ids returns orders, sorted, with blanks between them.
func ids(set map[string]bool) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), " ")
}
