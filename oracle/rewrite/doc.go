// Package rewrite rewrites hand-written code in ways that keep what it does, and
// compares what the analyzer says of it before and after.
//
// A [Tree] is the source of packages: the fixtures, an example, the blocks of the rules' pages, or any
// directory. A [Kind] is a way to rewrite it: a variable becomes a pointer, a condition gets a
// name, the rest of a function becomes another function. It is applied wherever it certainly keeps what the
// code does, to all functions of all packages at once, so that types and their users
// change together. Code that goes with none of that (it has a goto, or calls a variable nil) is
// left as it is, and so are packages whose comments silence findings on lines.
//
// # How a kind is written
//
// A kind reads syntax and types, and gives nodes another text, or text before or behind
// them: see edits. The text of a node has the edits of those inside of it, so
// that an if within an if is inverted with it. Comments stay where they are. The result
// is formatted, parsed, and type-checked: what does not compile is an error of the kind, and ends the run.
//
// # The law
//
// What was silent stays silent: a function without findings has none afterwards, neither of the rules that
// are on by default nor, if it had none of those either, of the others. What
// a kind puts into a new function counts as its owner's. A kind that changes a verdict by SPEC.md itself
// has an entry in excused.json for each such function, with the sentence. An entry that
// excuses nothing is a fault as well.
//
// What was reported stays reported, for 95 % of the functions by each kind. That isn't asked of kinds
// whose result the analyzer doesn't model: see [Kind].
//
// Functions that are given bytes or a reader and give an error are also run, before and
// after each rewrite, with the answers that the oracle's fixtures are run with: results, errors, and what
// is handed to variables that hold functions must be the same.
package rewrite
