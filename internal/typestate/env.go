package typestate

import "slices"

// A table is a small map to values. A state has few entries, and is copied at
// each branch: so they stand in a slice, which copies share until one of them changes.
// What is not there is unknown.
type table[K comparable] struct {
	entries []binding[K]
	shared  bool // other tables may have the same slice
	arena   *arena[binding[K]]
}

type binding[K comparable] struct {
	key K
	val value
}

func (t *table[K]) clone() table[K] {
	t.shared = true
	return *t
}

// own makes the entries the table's own, before they change.
func (t *table[K]) own() {
	if t.shared {
		t.regrow()
	}
}

// regrow moves the entries to a larger piece of memory: for a quarter more of them, and for four more at least.
func (t *table[K]) regrow() {
	n := len(t.entries)
	t.entries, t.shared = append(t.arena.take(n+max(4, n/4)), t.entries...), false
}

// index returns where the key stands, -1 if it doesn't. It starts with the latest, which are asked for most.
func (t *table[K]) index(key K) int {
	for i := len(t.entries) - 1; i >= 0; i-- {
		if t.entries[i].key == key {
			return i
		}
	}
	return -1
}

func (t *table[K]) get(key K) value {
	if i := t.index(key); i >= 0 {
		return t.entries[i].val
	}
	return nil
}

func (t *table[K]) has(key K) bool { return t.index(key) >= 0 }

// set records a value. It deletes the entry if the value is unknown.
func (t *table[K]) set(key K, val value) {
	i := t.index(key)
	switch {
	case val == nil:
		if i >= 0 {
			t.own()
			t.entries = slices.Delete(t.entries, i, i+1)
		}
	case i < 0:
		if t.shared || len(t.entries) == cap(t.entries) {
			t.regrow()
		}
		t.entries = append(t.entries, binding[K]{key, val})
	case t.entries[i].val != val:
		t.own()
		t.entries[i].val = val
	}
}

// deleteFunc forgets the entries for which del is true.
func (t *table[K]) deleteFunc(del func(K, value) bool) {
	for i, e := range t.entries {
		if del(e.key, e.val) {
			t.own()
			t.entries = append(t.entries[:i], slices.DeleteFunc(t.entries[i+1:], func(e binding[K]) bool { return del(e.key, e.val) })...)
			return
		}
	}
}

// replace lets all entries with one value have another.
func (t *table[K]) replace(old, val value) {
	t.update(func(v value) value {
		if v == old {
			return val
		}
		return v
	})
}

// update changes each value.
func (t *table[K]) update(change func(value) value) {
	for i := range t.entries {
		if v := change(t.entries[i].val); v != t.entries[i].val {
			t.own()
			t.entries[i].val = v
		}
	}
}

// change changes each value, by its key.
func (t *table[K]) change(to func(K, value) value) {
	for i := range t.entries {
		e := t.entries[i]
		if v := to(e.key, e.val); v != e.val {
			t.own()
			t.entries[i].val = v
		}
	}
}

// equal reports whether the tables have the same entries.
func (t *table[K]) equal(other *table[K]) bool {
	if len(t.entries) != len(other.entries) {
		return false
	}
	if len(t.entries) == 0 || &t.entries[0] == &other.entries[0] {
		return true
	}
	for i, e := range t.entries {
		if o := other.entries[i]; e != o && other.get(e.key) != e.val { // most stand at the same place
			return false
		}
	}
	return true
}
