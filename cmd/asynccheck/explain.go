package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// unknownName returns an error about a name that is neither a rule's nor a contract's: it lists the names that have it
// in them or, if none has, those that are spelled alike.
func unknownName(name string, known []string) error {
	unknown := fmt.Sprintf("no rule or contract %q; ", name)
	if found := containing(name, known); len(found) > 0 {
		return fmt.Errorf("%sthese have it in their names:\n\t%s", unknown, strings.Join(found, "\n\t"))
	}
	if found := alike(name, known); len(found) > 0 {
		return fmt.Errorf("%sis it %s?", unknown, strings.Join(found, " or "))
	}
	return fmt.Errorf("%sasynccheck -list-rules shows the rules, and asynccheck -contracts the contracts", unknown)
}

// containing returns the known names that have the name in them, whatever its case.
func containing(name string, known []string) (found []string) {
	for _, k := range known {
		if name != "" && strings.Contains(strings.ToLower(k), strings.ToLower(name)) {
			found = append(found, k)
		}
	}
	return found
}

// alike returns at most three known names that differ from the name by few letters. An ID may be given by its last word.
func alike(name string, known []string) (found []string) {
	distances := make(map[string]int)
	for _, k := range known {
		last := k[strings.LastIndexByte(k, '.')+1:]
		d := min(distance(name, k), distance(name, last))
		if d <= 2+len(name)/8 && d < len(name)/2 {
			distances[k] = d
			found = append(found, k)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(distances[a], distances[b]) })
	return found[:min(len(found), 3)]
}

// distance returns how many letters must be put in, left out or replaced to make one name of the other, whatever
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
