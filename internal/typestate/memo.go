package typestate

// A memo keeps answers, so that each key is asked about once. A function may call itself, perhaps through others: then
// a key is asked about while its answer is being found. Until it is found, it has the assumed answer. Where that turns
// out to be wrong, whatever was found with it is forgotten, and found again with the right one. So the answers don't
// depend on which of the functions is asked about first.
type memo[K, V comparable] struct {
	answers map[K]V
	open    map[K]bool // those being found, and whether the assumed answer was used
	since   []K        // those found while some were open
}

func newMemo[K, V comparable]() memo[K, V] {
	return memo[K, V]{answers: make(map[K]V), open: make(map[K]bool)}
}

// of gives the answer for the key.
func (m *memo[K, V]) of(key K, assumed V, find func() V) V {
	if _, open := m.open[key]; open {
		m.open[key] = true
		return m.answers[key]
	}
	if v, ok := m.answers[key]; ok {
		return v
	}
	first := len(m.since)
	for range maxRounds {
		m.answers[key], m.open[key] = assumed, false
		v := find()
		right := v == assumed || !m.open[key]
		assumed = v
		if right {
			break
		}
		for _, k := range m.since[first:] {
			delete(m.answers, k)
		}
		m.since = m.since[:first]
	}
	m.answers[key] = assumed
	delete(m.open, key)
	if m.since = append(m.since, key); len(m.open) == 0 {
		m.since = m.since[:0]
	}
	return assumed
}

// forget forgets all answers.
func (m *memo[K, V]) forget() { clear(m.answers) }
