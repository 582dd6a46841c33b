// Package oracle checks asynccheck's verdicts by running code.
//
// It generates handlers, functions that get an answer of cloud API 2.0 and do
// something about it, compiles hundreds of them together, runs each against
// every kind of answer, decides from what they did whether they are buggy, and
// compares that with what the analyzer reports. A program is a small tree
// ([Program]); [Generate] makes program k of seed N from these two numbers
// alone, Source prints it, [Shrink] makes it smaller and [Mutants] makes it
// wrong.
//
// # What runs
//
// The program that runs is the one that is analysed, printed by the same
// function, with marks in it: branches tell which way they went, assignments
// and printers that they happened, and maps are ranged over in the order of
// their keys. Values that are handed on, results and errors are recorded as
// deep snapshots. An error made by fmt.Errorf is recorded as the place that made
// it and the arguments that the handler computed itself (a counter, a list of
// failed resources): by SPEC.md what is printed of a response tells nobody
// anything.
//
// # Ground truth
//
// A handler is run against each of its constants and their neighbours, codes
// far from all of them, negative ones, 0, 5100 and 5400, with details in which
// one or more resources failed with any such code, and with the detail empty,
// null or absent. Let a code be open if it is a failure that the handler
// doesn't name (for a batch, also neither 5100 nor 5400), Z the run with code 0
// and an empty detail, and t the run with an open code and an empty detail.
//
//   - result-nonzero-success: in t control goes the same way as in Z, some
//     branch on the way depends on the code, both show the same to the outside,
//     and success is signalled, or there is no result to signal it.
//
//   - result-unchecked, or batch-outer-unread if entries decide branches:
//     likewise, but no branch depends on the code. So it is for 5100 and 5400
//     with a detail.
//
//   - result-failure-dropped: in t control goes another way than in Z, a nil
//     error is returned, and from there on nothing is called, assigned or handed
//     on. Also a result-nonzero-success: 5100 is signalled as success, and
//     nobody looked at the entries.
//
//   - batch-partial-*: some branch depends on the outer code, and all runs with
//     5400 that differ in the entries' codes alone (which failed, and how) are
//     the same in everything that was recorded. It is batch-detail-shallow if
//     the detail was touched, as-success if success is signalled or control
//     goes the way that it goes with 0, as-failure otherwise.
//
//   - result-nonzero-success of an entry: with 5400, a failed entry with an
//     open code leaves the same record as one with code 0, and some branch
//     depends on an entry's code.
//
//   - batch-entry-missing: the code of an entry that was looked up decides a
//     branch, and with an answer that doesn't have the entry success is signalled,
//     and nothing is done that isn't done with an entry that succeeded.
//
//   - batch-detail-unreachable: as batch-partial-as-failure, where the function
//     that gives the batch had looked at the code by itself and gave the error.
//
// A helper with an error result that is given a response is judged like a
// handler, since SPEC.md reports it by itself; its findings about the detail are
// not expected if the handler that calls it looks at entries or hands the batch
// on.
//
// A program is compared by class: findings about the detail, and findings about
// an outcome code. A finding about the detail covers a result bug of the same
// program, since the analyzer reports one mistake once.
//
// # Where the two notions differ
//
// A gap is a place where what execution shows and what SPEC.md says are
// different questions. Each is a predicate on the program or on its runs, and
// is counted and printed; where it holds, and execution has shown no bug of its
// class, a finding of the class is neither right nor wrong.
//
//   - "not known to come unchecked": success passes without a look at a code
//     that an unknown function gave. SPEC.md asks for bytes that are known to be
//     raw.
//   - "a loop that inspects entries, but not on this path", "a loop that inspects
//     entries, but not in this turn": SPEC.md lets a loop inspect at its header; one
//     that hands the batch on does so likewise.
//   - "acts alike for success and failure", "a helper is called after the
//     comparison": something was done between the comparison and the return,
//     which SPEC.md takes for an acknowledgement, whether it has to do with the
//     failure or not.
//   - "acts alike for a missing entry and for one that succeeded": likewise,
//     between the lookup and the return.
//   - "the batch is handed on, and its entries with it": SPEC.md hands an element on
//     with its collection. Whoever has the batch sees which entries are there.
//   - "a failure is noted in a variable that is read on another path", "a failure is
//     noted and the note is read, but nothing comes of it": SPEC.md asks for an
//     assignment that is read later; whether it is on this path, and whether it is one
//     where all that reads it does nothing, is the analyzer's to say.
//   - "another result tells the failure apart", "told apart by something else
//     than the code", "the task ID's absence decides", "a bool function that
//     tells a failure apart and returns true": a failure leaves another trace
//     than success, but SPEC.md's rule is about something else.
//   - "the task ID leaves in a turn that another follows": the path of the response ends
//     with the turn, whatever the function returns in the end.
//   - "total failure acknowledged", "total failure, no error result": SPEC.md
//     says what is said by naming 5100 as success with a nil error alone.
//   - "detail handed on, code never looked at": SPEC.md doesn't say whether
//     handing on the detail settles the code.
//   - "a helper's caller hands the batch on": SPEC.md reports a helper unless all of its callers inspect the
//     detail. One that hands the batch on does so on its own paths, and the helper's may be others.
//   - "a helper without results, its caller has the response": SPEC.md says that
//     rule 4 holds, and that its caller still has the response.
//   - "a helper is the end of a function": SPEC.md reports a helper that gives a verdict. One that is called
//     once, and whose verdict is returned there, is a part of its caller to the analyzer: what its caller has
//     handed on or found out by then counts.
//   - "everything behind an entry's turn panics": a path that ends in a panic owes nothing. The analyzer ends the
//     entry's path with its turn, and sees the panic only if nothing else stands behind the loop.
//   - "an entry's turn ends in an error" (or leaves one in a variable), "entries in a function whose verdict
//     is a bool", "the batch is handed on elsewhere in the function", "another
//     loop tells entries with code 0 from the others": docs/rules says that the
//     rule for entries is silent.
//   - "a comparison of an entry's code that is never made": it would let failed
//     entries pass, but other comparisons keep every answer from it.
//     "a lookup that is never made" likewise.
//   - "a helper gives a verdict on an entry without a task": SPEC.md says that it is
//     reported where it lets failures pass. What its caller makes of the verdict shows
//     whether they do.
//   - "an entry is looked up where the detail is empty alone": there is no answer
//     with the entry to compare with. SPEC.md asks for one that has succeeded.
//   - "an entry is looked up, and the others are ranged over": what is done about
//     a detail without any entry is not what is done about one without the entry, and
//     what is done about the others may be done about it.
//   - "a callee passes partial failures on, and the function signals no success":
//     SPEC.md calls what the callee has compared judged here as well, but an early
//     return before the function has compared the code is no verdict on the response.
//
// Others are limits of the analyzer, which finds a path where no answer goes, or the
// other way round. They are named "limit: ...", and counted with the gaps:
//
//   - "an entry is looked up where the outer code is known, and the code is compared
//     behind it": the analyzer does not follow an entry and its batch together.
//   - "a bool result is computed, and always true": SPEC.md asks whether the function gives
//     false for some code; whether a comparison can come out so, or a path can get
//     there, is the analyzer's to say,
//     who does not follow an entry and its batch together.
//   - "the outer code is looked at in a loop over entries": the analyzer does not
//     follow an entry and its batch together.
//   - "entries are looked up in several places": to the analyzer they are several
//     entries.
//   - "a turn panics by what an earlier one has left": to the analyzer a turn may be the
//     last.
//   - "an array has entries with code 0 where the answer has none": to the
//     analyzer an entry in hand is one that the answer has.
//
// What a handler does about failed entries may be the same whichever failed: it
// counts them, or returns one error for all. Nobody outside learns which, but
// SPEC.md calls that inspected, and so does the oracle: the runs differ.
//
// # The fragment
//
// Code without effect (a comparison with empty branches, an assignment that
// nobody reads later) is outside of the fragment: see prune. So are a second
// question about the message, and loops over the entries in one another. Random
// programs have no code that never runs, either: what is asked again further in is
// drawn anew, see idle.go. Programs that begin as people write them keep the mistakes
// that were made in them.
//
// # Styles
//
// The same tree is written in several forms ([Style]), as people write it: results with
// names, with and without something deferred; a variable, new or a literal for what is
// decoded into; literals that capture the response; methods of the code's type and of an
// embedded struct. They do the same, so the verdict is the same. One style hands the answer
// on: it goes into the next request.
//
// # Mutants
//
// Mutants of generated handlers are judged as programs are. The silent fixtures
// are Go source, and run as they are where they are given bytes or a reader and
// give an error. There, a mutant is buggy if, with some answer, it signals success
// where its original gives an error, and gives what it gives with a success; or if
// all its runs with 5400 are the same and its original's are not. What is signalled
// of an entry that is told apart is left out, since that is inspected; so are
// fixtures that SPEC.md would have silent whatever they did, each by name with the
// place that says so.
package oracle
