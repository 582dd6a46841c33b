package rewrite

import "slices"

// Kinds are all ways to rewrite code.
var Kinds = slices.Concat(captures, bindings, results, conditions, branches, moves, renames, extractions, checks, decodes, declarations, layouts)
