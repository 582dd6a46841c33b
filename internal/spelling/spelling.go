// Package spelling finds the words that people may have meant when they wrote an unknown one.
package spelling

import (
	"cmp"
	"slices"
	"strings"
)

// most is how many words are suggested at most.
const most = 3

// Meant returns what follows an error about an unknown word: the known words that have it between dots, or else those
// that are spelled alike, or else those with a part that begins with it, as a question. If there are none, or too many, it
// returns what is to be said otherwise.
func Meant(word string, known []string, otherwise string) string {
	found := slices.DeleteFunc(slices.Clone(known), func(k string) bool {
		return !slices.ContainsFunc(strings.Split(k, "."), func(part string) bool { return strings.EqualFold(part, word) })
	})
	if len(found) == 0 {
		found = Alike(word, known)
	}
	if len(found) == 0 && len(word) > 2 {
		found = beginning(word, known)
	}
	if len(found) == 0 || len(found) > most {
		return otherwise
	}
	return ": did you mean " + Or(found) + "?"
}

// Or lists words as alternatives.
func Or(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Containing returns the known words that have the word in them, whatever its case.
func Containing(word string, known []string) (found []string) {
	for _, k := range known {
		if word != "" && strings.Contains(strings.ToLower(k), strings.ToLower(word)) {
			found = append(found, k)
		}
	}
	return found
}

// beginning returns the known words with a part that begins with the word: "all" is no part of "shallow".
func beginning(word string, known []string) []string {
	return slices.DeleteFunc(Containing(word, known), func(k string) bool {
		for i := range k {
			starts := i == 0 || strings.ContainsRune(".-", rune(k[i-1])) || 'A' <= k[i] && k[i] <= 'Z'
			if starts && strings.HasPrefix(strings.ToLower(k[i:]), strings.ToLower(word)) {
				return false
			}
		}
		return true
	})
}

// Alike returns at most three known words that differ from the word by few letters. A word with dots may be given by its
// last part.
func Alike(word string, known []string) (found []string) {
	distances := make(map[string]int)
	for _, k := range known {
		last := k[strings.LastIndexByte(k, '.')+1:]
		d := min(distance(word, k), distance(word, last))
		if d <= 2+len(word)/8 && 2*d < len(word) {
			distances[k] = d
			found = append(found, k)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(distances[a], distances[b]) })
	return found[:min(len(found), most)]
}

// distance returns how many letters must be put in, left out or replaced to make one word of the other, whatever
// their case.
func distance(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1) // from what was read of a, to each beginning of b
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0]++
		for j := range len(b) {
			d := before
			if a[i] != b[j] {
				d = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
