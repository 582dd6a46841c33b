// Package imports imports what the configuration says wrongly of another module.
package imports

import _ "wrong" // want `wrong.Answer` `wrong.Alone` `wrong.Missing` `wrong.Number` `wrong.Log:` `Outer` `Logger\).Log` `Gone` `wrong.Decode` `Logger\).Exit`
