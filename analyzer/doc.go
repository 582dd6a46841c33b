// Package analyzer defines an Analyzer that finds calls that succeeded in part,
// where the failed part is lost: calls of SDKs, and of cloud API 2.0.
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
// A Go type is a response if its JSON members have these names. The members can be
// its own, those of an embedded struct, or behind pointers. The names of the
// type and of its Go fields do not matter.
//
// If the members do not decide, the analyzer looks for evidence in the package:
//
//   - for a response: a comparison of the code with 5100 or 5400, or the API's
//     host name in a string;
//   - if there is none, against it: a comparison of the code with 200, or
//     functions that all accept the same value, and not 0, as the only success.
//
// If a package only builds values of a type, and never decodes or receives one, they
// are not checked: they are answers that the package writes. A response that
// implements error is checked like any other, except where a function returns it
// as its error.
//
// # What is found
//
// The analyzer follows a response through a function, path by path, from its
// origin (where it is decoded, received or taken from a collection) until it is
// settled (at a return, at the end of the function, or where its origin
// runs again). On each path it knows which codes are still possible, and what was
// done with the response:
//
//   - It was judged if the code decided a branch.
//   - It was inspected if some entry's code was read and used. Printing is not
//     using, even if it makes an error. Package main is an exception: there a
//     person reads what is printed.
//   - It was handed on if it was returned, sent, stored where it outlives the
//     function, or passed to an unknown function. The code that gets it can
//     check it, so the analyzer is silent.
//
// The state at the place where the response is settled decides which rule reports
// it:
//
//   - batch-partial-as-success: a batch was judged, 5400 is still possible, the
//     detail was not inspected, and success is signalled. Failed resources
//     are treated as done.
//   - batch-partial-as-failure: the same, but success is not signalled. Nobody
//     learns which resources failed, and a retry repeats what succeeded.
//   - batch-detail-shallow: one of these two, but the detail was counted, listed
//     or printed on the path.
//   - batch-detail-unreachable: a function turns 5400 into an error and drops
//     the detail, so that no caller can see it.
//   - batch-entry-missing (opt-in): a resource that is absent from the detail
//     is treated as done.
//   - batch-outer-unread (opt-in): the entries were inspected, but the batch's
//     outer code was never judged. A refused request is treated as done.
//   - batch-first-only (opt-in): an SDK's answer has a status for each item, and
//     only the first was read.
//   - result-unchecked: success is signalled, and the code was never judged.
//   - result-nonzero-success: success is signalled where 0 is possible together
//     with an open set of other codes, as after "code > 0".
//   - result-failure-dropped: the code can only be a failure, one of an open set,
//     but the function returns a nil error and does nothing about it.
//   - directive: a directive or a name in the configuration is wrong, or a
//     directive silences nothing.
//
// Four things signal success:
//
//   - A nil error is returned.
//   - The task's ID leaves the function.
//   - The only result is a bool, true is returned, and some code gives false.
//   - A function without an error or bool result ends after it judged the code.
//
// Each rule has a page with examples in docs/rules. The command prints it
// with -explain.
//
// If a change is right by construction, a finding has a suggested fix. It replaces a
// comparison that is too weak by one with 0, or it returns an error that
// names all failed entries of a batch, or says how many items an SDK's call did
// not take. After the fix, no rule reports the response.
//
// # When it is silent
//
// The analyzer reports only what it can show on a path. What it can't follow
// (reflection, unknown functions, values kept in fields) counts as handled.
//
// It accepts codes that the code names. In
//
//	if r.Code != 0 && r.Code != 7001 {
//		return err
//	}
//	return nil
//
// somebody has decided that 7001 is all right. The mistakes are in open sets of
// codes, as after "r.Code != 5100" or in a default clause that succeeds: nobody has
// thought about these codes.
//
// Nothing is owed on a path that ends in a panic, in [runtime.Goexit] or in a
// test's failure, nor on one where the origin's own error is not nil.
//
// A code is handed on if it is formatted into a text that is compared, returned or
// stored. A branch on a bool member of the response counts as handing on, too: the
// member may say what the code says.
//
// # Across functions and packages
//
// Every function, method and literal has a summary. A generic function has one for
// all its instances. The summary says
//
//   - what the function does with a response, a code, a detail or the bytes of an
//     answer that it gets: whether it judges, inspects or keeps it, and for which
//     codes it returns true, a nil error or another constant;
//   - what it decodes into its caller's memory: which codes are possible there,
//     whether they were judged, and whether a partial failure became
//     an error without the detail;
//   - what its results are: a response and its codes beside a nil error, a
//     member of a parameter, bytes that were not decoded, an error that
//     is never nil;
//   - whether it never returns.
//
// A summary is applied at each call, in one state for each outcome of the call.
// Summaries are facts: packages that import a package read them. So the analyzer
// can distinguish two clients in
//
//	_, err := client.Stop(ids)
//	return err
//
// One turns every code but 0 into an error: these lines are right. The other
// returns what it decoded: they are wrong. If code ignores the error of the first
// client, the response counts as unchecked. It is enough to test the error, to
// return it or to pass it on.
//
// A function that gets a response from its caller is a helper. If it has a bool,
// number or string result, or gets only the code, findings stand where a caller
// uses its result. If it has an error result, findings stand in the helper itself,
// and callers that return its error are silent. No batch finding stands in an
// unexported helper if all its callers inspect the detail.
//
// A struct that has a code, but is a response only where another struct embeds it,
// has summaries for its methods too. Findings stand at the calls of these methods.
// A function literal is followed if a helper calls it with entries.
//
// # Flags
//
//   - -rules selects rules by a comma-separated list of names and patterns,
//     such as batch-*. A leading '-' leaves rules out. A list that begins
//     with one starts from the default rules, another from none.
//   - -strict adds the opt-in rules, and treats a response that comes from an
//     unknown function as unchecked.
//   - -generated reports findings in generated files too.
//   - -debug lists the functions that were not analyzed, and why, on standard
//     error.
//
// # Directives
//
// A directive in the doc comment of a type declaration says what the type is. It
// overrides everything else:
//
//	//asynccheck:response batch
//	//asynccheck:response single
//	//asynccheck:response none
//
// The first two may name members whose names differ from the API's, as Go
// selectors relative to the type:
//
//	//asynccheck:response batch code=RetCode detail=Results task=Data.TaskID
//
// Such a code may be a string. "Success" means success. Any other text that the
// code is compared with is a failure, and counts as named.
//
// This comment silences findings:
//
//	//asynccheck:ignore RULE[,RULE] reason
//
// At the end of a line it is for that line. On a line before a statement it is for
// the whole statement. In the doc comment of a declaration it is for the whole
// declaration. The reason is required. The rule directive reports a comment that is
// malformed, or that silences nothing of a selected rule. golangci-lint's
// //nolint comments have the same effect if [Config] says so. The command does.
//
// # Configuration
//
// A [Config] says what the analyzer can't find out:
//
//   - APIs lists contracts of the user's own, and Contracts turns contracts on and off.
//   - Types lists response types whose members have other names than the API's, or
//     whose codes have other values. A type's directive overrides it.
//   - Checked lists packages that check codes themselves. Nothing is owed for
//     the responses that their functions return or fill.
//   - Printers lists functions that log their arguments, like those of package log.
//   - Decoders lists functions that fill their last argument, like json.Unmarshal.
//   - Exits lists functions that never return.
//
// The command reads it from .asynccheck.yml (or .yaml): see docs/configuration.md.
//
// # Limits
//
// The analyzer does not know
//
//   - the methods of an interface that several types or other packages can
//     implement, unless the function shows which type is in the interface;
//   - function values from elsewhere, such as iterators, except those of
//     packages maps and slices;
//   - the functions of the standard library, except some that it knows by name:
//     decoders, printers, functions that pass bytes through or never return.
//
// A response that is put into a map, sent on a channel, or shared with a goroutine
// is handed on.
//
// The number of states for each block of a function is limited. Above a first
// limit, states are merged. If a merge loses known values, nothing is reported from
// the merged state. Above a second limit, the response is skipped, and -debug
// says so.
//
// # Panics
//
// If the analysis of a function panics, the function is lost: nothing is reported
// in it, and it is unknown to its callers. The function is always named.
//
//   - An analyzer made by [New] reports its findings in other functions, and then
//     fails.
//   - The stand-alone command prints the findings, and a line on standard error for
//     each function that is lost. Its exit status is 2.
//   - Under go vet the package fails, so the go command caches nothing.
//   - [Analyzer] and the plugin for golangci-lint report the panic as a finding, at
//     the function. If they failed instead, golangci-lint and nogo would drop
//     all findings, even those of other analyzers.
//
// # Drivers
//
// The command asynccheck runs the analyzer stand-alone and as a tool of go vet:
//
//	asynccheck ./...
//	go vet -vettool=$(which asynccheck) ./...
//
// The findings are the same. Stand-alone, the command analyzes the source of all
// dependencies each time, only for their facts. go vet keeps these in the build
// cache.
//
// Any driver of [golang.org/x/tools/go/analysis] can run [Analyzer]. [New]
// makes an analyzer from a [Config]. A driver can run only one of them: fact types
// belong to one analyzer.
package analyzer

// doc is what drivers print about the analyzer.
const doc = `find calls that succeeded in part, where the failed part is lost

The error of an SDK's call is nil, and its output says which items failed.
An answer to a batch of resources may say that some of them failed. An answer
to a single request may say that there is no task. The analyzer finds paths on
which such an answer is treated as a success, or on which nobody learns which
resources failed.`
