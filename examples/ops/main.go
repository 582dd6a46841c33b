// Ops stops, starts and resets servers of a cloud, and creates and deletes
// load balancers.
//
//	ops [flags] stop|start server...
//	ops [flags] reset-password password server...
//	ops [flags] create-lb|delete-lb name
//
// It is an example of what asynccheck finds. With -naive it uses a client with
// one finding of each rule that looks at a single function.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/asynccheck/asynccheck/examples/ops/cloud"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("ops: ")
	endpoint := flag.String("endpoint", "http://localhost:8080/", "`URL` of the API")
	naive := flag.Bool("naive", false, "misread the answers")
	flag.Parse()

	client := &cloud.Client{
		Endpoint: *endpoint,
		HTTP:     &http.Client{Timeout: 30 * time.Second},
		Interval: time.Second,
	}
	var ops cloud.Operations = cloud.Careful{Client: client}
	if *naive {
		ops = cloud.Naive{Client: client}
	}
	if err := run(context.Background(), ops, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

// run runs one command.
func run(ctx context.Context, ops cloud.Operations, args []string) error {
	if len(args) < 2 {
		return errors.New("want a command and its arguments")
	}
	switch cmd, args := args[0], args[1:]; cmd {
	case "stop":
		return ops.StopServers(ctx, args...)
	case "start":
		return ops.StartServers(ctx, args...)
	case "reset-password":
		return ops.ResetPasswords(ctx, args[0], args[1:]...)
	case "create-lb":
		task, err := ops.CreateLoadBalancer(ctx, args[0])
		if err != nil {
			return err
		}
		return ops.WaitTask(ctx, task)
	case "delete-lb":
		return ops.DeleteLoadBalancer(ctx, args[0])
	default:
		return fmt.Errorf("unknown command %q", cmd)
	}
}
