// Package store has functions of which nothing is known elsewhere.
package store

type Store struct{ save func(key string) error }

func (s *Store) Save(key string) error { return s.save(key) }

func (s *Store) Close() error { return s.save("") }

// Wait waits for a task.
func (s *Store) Wait(id string) error { return s.save(id) }
