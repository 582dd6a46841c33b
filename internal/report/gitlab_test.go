package report

import "testing"

func TestGitLab(t *testing.T) {
	r, _ := repo(t)
	directive := finding("/elsewhere/c.y", 1, 0, "directive")
	directive.Fingerprint = "ghi"
	r.Findings = append(r.Findings, directive)
	want := `[
	{
		"description": "100% r.Code:\nmore, & <more>",
		"check_name": "result-unchecked",
		"fingerprint": "abc",
		"severity": "major",
		"location": {
			"path": "sub dir/a,b.go",
			"lines": {
				"begin": 3
			}
		}
	},
	{
		"description": "message",
		"check_name": "directive",
		"fingerprint": "ghi",
		"severity": "major",
		"location": {
			"path": "/elsewhere/c.y",
			"lines": {
				"begin": 1
			}
		}
	}
]
`
	if got := printed(t, "gitlab", r); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got := printed(t, "gitlab", &Report{}); got != "[]\n" {
		t.Errorf("no findings print %q, want an empty array", got)
	}
}
