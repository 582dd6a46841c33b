// Package tasks has what a task is known by.
package tasks

// Task is a task.
type Task struct {
	TaskID string
	State  string
}

// Running is an answer of the tasks' own.
type Running struct {
	Code int
	Data Task
}
