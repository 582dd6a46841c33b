// Floor is a tool of go vet that doesn't even read its input. It takes the go command's own time, and the time to start
// a process for each package.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"os"
)

func main() {
	switch arg := os.Args[len(os.Args)-1]; arg {
	case "-flags":
		fmt.Println("[]")
	case "-V=full": // the program's content is its version, as unitchecker has it
		fmt.Printf("floor version devel buildID=%x\n", sha256.Sum256(must(os.ReadFile(must(os.Executable())))))
	default:
		var unit struct{ VetxOutput string }
		if err := json.Unmarshal(must(os.ReadFile(arg)), &unit); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(unit.VetxOutput, nil, 0o666); err != nil {
			log.Fatal(err)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}
