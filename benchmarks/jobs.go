package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// services are the first files in directory cloud/parts of each service. Each has a second one, which ends with _batch.
var services = []string{"tables", "buckets", "queues", "topics", "streams", "deliveries", "events", "functions"}

// relay is a file of packages that don't call an SDK's function themselves, but another package's that does.
const relay = `
import (
	"context"
	"fmt"

	orders "example.com/cloud/jobs/p%d"
)

// Save saves orders, and doesn't look at what its callee gives it.
func Save(ctx context.Context, t *orders.Table, all ...*orders.Order) error {
	if _, err := t.Write(ctx, all...); err != nil { // want result-unchecked
		return fmt.Errorf("save %%d orders: %%w", len(all), err)
	}
	return nil
}
`

// writeJobs writes as many packages in directory jobs of the module in dir, which has the go.mod of directory cloud. Each
// uses two services of AWS by its SDK, and has code that has nothing to do with them. With calls, it calls functions
// whose responses say what failed, rightly and wrongly.
func writeJobs(dir string, packages int, calls bool) error {
	dir = filepath.Join(dir, "jobs")
	for i := range packages {
		n := len(services)
		first, second := i%n, (i+1+i/n%(n-1))%n
		if err := writeJob(dir, i, services[first], calls); err != nil {
			return err
		}
		if err := writeJob(dir, i, services[second], calls); err != nil {
			return err
		}
		path := layerPath("", i)[1:]
		if err := writeTo(dir, path+"/part0.go", func(w *bufio.Writer) { writeOrdinary(w, i, 0, nil) }); err != nil {
			return err
		}
		if calls && first == 1 { // the package before has tables
			if err := write(dir, path+"/relay.go", fmt.Sprintf("package p%d\n"+relay, i, i-1)); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeJob copies the files of a service into the i-th package.
func writeJob(dir string, i int, service string, calls bool) error {
	files := []string{service + ".go"}
	if calls {
		files = append(files, service+"_batch.go")
	}
	for _, name := range files {
		src, err := os.ReadFile(filepath.Join("cloud", "parts", name))
		if err != nil {
			return err
		}
		body, ok := bytes.CutPrefix(src, []byte("package parts\n"))
		if !ok {
			return fmt.Errorf("%s is in another package", name)
		}
		if err := write(dir, layerPath("", i)[1:]+"/"+name, fmt.Sprintf("package p%d\n%s", i, body)); err != nil {
			return err
		}
	}
	return nil
}
