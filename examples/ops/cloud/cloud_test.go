package cloud_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/examples/ops/cloud"
)

// Both clients agree as long as nothing goes wrong. So the naive one seems
// right.
func TestNothingWrong(t *testing.T) {
	f, naive, careful := newFake(t, "web-1", "web-2")
	for _, ops := range []cloud.Operations{naive, careful} {
		f.running = 2
		task, err := ops.CreateLoadBalancer(t.Context(), "front")
		if err != nil {
			t.Errorf("%T: %v", ops, err)
		}
		if !f.balancers["front"] {
			t.Errorf("%T created nothing", ops)
		}
		for _, err := range []error{
			ops.WaitTask(t.Context(), task),
			ops.StopServers(t.Context(), "web-1", "web-2"),
			ops.ResetPasswords(t.Context(), "secret", "web-1", "web-2"),
			ops.StartServers(t.Context(), "web-1", "web-2"),
			ops.DeleteLoadBalancer(t.Context(), "front"),
		} {
			if err != nil {
				t.Errorf("%T: %v", ops, err)
			}
		}
		if f.balancers["front"] {
			t.Errorf("%T deleted nothing", ops)
		}
	}
}

// batch-partial-as-success: a running server is treated as stopped.
func TestStopServers(t *testing.T) {
	f, naive, careful := newFake(t, "web-1", "web-2")
	f.servers["web-2"].locked = true

	if err := naive.StopServers(t.Context(), "web-1", "web-2"); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if !f.servers["web-2"].running {
		t.Error("web-2 stopped although it is locked")
	}
	err := careful.StopServers(t.Context(), "web-1", "web-2")
	if got := failed(err); !slices.Equal(got, []string{"web-2"}) {
		t.Errorf("careful: %v failed, want web-2; error: %v", got, err)
	}
}

// batch-partial-as-failure: nobody learns which servers failed, and a retry
// repeats what was done.
func TestResetPasswords(t *testing.T) {
	ids := []string{"web-1", "web-2"}
	for _, test := range []struct {
		name string
		pick func(naive, careful cloud.Operations) cloud.Operations
		want int // changes of the password of web-1, which never failed
	}{
		{"naive", func(naive, _ cloud.Operations) cloud.Operations { return naive }, 2},
		{"careful", func(_, careful cloud.Operations) cloud.Operations { return careful }, 1},
	} {
		f, naive, careful := newFake(t, ids...)
		ops := test.pick(naive, careful)
		f.servers["web-2"].locked = true
		err := ops.ResetPasswords(t.Context(), "first", ids...)
		if err == nil {
			t.Fatalf("%s: no error", test.name)
		}

		f.servers["web-2"].locked = false
		again := failed(err)
		if again == nil {
			again = ids
		}
		if err := ops.ResetPasswords(t.Context(), "second", again...); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if got := f.servers["web-1"].passwords; got != test.want {
			t.Errorf("%s: password of web-1 changed %d times, want %d", test.name, got, test.want)
		}
	}
}

// batch-detail-shallow: all servers in the answer are treated as failed.
func TestStartServers(t *testing.T) {
	f, naive, careful := newFake(t, "web-1", "web-2", "web-3")
	f.servers["web-2"].locked = true

	err := naive.StartServers(t.Context(), "web-1", "web-2", "web-3")
	if err == nil || !strings.Contains(err.Error(), "3 of 3 failed") {
		t.Errorf("naive: %v, want all servers counted", err)
	}
	err = careful.StartServers(t.Context(), "web-1", "web-2", "web-3")
	if got := failed(err); !slices.Equal(got, []string{"web-2"}) {
		t.Errorf("careful: %v failed, want web-2; error: %v", got, err)
	}
}

// result-unchecked: a refused request is treated as accepted.
func TestCreateLoadBalancer(t *testing.T) {
	f, naive, careful := newFake(t)
	f.refuse["CreateLoadBalancer"] = 4400 // quota exceeded

	if task, err := naive.CreateLoadBalancer(t.Context(), "front"); err != nil || task == "" {
		t.Errorf("naive: task %q, error %v, want a task", task, err)
	}
	if f.balancers["front"] {
		t.Error("created although refused")
	}
	if _, err := careful.CreateLoadBalancer(t.Context(), "front"); err == nil {
		t.Error("careful: no error")
	}
}

// result-nonzero-success: an answer that says nothing about the task is taken
// for its end.
func TestWaitTask(t *testing.T) {
	f, naive, careful := newFake(t)
	f.refuse["DescribeTask"] = -1 // internal error

	if err := naive.WaitTask(t.Context(), "task-1"); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if err := careful.WaitTask(t.Context(), "task-1"); err == nil {
		t.Error("careful: no error")
	}
}

// result-failure-dropped: a load balancer is treated as gone, but it exists and
// costs money.
func TestDeleteLoadBalancer(t *testing.T) {
	f, naive, careful := newFake(t)
	f.balancers["front"] = true
	f.refuse["DeleteLoadBalancer"] = 4100 // not authorized

	if err := naive.DeleteLoadBalancer(t.Context(), "front"); err != nil {
		t.Errorf("naive: %v, want the mistake it is there to show", err)
	}
	if !f.balancers["front"] {
		t.Error("deleted although refused")
	}
	if err := careful.DeleteLoadBalancer(t.Context(), "front"); err == nil {
		t.Error("careful: no error")
	}

	f.refuse["DeleteLoadBalancer"] = 5000 // not found
	if err := careful.DeleteLoadBalancer(t.Context(), "front"); err != nil {
		t.Errorf("careful: %v, but it is gone", err)
	}
}

// failed returns the servers that a *cloud.PartialError names, or nil.
func failed(err error) []string {
	if p, ok := errors.AsType[*cloud.PartialError](err); ok {
		return p.Servers()
	}
	return nil
}
