// Package imports imports types of which the configuration says what can't be.
package imports

import _ "wrong" // want `wrong.Answer` `wrong.Alone` `wrong.Missing` `wrong.Number`
