package own

import "acme"

// Each instance of a generic type is a response by itself: a count tells of failures, and a text doesn't.

func numbered(c *acme.Client) error {
	_, err := acme.Ask[int](c) // want `result-unchecked`
	return err
}

func texted(c *acme.Client) error {
	_, err := acme.Ask[string](c)
	return err
}

func numberedAgain(c *acme.Client) error {
	_, err := acme.Ask[int64](c) // want `result-unchecked`
	return err
}

func numberedQuery(q *acme.Query[int]) error {
	_, err := q.Run() // want `result-unchecked`
	return err
}

func textedQuery(q *acme.Query[string]) error {
	_, err := q.Run()
	return err
}

// Silent: the count is tested.
func numberedChecked(q *acme.Query[int]) error {
	a, err := q.Run()
	if err != nil {
		return err
	}
	if a.Lost != 0 {
		return errFailed
	}
	return nil
}

// What a function gives depends on its instance, too.

func allErrors() error {
	acme.All[map[string]error]() // want `result-unchecked`
	return nil
}

func allNames() error {
	acme.All[[]string]()
	return nil
}
