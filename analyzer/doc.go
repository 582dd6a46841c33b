// Package analyzer defines an Analyzer that finds code that misreads the
// outcome of asynchronous cloud API calls.
//
// # What a response is
//
// Cloud API 2.0 (Tencent Cloud, formerly QCloud) answers a request that starts
// an asynchronous task in one of two shapes.
//
// A single result has a code, a message and the ID of the task:
//
//	{"code": 0, "message": "", "requestId": "91"}
//
// Code 0 means that the task was accepted. With any other code it failed, and
// there is no task. The message is optional in both cases: it decides nothing.
//
// A batch response has a code, a message and a detail, which has an entry with
// a code of its own for every resource:
//
//	{"code": 5400, "message": "", "detail": {
//		"web-1": {"code": 0, "message": "", "requestId": "92"},
//		"web-2": {"code": 5300, "message": "server is locked"}
//	}}
//
// Code 0 means that every resource succeeded, 5100 that every resource failed,
// and 5400 that some failed: only the detail says which. Any other code means
// that the request was refused as a whole, and the detail is empty.
//
// A Go type is a response if it has these members under their JSON names, be
// it directly, in an embedded struct, or behind pointers. The names of the Go
// fields don't matter, nor does the name of the type. Where the members alone
// don't tell, the analyzer looks for evidence that the package speaks this API,
// such as a comparison of the code with 5100 or 5400, or the API's host name in
// a string; and, where there is none, for signs that it doesn't: a
// comparison of the code with 200, or functions that all take one other value than 0 for the only
// success. Values of a type
// that the package only builds, and never decodes or receives, are not checked: they are
// answers that the package writes. A response that implements error is checked as any
// other, except where a function returns it as its error.
//
// # What is found
//
// The analyzer follows a response through a function, path by path, from its
// origin (where it is decoded, received or taken from a collection) until it is
// settled (at a return, at the end of the function, or where its origin
// runs again). Along each path it knows the set of codes that are still
// possible, and what was done with the response:
//
//   - It was judged if the code decided a branch.
//   - It was inspected if some entry's code was read and used. Printing is not
//     using, not into an error either, except in package main, where a person
//     reads what is printed.
//   - It was handed on if it was returned, sent, stored where it outlives the
//     function, or passed to a function that nothing is known about. Whoever
//     gets it can look, so the analyzer is silent.
//
// What is left when the response is settled makes a finding:
//
//   - batch-partial-as-success: a batch was judged, 5400 is still possible, the
//     detail was not inspected, and success is signalled: failed resources
//     are treated as done.
//   - batch-partial-as-failure: likewise, without success being signalled:
//     nobody learns which resources failed, and who tries again repeats what
//     succeeded.
//   - batch-detail-shallow: either of them, but the detail was counted, listed
//     or printed on the way.
//   - batch-detail-unreachable: a batch is asked for through a function that
//     turns 5400 into an error and keeps the detail from everybody.
//   - batch-entry-missing (opt-in): a resource that is absent from the detail
//     is treated as done.
//   - batch-outer-unread (opt-in): the entries were inspected, but the batch's
//     own code was never judged: a request that was refused passes.
//   - result-unchecked: success is signalled, and nobody has judged the code.
//   - result-nonzero-success: success is signalled where 0 is possible together
//     with an open set of other codes, as after "code > 0".
//   - result-failure-dropped: 0 is excluded, an open set of failures is
//     possible, and the function returns a nil error without more ado.
//   - directive: a directive or the configuration of a type says something that
//     can't be, or a directive silences nothing.
//
// Success is signalled by returning a nil error; by the ID of the task leaving
// the function; by returning true where the only result is a bool, and some code
// gives false; and, in a function that returns neither an error nor a bool and has
// judged the code, by coming to the end.
//
// Each rule has a page with examples in docs/rules, which the command prints
// with -explain.
//
// Where a change is right by construction, a finding comes with a suggested
// fix: a comparison with 0 in place of one that is too weak, or an error that
// names all failed entries of a batch. After the fix, no rule reports the response.
//
// # When it is silent
//
// The analyzer reports what it can show on a path. Whatever it can't follow
// (reflection, unknown functions, values kept in fields) it takes as handled.
//
// Codes that are named are tolerated: with
//
//	if r.Code != 0 && r.Code != 7001 {
//		return err
//	}
//	return nil
//
// somebody has decided that 7001 is all right. It is the open sets of codes, as
// after "r.Code != 5100" or in a default clause that succeeds, that nobody has
// thought about.
//
// A path that ends in a panic, in [runtime.Goexit] or in a test's Fatal owes
// nothing, nor does one on which a test fails by its Error or Fail. Where the
// origin gives an error too, neither does a path on which that error is not nil.
//
// A code that is formatted into a text which is compared, returned or stored is
// handed on. So it is where a bool member of the response decides a branch, which
// may say what the code says.
//
// # Across functions and packages
//
// Every function, method and literal has a summary, a generic one for all its
// instances. It says
//
//   - what is done to a response, a code, a detail or the bytes of an answer
//     that it is given: whether it is judged, inspected or kept, and for which
//     codes the result is true, a nil error or another constant;
//   - what it decodes into its caller's memory: the codes that this may have,
//     whether anybody has looked at them, and whether a partial failure became
//     an error that keeps the detail from everybody;
//   - what its results are: a response and its codes beside a nil error, a
//     member of a parameter, bytes that nobody has looked into, an error that
//     is never nil;
//   - that it never returns.
//
// Summaries are applied at calls, in one state for each way in which the call
// can go. They are facts, which travel from a package to those that import it.
// They tell
//
//	_, err := client.Stop(ids)
//	return err
//
// over a client that turns every code but 0 into an error from the same lines
// over one that returns what it decoded. Whoever ignores the error of such a
// client owes as if nobody had looked; testing it, returning it or passing it to
// somebody deals with it.
//
// A function that is handed a response is a helper. If it has a bool, number or
// string result, or is given the code alone, a finding stands where a caller
// acts upon its answer. If it has an error result, it gives a verdict, and the
// finding stands in the helper itself, whereas callers that pass the verdict on
// are silent. Batch findings of an unexported one are left out if all its callers
// inspect the detail. A struct with a code that is no response by itself is summarised too: where
// responses embed it, its methods are as their own, and a finding stands at the call. A function literal that is passed to a helper which calls
// it with entries is followed.
//
// # Flags
//
//   - -rules selects rules by a comma-separated list of names and patterns,
//     such as batch-*. A leading '-' leaves rules out. A list that begins
//     with one starts from the default rules, another from none.
//   - -strict adds the opt-in rules, and treats a response that comes from an
//     unknown function as one that nobody has checked.
//   - -generated reports findings in generated files too.
//   - -debug says on standard error which functions were skipped, and why.
//
// # Directives
//
// A comment in the doc comment of a type declaration says what the type is, and
// wins over everything else:
//
//	//asynccheck:response batch
//	//asynccheck:response single
//	//asynccheck:response none
//
// The first two may name members that have other names than the API's, as Go
// selectors relative to the type:
//
//	//asynccheck:response batch code=RetCode detail=Results task=Data.TaskID
//
// Such a code may be a string: "Success" means success, and any other text that
// it is compared with a failure that has been named.
//
// Findings are silenced by
//
//	//asynccheck:ignore RULE[,RULE] reason
//
// at the end of a line for that line, alone before a statement for all of it, and
// in the doc comment of a declaration for that. The reason is not optional. A
// comment that is malformed, or has nothing to silence of a rule that is
// selected, is a finding of rule directive. golangci-lint's //nolint is
// honoured if [Config] says so, as it does in the command.
//
// # Configuration
//
// A [Config] says what the analyzer can't find out. Types have other names of
// members, or other values of the code, than the API's; a type's directive wins over
// what the configuration says of it. Calls of checked packages check codes themselves, so
// that nothing is owed for the responses that they give. Printers are
// functions that log their arguments, as those of package log do; decoders fill their last argument, as
// json.Unmarshal does; exits never return.
//
// The command reads it from .asynccheck.yml, which is described in docs/configuration.md.
//
// # Limits
//
// Unknown are methods of an interface that several types implement, or that other packages can
// implement, unless the call's function shows what is in the interface; and function values from
// elsewhere, such as iterators other than those of packages maps and slices.
// A response that is put into a map, sent on a channel, or shared with a goroutine is handed on.
// The functions of the standard library have no summaries, but for those known
// by name: decoders, printers, functions that hand bytes through or never
// return.
//
// The number of states that are kept for a block of a function is bounded. Past
// a first bound states are merged, and nothing is reported from one in which
// facts got lost; past a second one the response is skipped, and -debug says so.
//
// # Panics
//
// A panic inside the analysis of a function loses that function: nothing is reported
// in it, and to its callers it is unknown. It is always said, with the function's name. An analyzer
// made by [New] reports what it finds in other functions, and then fails. The command
// prints the findings, and a line for each such function on standard error; its exit status
// is 2, and as a tool of go vet it fails, so that the go command caches nothing.
// [Analyzer] and the plugin for golangci-lint make a finding of the panic, at the function:
// golangci-lint and nogo throw away the findings of an analyzer that fails, and those of others
// with them.
//
// # Drivers
//
// The command asynccheck runs the analyzer by itself and as a tool of go vet:
//
//	asynccheck ./...
//	go vet -vettool=$(which asynccheck) ./...
//
// The findings are the same. By itself, the command analyses the source of all
// dependencies, for their facts alone; go vet keeps these in the build cache.
//
// Any driver of [golang.org/x/tools/go/analysis] can run [Analyzer]. [New]
// makes one from a [Config]. One driver can run only one of them: fact types belong to one analyzer.
package analyzer

// doc is what drivers print about the analyzer.
const doc = `find misread outcomes of asynchronous cloud API calls

An answer to a batch of resources may say that some of them failed, and an
answer to a single request that there is no task. The analyzer finds paths on
which such an answer passes for a success, or on which nobody learns which
resources failed.`
