package typestate

// A memo keeps answers, so that each key is asked about once. A function may call itself, also by way of others:
// then a key is asked about while its answer is being found. It has an assumed answer until then. If an assumption that
// was used turns out wrong, all that was found since the first question is forgotten and found again, with what was found
// as the next assumptions. So the answers don't depend on which of the functions is asked about first, and a round
// costs no more than the one before it.
type memo[K, V comparable] struct {
	answers map[K]V
	open    map[K]bool // the keys whose answers are being found, and whether the assumption was used
	next    map[K]V    // assumptions of the next round
	since   []K        // the keys answered since the first question
	wrong   bool       // in this round, an assumption that was used turned out wrong
}

func newMemo[K, V comparable]() memo[K, V] {
	return memo[K, V]{answers: make(map[K]V), open: make(map[K]bool), next: make(map[K]V)}
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
	if len(m.open) > 0 {
		return m.find(key, assumed, find)
	}
	var v V
	for range maxRounds {
		m.wrong = false
		if v = m.find(key, assumed, find); !m.wrong {
			break
		}
		for _, k := range m.since {
			delete(m.answers, k)
		}
		m.since = m.since[:0]
	}
	m.answers[key] = v
	clear(m.next)
	m.since = m.since[:0]
	return v
}

// find finds the answer once.
func (m *memo[K, V]) find(key K, assumed V, find func() V) V {
	if v, ok := m.next[key]; ok {
		assumed = v
	}
	m.answers[key], m.open[key] = assumed, false
	v := find()
	if m.open[key] {
		m.wrong = m.wrong || v != assumed
		m.next[key] = v
	}
	m.answers[key] = v
	delete(m.open, key)
	m.since = append(m.since, key)
	return v
}

// forget forgets all answers but those that are being found.
func (m *memo[K, V]) forget() {
	for k := range m.answers {
		if _, open := m.open[k]; !open {
			delete(m.answers, k)
		}
	}
}
