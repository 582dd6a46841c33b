// Package oracle checks asynccheck's verdicts by running code.
//
// It generates handlers: functions that get an answer of cloud API 2.0 and do something about it. It compiles
// hundreds of them together and runs each against every kind of answer. What a handler did decides whether it is
// buggy. This verdict is compared with the analyzer's. A program is a small tree ([Program]). [Generate] makes
// program k of seed N from these two numbers alone, Source prints it, [Shrink] makes it smaller and [Mutants] makes
// it wrong.
//
// # What runs
//
// The program that runs is the one that is analysed, printed by the same function. It also has marks: branches
// record which way they went, assignments and printers record that they happened, and maps are ranged over in the
// order of their keys. Values that are handed on, results and errors are recorded as deep snapshots. An error made by
// fmt.Errorf is recorded as the place that made it and the arguments that the handler computed itself (a counter, a
// list of failed resources). Printed parts of a response are not recorded: by docs/rules they tell nobody anything.
//
// # Ground truth
//
// A handler is run against each of its constants and their neighbours, codes far from all of them, negative ones, 0,
// 5100 and 5400. The detail has one or more resources that failed with any such code, or is empty, null or absent.
// A code is open if it is a failure that the handler doesn't name (for a batch, also neither 5100 nor 5400). Z is the
// run with code 0 and an empty detail, and t is the run with an open code and an empty detail.
//
//   - result-nonzero-success: t takes the same way as Z, some branch on the way depends on the code, both show the
//     same to the outside, and success is signalled, or there is no result to signal it.
//
//   - result-unchecked, or batch-outer-unread if entries decide branches: likewise, but no branch depends on the
//     code. The same holds for 5100 and 5400 with a detail.
//
//   - result-failure-dropped: t takes another way than Z, returns a nil error, and after the branch calls, assigns
//     and hands on nothing. It is also a result-nonzero-success if 5100 is signalled as success, and nobody looked at
//     the entries.
//
//   - batch-partial-*: some branch depends on the outer code, and all runs with 5400 that differ in the entries'
//     codes alone (which failed, and how) have the same record. It is batch-detail-shallow if the detail was touched.
//     Otherwise it is as-success if success is signalled or the run takes the way that it takes with 0, and
//     as-failure in all other cases.
//
//   - result-nonzero-success of an entry: with 5400, a failed entry with an open code leaves the same record as one
//     with code 0, and some branch depends on an entry's code.
//
//   - batch-entry-missing: the code of an entry that was looked up decides a branch. With an answer that doesn't have
//     the entry, success is signalled, and nothing is done that isn't done with an entry that succeeded.
//
//   - batch-detail-unreachable: as batch-partial-as-failure, but the function that gives the batch had looked at the
//     code by itself and gave the error.
//
//   - batch-first-only: never, since generated programs call no SDK.
//
// A helper that is given a response and has an error result is judged like a handler, since docs/rules reports it by
// itself. Findings about its detail are not expected if the handler that calls it looks at entries or hands the batch
// on.
//
// A program is compared by class: findings about the detail, and findings about an outcome code. A finding about the
// detail covers a result bug of the same program, since the analyzer reports one mistake once.
//
// # Where the two notions differ
//
// A gap is a place where execution and docs/rules answer different questions. Each gap is a predicate on the program or
// on its runs, and is counted and printed. If a gap holds, and execution has shown no bug of its class, a finding of
// the class is neither right nor wrong.
//
//   - "not known to come unchecked": success passes without a look at a code that an unknown function gave. docs/rules
//     asks for bytes that are known to be raw.
//   - "a loop that inspects entries, but not on this path", "a loop that inspects entries, but not in this iteration":
//     by docs/rules a loop inspects at its header. The same holds for a loop that hands the batch on.
//   - "acts alike for success and failure", "a helper is called after the comparison": something was done between the
//     comparison and the return. docs/rules takes it for an acknowledgement, even if it has nothing to do with the
//     failure.
//   - "acts alike for a missing entry and for one that succeeded": likewise, between the lookup and the return.
//   - "the batch is handed on, and its entries with it": docs/rules hands an element on with its collection. Whoever has
//     the batch sees which entries are there.
//   - "a failure is noted in a variable that is read on another path", "a failure is noted and the note is read, but
//     nothing comes of it": docs/rules asks for an assignment that is read later. The analyzer decides whether it is read
//     on this path, and whether its readers do anything.
//   - "another result tells the failure apart", "told apart by something else than the code", "the task ID's absence
//     decides", "a bool function that tells a failure apart and returns true": a failure leaves another trace than
//     success, but docs/rules's rule is about something else.
//   - "the task ID leaves in an iteration that another follows": the path of the response ends with the iteration,
//     even if the function returns something else in the end.
//   - "total failure acknowledged", "total failure, no error result": docs/rules says what naming 5100 means only for
//     a success that a nil error signals.
//   - "detail handed on, code never looked at": docs/rules doesn't say whether handing on the detail settles the code.
//   - "a helper's caller hands the batch on": docs/rules reports a helper unless all of its callers inspect the detail. A
//     caller that hands the batch on does so on its own paths. These may differ from the helper's.
//   - "a helper without results, its caller has the response": the end of the helper signals success, but its
//     caller still has the response.
//   - "a helper is the end of a function": docs/rules reports a helper that gives a verdict. The analyzer treats a helper
//     that is called once, and whose verdict is returned there, as a part of its caller. Then it counts what the
//     caller has handed on or found out before.
//   - "everything after an entry's iteration panics": a path that ends in a panic owes nothing. The analyzer ends the
//     entry's path with its iteration, and sees the panic only if nothing else stands after the loop.
//   - "an entry's iteration ends in an error" (or leaves one in a variable), "entries in a function whose verdict is a
//     bool", "the batch is handed on elsewhere in the function", "another loop tells entries with code 0 from the
//     others": docs/rules says that the rule for entries is silent.
//   - "a comparison of an entry's code that is never made": it would let failed entries pass, but other comparisons
//     keep every answer from it. "a lookup that is never made" likewise.
//   - "a helper gives a verdict on an entry without a task": docs/rules reports it where it lets failures pass. What its
//     caller does with the verdict shows whether they do.
//   - "an entry is looked up where the detail is empty alone": there is no answer with the entry to compare with.
//     docs/rules asks for one that has succeeded.
//   - "an entry is looked up, and the others are ranged over": a detail without any entry and one that lacks only this
//     entry are handled differently. What is done about the others may be done about this entry.
//   - "a callee passes partial failures on, and the function signals no success": docs/rules calls a code judged here if
//     the callee has compared it. But an early return before the function itself has compared the code is no verdict
//     on the response.
//
// Other gaps are limits of the analyzer: it finds a path that no answer takes, or misses one that an answer takes.
// They are named "limit: ...", and counted with the gaps:
//
//   - "an entry is looked up where the outer code is known, and the code is compared after it": the analyzer does not
//     follow an entry and its batch together.
//   - "a bool result is computed, and always true": docs/rules asks whether the function gives false for some code. The
//     analyzer decides whether a comparison can give that, or a path can get there, and does not follow an entry and
//     its batch together.
//   - "the outer code is looked at in a loop over entries": the analyzer does not follow an entry and its batch
//     together.
//   - "entries are looked up in several places": to the analyzer they are several entries.
//   - "an iteration panics because of an earlier one": to the analyzer an iteration may be the last.
//   - "an array has entries with code 0 where the answer has none": to the analyzer an entry in hand is one that the
//     answer has.
//
// A handler may do the same about failed entries whichever failed: it counts them, or returns one error for all.
// Nobody outside learns which, but docs/rules calls that inspected. So does the oracle: the runs differ.
//
// # The fragment
//
// Code without effect (a comparison with empty branches, an assignment that nobody reads later) is outside of the
// fragment: see prune. So are a second question about the message, and nested loops over the entries. Random programs
// have no code that never runs, either: a question that was already answered is drawn anew, see idle.go. Programs that
// begin as people write them keep their mistakes.
//
// # Styles
//
// The same tree is written in several forms ([Style]), as people write it: with named results; with something
// deferred; with a variable, new or a literal to decode into; with literals that capture the response; with methods
// of the code's type and of an embedded struct. They do the same, so the verdict is the same. One style hands the
// answer on: it goes into the next request.
//
// # Mutants
//
// Mutants of generated handlers are judged as programs are. The silent fixtures are Go source. A function of them
// runs unchanged if it is given bytes or a reader and gives an error. Its mutant is buggy in two cases. With some
// answer, it signals success where its original gives an error, and gives what it gives with a success. Or all its
// runs with 5400 are the same and its original's are not. Two things are left out: what is signalled about an entry
// that is told apart, since that is inspected, and the fixtures that docs/rules makes silent in any case. The table of
// these says why.
package oracle
