// Package rewrite rewrites hand-written code in ways that keep what it does, and compares the analyzer's findings
// before and after.
//
// A [Tree] is the source of packages: the fixtures, an example, the blocks of the rules' pages, or any directory. A
// [Kind] is a way to rewrite it: a variable becomes a pointer, a condition gets a name, the rest of a function becomes
// another function. It is applied wherever it certainly keeps what the code does. It is applied to all functions of all
// packages at once, so that types and their users change together. Code that no kind can handle (it has a goto, or
// calls a variable nil) is left as it is. So are packages whose comments silence findings on lines.
//
// # How a kind is written
//
// A kind reads syntax and types, and gives nodes another text, or text before or after them: see edits. The text of a
// node has the edits of the nodes inside it, so that an if within an if is inverted with it. Comments stay where they
// are. The result is formatted, parsed, and type-checked: a result that does not compile is an error of the kind, and
// ends the run.
//
// # The law
//
// A silent function stays silent. Without findings before, it has no findings afterwards of the rules that are on by
// default. If it had none of the other rules either, it has none of them afterwards. What a kind puts into a new
// function counts as its owner's. If a kind changes a verdict by docs/rules itself, excused.json has an entry for each
// such function, with the sentence. An entry that excuses nothing is a fault as well.
//
// A reported function stays reported, for 95 % of the functions by each kind. This does not hold for kinds whose result
// the analyzer doesn't model: see [Kind].
//
// Functions that are given bytes or a reader and give an error are also run, before and after each rewrite, with the
// answers that the oracle's fixtures are run with. Results, errors, and the values handed to variables that hold
// functions must be the same.
package rewrite
