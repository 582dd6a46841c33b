package resultunchecked

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
)

// ---- wrong: the task IDs leave with what collects them ----

// The slice has an empty ID for a call that was refused.
func CollectOne(body []byte) ([]string, error) {
	var tasks []string
	var s Result
	if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
		return nil, err
	}
	tasks = append(tasks, s.RequestID)
	return tasks, nil
}

// So it has one for each of several.
func CollectAll(bodies [][]byte) (tasks []string, err error) {
	defer log.Print("collected")
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
	}
	return
}

// The map has it by the name of the load balancer.
func CollectNamed(bodies map[string][]byte) (map[string]string, error) {
	tasks := make(map[string]string)
	for name, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks[name] = s.RequestID
	}
	return tasks, nil
}

// The slice was made before, and each ID has its place.
func CollectPlaced(bodies [][]byte) ([]string, error) {
	tasks := make([]string, len(bodies))
	for i, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks[i] = s.RequestID
	}
	return tasks, nil
}

// The ID is in a struct.
func CollectTasks(bodies [][]byte) ([]Task, error) {
	var tasks []Task
	for i, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return nil, err
		}
		tasks = append(tasks, Task{Name: fmt.Sprint(i), ID: s.RequestID})
	}
	return tasks, nil
}

// The tasks are waited for, one after the other.
func CollectAndPoll(ctx context.Context, c Client, bodies [][]byte) error {
	var tasks []string
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return err
		}
		tasks = append(tasks, s.RequestID)
	}
	for _, task := range tasks {
		if err := c.Poll(ctx, task); err != nil {
			return err
		}
	}
	return nil
}

// The store keeps them.
func (st *Store) CollectKept(bodies [][]byte) {
	for i, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil { // want "result-unchecked"
			return
		}
		st.tasks[fmt.Sprint(i)] = s.RequestID
	}
}

// ---- right ----

// Silent: the code is judged behind the append.
func CollectJudged(bodies [][]byte) (tasks []string, err error) {
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			return nil, err
		}
		tasks = append(tasks, s.RequestID)
		if s.Code != 0 {
			return tasks, errRefused
		}
	}
	return tasks, nil
}

// Silent: the IDs are logged, and go nowhere else.
func CollectLogged(bodies [][]byte) {
	var tasks []string
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			log.Print(err)
			return
		}
		tasks = append(tasks, s.RequestID)
	}
	if len(tasks) > 0 {
		log.Printf("%d tasks: %v", len(tasks), tasks)
	}
}

// Silent: likewise, one by one, from a map.
func CollectLoggedNamed(bodies map[string][]byte) {
	tasks := make(map[string]string)
	for name, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			log.Print(err)
			return
		}
		tasks[name] = s.RequestID
	}
	for name, task := range tasks {
		log.Printf("%s: %s", name, task)
	}
}

// Silent: they are only part of the error.
func CollectFails(bodies [][]byte) error {
	var tasks []string
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			return err
		}
		tasks = append(tasks, s.RequestID)
	}
	return fmt.Errorf("tasks %v were not waited for", tasks)
}

// Silent: the whole responses are collected.
func CollectWhole(bodies [][]byte) (all []Result, err error) {
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// Silent: the code is collected beside the ID.
func CollectCodes(bodies [][]byte) (tasks []string, codes []int, err error) {
	for _, body := range bodies {
		var s Result
		if err := json.Unmarshal(body, &s); err != nil {
			return nil, nil, err
		}
		tasks, codes = append(tasks, s.RequestID), append(codes, s.Code)
	}
	return tasks, codes, nil
}
