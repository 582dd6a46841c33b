package checkout

import (
	"net/url"
	"strings"
)

// A Forge shows files of commits on the web.
type Forge struct {
	Name string
	URL  string // of a line, with {commit}, {path} and {line}
}

// forges are the kinds of forges, with the paths of their pages. A forge is known by its host, or by the first word of
// the host, as in gitlab.example.com.
var forges = []struct {
	name, word, path string
	hosts            []string
}{
	{"GitHub", "github", "/blob/{commit}/{path}#L{line}", []string{"github.com"}},
	{"GitLab", "gitlab", "/-/blob/{commit}/{path}#L{line}", []string{"gitlab.com"}},
	{"Gitea", "gitea", "/src/commit/{commit}/{path}#L{line}", []string{"gitea.com"}},
	{"Forgejo", "forgejo", "/src/commit/{commit}/{path}#L{line}", []string{"codeberg.org"}},
}

// Forge returns the forge that has the commit. It is the zero value if the remote "origin" is on no known forge, or if
// the commit is not there as far as git knows: then a link would lead nowhere.
func (c *Checkout) Forge() Forge {
	remote, ok := ask(c.root, "remote", "get-url", "origin")
	if !ok {
		return Forge{}
	}
	f := forgeOf(strings.TrimSpace(remote))
	if f.URL == "" {
		return Forge{}
	}
	// What a runner of GitHub or GitLab checks out for a change is in one of the other two.
	refs, ok := ask(c.root, "for-each-ref", "--count=1", "--contains="+c.Commit, "refs/remotes/origin", "refs/remotes/pull", "refs/pipelines")
	if !ok || refs == "" {
		return Forge{}
	}
	return f
}

// forgeOf returns the forge that a remote is on. Whatever is not plainly the name of a repository gives none.
func forgeOf(remote string) Forge {
	host, repo := hostAndRepo(remote)
	repo = strings.TrimSuffix(strings.Trim(repo, "/"), ".git")
	if !plain(host, ".-") || !strings.Contains(repo, "/") {
		return Forge{}
	}
	for segment := range strings.SplitSeq(repo, "/") {
		if !plain(segment, "._-~") || strings.Trim(segment, ".") == "" {
			return Forge{}
		}
	}
	for _, f := range forges {
		known := strings.HasPrefix(host, f.word+".")
		for _, h := range f.hosts {
			known = known || host == h
		}
		if known {
			return Forge{f.name, "https://" + host + "/" + repo + f.path}
		}
	}
	return Forge{}
}

// hostAndRepo splits the address of a remote: a URL, or user@host:path as ssh has it. It leaves out user names and
// passwords, and the port, which is ssh's.
func hostAndRepo(remote string) (host, repo string) {
	if !strings.Contains(remote, "://") {
		host, repo, _ = strings.Cut(remote, ":")
		return strings.ToLower(host[strings.LastIndexByte(host, '@')+1:]), repo
	}
	u, err := url.Parse(remote)
	if err != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", ""
	}
	switch u.Scheme {
	case "https":
		if u.Port() != "" {
			return "", "" // the page may have another one
		}
	case "ssh":
	default:
		return "", ""
	}
	return strings.ToLower(u.Hostname()), u.Path
}

// plain reports whether a text has only letters and digits of ASCII, and these other characters.
func plain(text, others string) bool {
	for _, c := range text {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune(others, c) {
			return false
		}
	}
	return text != ""
}
