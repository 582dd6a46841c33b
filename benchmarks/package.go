package main

import (
	"bufio"
	"fmt"
	"path/filepath"
)

const handlersModule = "module example.com/handlers\n\ngo 1.26.0\n"

// writeHandlers writes a module of one package with as many handlers, a thousand to a file.
func writeHandlers(dir string, n int) error {
	if err := write(dir, "go.mod", handlersModule); err != nil {
		return err
	}
	return writePackage(dir, n)
}

// writeHandlerPackages writes a module of several packages with as many handlers together, up to each in one of them.
func writeHandlerPackages(dir string, n, each int) error {
	if err := write(dir, "go.mod", handlersModule); err != nil {
		return err
	}
	for first := 0; first < n; first += each {
		if err := writePackage(filepath.Join(dir, fmt.Sprintf("handlers%d", first/each)), min(each, n-first)); err != nil {
			return err
		}
	}
	return nil
}

// writePackage writes a package with as many handlers.
func writePackage(dir string, n int) error {
	if err := write(dir, "types.go", "// Package handlers handles answers.\npackage handlers\n"+types); err != nil {
		return err
	}
	for first := 0; first < n; first += 1000 {
		err := writeTo(dir, fmt.Sprintf("handlers%d.go", first/1000), func(w *bufio.Writer) {
			w.WriteString("package handlers\n\nimport (\n\t\"encoding/json\"\n\t\"fmt\"\n)\n")
			for i := first; i < min(first+1000, n); i++ {
				writeHandler(w, i, "")
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
