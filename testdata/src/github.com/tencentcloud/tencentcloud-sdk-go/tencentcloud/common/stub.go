// Package common has what the stub of the SMS SDK needs of the real one.
package common

func StringPtr(v string) *string { return &v }

func StringPtrs(vals []string) []*string {
	ptrs := make([]*string, len(vals))
	for i := 0; i < len(vals); i++ {
		ptrs[i] = &vals[i]
	}
	return ptrs
}
