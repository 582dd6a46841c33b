package local

// Whose method a call of an interface runs, if that can't be anybody else's.

// A Requester is implemented once here, and by whoever else likes.
type Requester interface {
	Request(name string) (*Result, error)
}

type rawRequester struct{ c *Client }

// Silent: the response is returned.
func (r *rawRequester) Request(name string) (*Result, error) { return r.c.CreateRaw(name) }

// Silent: another package may have a requester that looks.
func EnsureRequested(by Requester, name string) error {
	_, err := by.Request(name)
	return err
}

// What was put into the interface here is known, exported or not.
func (c *Client) EnsureRequestedRaw(name string) error {
	var by Requester = &rawRequester{c}
	_, err := by.Request(name) // want "result-unchecked"
	return err
}

// Likewise on two ways.
func (c *Client) EnsureRequestedBy(other *Client, name string) error {
	var by Requester = &rawRequester{c}
	if other != nil {
		by = &rawRequester{other}
	}
	_, err := by.Request(name) // want "result-unchecked"
	return err
}

// Silent: it may be somebody else's on one of the ways.
func (c *Client) EnsureRequestedOr(by Requester, name string) error {
	if by == nil {
		by = &rawRequester{c}
	}
	_, err := by.Request(name)
	return err
}

// A launcher is out of sight, but other packages can pass their own to Launch.
type launcher interface {
	Launch(name string) (*Result, error)
}

type rawLauncher struct{ c *Client }

// Silent: the response is returned.
func (l rawLauncher) Launch(name string) (*Result, error) { return l.c.CreateRaw(name) }

// Silent: another package's launcher may look.
func Launch(by launcher, name string) error {
	_, err := by.Launch(name)
	return err
}

// An opener is the package's own business.
type opener interface {
	Open(name string) (*Result, error)
}

type rawOpener struct{ c *Client }

// Silent: the response is returned.
func (o rawOpener) Open(name string) (*Result, error) { return o.c.CreateRaw(name) }

// There is but one opener, and it doesn't look.
func open(by opener, name string) error {
	_, err := by.Open(name) // want "result-unchecked"
	return err
}

// A renamer is the package's own business as well.
type renamer interface {
	Rename2(name string) (*Result, error)
}

type rawRenamer struct{ c *Client }

// Silent: the response is returned.
func (r rawRenamer) Rename2(name string) (*Result, error) { return r.c.CreateRaw(name) }

// Silent: a value from elsewhere may be a renamer too.
func rename(by any, name string) error {
	if r, ok := by.(renamer); ok {
		_, err := r.Rename2(name)
		return err
	}
	return nil
}

// A creating interface holds a type of the package that has the method from elsewhere.
type creating interface {
	Create2(name string) (*Result, error)
}

type rawCreating struct{ c *Client }

// Silent: the response is returned.
func (r rawCreating) Create2(name string) (*Result, error) { return r.c.CreateRaw(name) }

type wrappedCreating struct{ creating }

// Silent: the struct has the method of whatever it embeds.
func createBy(by creating, name string) error {
	_, err := wrappedCreating{by}.Create2(name)
	return err
}

// An embedded struct's method is the one that an interface has.
type embedding struct {
	note string
	rawRequester
}

// The method of what is embedded doesn't look.
func (c *Client) EnsureEmbedded(name string) error {
	var by Requester = &embedding{rawRequester: rawRequester{c}}
	_, err := by.Request(name) // want "result-unchecked"
	return err
}

// ---- what a function puts into an interface and takes out again is the same value ----

// Silent: a helper with a bool result, by whatever name it knows its receiver.
func (r *Batch) clean() bool {
	var box any = r
	same := box.(*Batch)
	return same.Code == 0
}

// Silent: only zero passes.
func (c *Client) CreateBoxed(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	var box any = s
	if box.(*Result).Code != 0 {
		return "", errRefused
	}
	return s.RequestID, nil
}

// Silent: decoding into memory that the caller owns hands on.
func decodeBoxed(body []byte, out *Batch) error {
	var box any = out
	return decode(body, box.(*Batch))
}

// Negative codes pass, in the box and out of it.
func (c *Client) CreateBoxedPositive(name string) (string, error) {
	s, err := c.CreateRaw(name)
	if err != nil {
		return "", err
	}
	var box any = s
	if box.(*Result).Code > 0 { // want "result-nonzero-success"
		return "", errRefused
	}
	return s.RequestID, nil
}
