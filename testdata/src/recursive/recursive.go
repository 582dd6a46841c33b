// Package recursive has types that are made of themselves: whoever goes from a type to its elements must
// come to an end.
package recursive

import (
	"encoding/json"
	"errors"
)

// Task is a single result.
type Task struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type (
	Tree         []Tree
	Trie         map[string]Trie
	Grid         [2]*Grid
	Pointer      *Pointer
	Pipe         chan Pipe
	Next         func() Next
	Walker       interface{ Walk(Walker) Walker }
	Fields       map[string][]map[string]*Fields
	Pairs[P any] []struct {
		Key   P
		Inner Pairs[P]
	}
)

// Node is a struct with all of them, and a code.
type Node struct {
	Code   int    `json:"code"`
	Parent *Node  `json:"parent"`
	Detail Tree   `json:"detail"`
	Data   *Node  `json:"data"`
	Tree   Tree   `json:"tree"`
	Trie   Trie   `json:"trie"`
	Fields Fields `json:"fields"`
	Pairs  Pairs[Trie]
	*Embedded
}

// Embedded embeds itself.
type Embedded struct {
	*Embedded
	Detail Trie `json:"detail"`
}

// Start shows that the package is analyzed to its end: any negative code is treated as a task that was accepted.
func Start(answer []byte) (string, error) {
	var t Task
	if err := json.Unmarshal(answer, &t); err != nil {
		return "", err
	}
	if t.Code > 0 { // want `result-nonzero-success: a failed request is treated as done: t.Code may be less than 1`
		return "", errors.New(t.Message)
	}
	return t.RequestID, nil
}

// Silent: no value here is a response. Each gets a value, from a literal, a parameter or a decoder.
func Grow(answer []byte, walker Walker) error {
	var tree Tree = Tree{}
	var trie Trie = Trie{"a": {"b": nil}}
	var grid Grid = Grid{nil, nil}
	var inner Pointer
	var pointer Pointer = &inner
	var pipe Pipe = make(Pipe, 1)
	var next Next = func() Next { return nil }
	var fields Fields = Fields{}
	var pairs Pairs[Tree] = Pairs[Tree]{{Key: tree}}
	tree = append(tree, Tree{tree})
	trie["c"] = trie
	grid[0] = &grid
	pipe <- pipe
	pipe = <-pipe
	next = next()
	walker = walker.Walk(walker)
	var node Node
	if err := json.Unmarshal(answer, &node); err != nil {
		return err
	}
	if err := json.Unmarshal(answer, &tree); err != nil {
		return err
	}
	keep(tree, trie, fields, node)
	_, _, _, _ = pointer, next, pairs, node.Tree
	return nil
}

func keep(tree Tree, trie Trie, fields Fields, node Node) {
	node.Tree, node.Trie, node.Fields = tree, trie, fields
}
