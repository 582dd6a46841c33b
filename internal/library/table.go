package library

// codecs are packages that decode and encode JSON, with the function names of encoding/json. All their functions
// neither judge nor keep what they get.
var codecs = []string{
	"encoding/json",
	"encoding/json/v2",
	"encoding/json/jsontext",
	"github.com/go-json-experiment/json",
	"github.com/json-iterator/go",
	"github.com/goccy/go-json",
	"github.com/bytedance/sonic",
	"github.com/segmentio/encoding/json",
}

// loggers are packages whose functions log their arguments.
var loggers = []string{
	"log",
	"log/slog",
	"github.com/sirupsen/logrus",
	"go.uber.org/zap",
	"github.com/rs/zerolog",
	"github.com/rs/zerolog/log",
	"github.com/golang/glog",
	"k8s.io/klog",
	"k8s.io/klog/v2",
	"github.com/go-logr/logr",
	"github.com/hashicorp/go-hclog",
	"github.com/apex/log",
	"github.com/go-kit/log",
	"github.com/charmbracelet/log",
	"github.com/davecgh/go-spew/spew",
	"github.com/kr/pretty",
}

// logrus is a logger with many ways to end the process.
var logrus = []string{"github.com/sirupsen/logrus"}

// glogs are loggers that come from glog and have its names.
var glogs = []string{"github.com/golang/glog", "k8s.io/klog", "k8s.io/klog/v2"}

// movers are packages that move or transform bytes without judging them.
var movers = []string{
	"io", "io/ioutil", "bytes", "strings", "bufio", "os",
	"net/http", "net/http/httptest", "net/http/httputil",
	"compress/gzip", "compress/flate", "compress/zlib",
	"encoding/base64", "encoding/hex", "crypto/sha256", "crypto/md5",
}

// collections are packages with functions of slices and maps.
var collections = []string{"slices", "maps", "golang.org/x/exp/slices", "golang.org/x/exp/maps"}

// nilGivers are packages of the standard library whose functions return nil on success. context and errors are not
// among them: they return errors that other code has made.
var nilGivers = []string{
	"archive/", "bufio", "bytes", "compress/", "crypto", "crypto/", "database/", "encoding", "encoding/", "fmt", "html", "html/",
	"image", "image/", "io", "io/", "log", "log/", "mime", "mime/", "net", "net/", "os", "os/", "path", "path/", "regexp", "regexp/",
	"strconv", "strings", "text/", "time", "time/",
}

// IsNowhere reports whether a writer in a package's variable discards what is written to it.
func IsNowhere(path, name string) bool { return path == "io" && name == "Discard" }

// IsShown reports whether a person reads what is written to a writer in a package's variable.
func IsShown(path, name string) bool { return path == "os" && (name == "Stdout" || name == "Stderr") }

// DecodesItself are the methods by which a type decodes itself. Decoders call them.
var DecodesItself = [...]string{"UnmarshalJSON", "UnmarshalJSONFrom", "UnmarshalText"}

// table is what is known about other people's functions. If several rows say what a call does, the first counts.
var table = [...]Row{
	// JSON.
	{[]string{"github.com/goccy/go-json"}, function, "UnmarshalContext", Decodes, 2}, // of a context and bytes
	{[]string{"github.com/goccy/go-json"}, method, "DecodeWithOption", Decodes, 0},
	{codecs, function, "Unmarshal*", Decodes, 1},
	{codecs, method, "UnmarshalJSON*", Decodes, 1},
	{[]string{"github.com/json-iterator/go", "github.com/goccy/go-json", "github.com/bytedance/sonic"}, method, "Unmarshal*", Decodes, 1},
	{codecs, method, "Decode", Decodes, 0},
	{codecs, either, "Marshal MarshalIndent* MarshalJSON* MarshalTo* MarshalString MarshalContext MarshalNoEscape MarshalWithOption MarshalFunc", Encodes, 0},
	{codecs, method, "Encode", EncodesTo, 0},
	{codecs, either, "NewDecoder", MakesDecoder, 0},
	{codecs, either, "Token", JudgesBytes, 0}, // one after the other
	{codecs, either, all, Codec, 0},

	// Errors.
	{[]string{"errors"}, function, "New", MakesError, 0},
	{[]string{"errors"}, function, "Join", JoinsErrors, 0},
	{[]string{"errors"}, function, "Is As AsType", TestsError, 0},
	{[]string{"fmt"}, function, "Errorf", MakesError, 0},
	{[]string{"github.com/pkg/errors", "golang.org/x/xerrors"}, function, "New Errorf", MakesError, 0},
	{[]string{"github.com/pkg/errors", "golang.org/x/xerrors"}, function, "Is As", TestsError, 0},
	{[]string{"github.com/pkg/errors"}, function, "Wrap Wrapf WithMessage WithMessagef WithStack", WrapsNil, 0},

	// Printers.
	{[]string{"fmt"}, function, "Sprint* Append*", Formats, 0},
	{[]string{"fmt"}, function, "Print* Fprint*", Prints, 0},
	{[]string{"fmt"}, either, "Scan* Fscan* Sscan*", JudgesBytes, 0},
	{[]string{"fmt", "errors"}, either, all, BuildsText, 0},
	{loggers, either, all, Prints, 0},
	{[]string{"testing"}, method, "Error* Fail FailNow Fatal* Log* Skip*", Prints, 0}, // t.Run and t.Cleanup do more
	{[]string{"testing"}, method, "Error Errorf Fail", FailsTest, 0},
	{nil, either, "~debug ~info ~notice ~warn ~warning ~error ~fatal ~panic ~trace ~print ~log ~verbose ~output ~skip", Logs, 0},

	// Functions that never return.
	{[]string{"os", "syscall"}, function, "Exit", Exits, 0},
	{[]string{"runtime"}, function, "Goexit", Unwinds, 0},
	{[]string{"log"}, function, "Fatal Fatalf Fatalln", Exits, 0},
	{[]string{"log"}, "Logger", "Fatal Fatalf Fatalln", Exits, 0},
	{[]string{"log"}, function, "Panic Panicf Panicln", Unwinds, 0},
	{[]string{"log"}, "Logger", "Panic Panicf Panicln", Unwinds, 0},
	{[]string{"testing"}, "common TB", "FailNow Fatal Fatalf SkipNow Skip Skipf", Unwinds, 0},
	{logrus, function, "Fatal Fatalf Fatalln FatalFn Exit", Exits, 0},
	{logrus, "Entry Logger StdLogger FieldLogger", "Fatal Fatalf Fatalln FatalFn Exit", Exits, 0},
	{logrus, function, "Panic Panicf Panicln PanicFn", Unwinds, 0},
	{logrus, "Entry Logger StdLogger FieldLogger", "Panic Panicf Panicln PanicFn", Unwinds, 0},
	{[]string{"go.uber.org/zap"}, "Logger SugaredLogger", "Fatal Fatalf Fatalw Fatalln", Exits, 0},
	{[]string{"go.uber.org/zap"}, "Logger SugaredLogger", "Panic Panicf Panicw Panicln", Unwinds, 0}, // DPanic returns in production
	// These give an event, and the process ends when the event is sent: log.Fatal().Str("id", id).Msg("…"). Nothing is
	// reported for such a path, since the engine doesn't follow what is put into the event.
	{[]string{"github.com/rs/zerolog/log"}, function, "Fatal Panic", Unwinds, 0},
	{[]string{"github.com/rs/zerolog"}, "Logger", "Fatal Panic", Unwinds, 0},
	{glogs, function, "Fatal Fatalf Fatalln FatalDepth FatalDepthf FatallnDepth FatalfDepth", Exits, 0},
	{glogs, function, "FatalContext FatalContextf FatalContextDepth FatalContextDepthf", Exits, 0},
	{glogs, function, "Exit Exitf Exitln ExitDepth ExitDepthf ExitlnDepth ExitfDepth FlushAndExit", Exits, 0},
	{glogs, function, "ExitContext ExitContextf ExitContextDepth ExitContextDepthf", Exits, 0},
	{[]string{"github.com/apex/log", "github.com/charmbracelet/log"}, function, "Fatal Fatalf", Exits, 0},
	{[]string{"github.com/apex/log", "github.com/charmbracelet/log"}, "Entry Interface Logger", "Fatal Fatalf", Exits, 0},

	// Numbers and iterators.
	{codecs, "Number", "Int64 Float64 String", ConvertsNumber, 0},
	{[]string{"strconv"}, function, "Atoi Itoa ParseInt ParseUint FormatInt", ConvertsNumber, 0},
	{[]string{"github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/smithy-go/ptr"}, function, "To*", Dereferences, 0},
	{[]string{"github.com/aws/aws-sdk-go/aws", "github.com/alibabacloud-go/tea/tea"}, function, "StringValue BoolValue IntValue Int8Value Int16Value Int32Value Int64Value UintValue Uint8Value Uint16Value Uint32Value Uint64Value Float32Value Float64Value", Dereferences, 0},
	{[]string{"github.com/samber/lo"}, function, "FromPtr", Dereferences, 0},
	{[]string{"maps"}, function, "All Values", Iterates, 0},
	{[]string{"maps"}, function, "Keys", IteratesKeys, 0},
	{[]string{"slices"}, function, "All Values Backward", Iterates, 0},
	{[]string{"slices"}, function, "Sorted SortedFunc Collect", Collects, 0},
	{collections, function, "Contains", Contains, 0},
	{collections, function, "Contains ContainsFunc Index IndexFunc BinarySearch Equal Max Min Keys Values All", Searches, 0},

	// Errors that may be nil.
	{nilGivers, either, all, MayGiveNil, 0},

	// Bytes.
	{movers, either, all, Moves, 0},
	{[]string{"net/http", "net/http/httptest", "os"}, either, all, Fetches, 0},
	{[]string{"crypto/", "hash", "hash/"}, either, all, Digests, 0},
	{[]string{"bytes", "strings"}, function, all, Measures, 0}, // strings.Index, bytes.CutPrefix
	{movers, method, "Read WriteTo", CopiesTo, 0},
	{movers, function, "ReadFull ReadAtLeast TeeReader", CopiesTo, 1},
	{[]string{"io"}, function, "TeeReader", Tees, 0},
	{movers, method, "Write WriteString ReadFrom", CopiesFrom, 0},
	{movers, function, "Copy CopyN WriteString Decode Encode", CopiesFrom, 1},
	{movers, method, "Decode Encode", CopiesFrom, 1}, // of an encoding
	{movers, method, "Bytes String Len Cap Available Next Truncate Reset Grow", OnlyReads, 0},
	{movers, method, "Read ReadByte ReadRune ReadBytes ReadString WriteTo", OnlyReads, 0},
	{movers, either, "ReadBytes ReadString ReadLine ReadSlice Next Peek Lines Split* Fields* Cut*", Splits, 0},
	{[]string{"bufio"}, "Scanner", "Bytes Text", Splits, 0},
	{[]string{"bufio"}, "Scanner", "Scan", Advances, 0},
	{[]string{"net/http"}, function, "MaxBytesReader", Limits, 1},
	{[]string{"os", "io"}, either, "Write*", WritesTo, 0},

	// Functions of any package, by name alone.
	{nil, either, "Marshal+ Encode+ Write+ Render+ Respond+ Reply+ Print+ Fprint+ Sprint+ Append+", Writes, 0},
	{nil, either, "Log+ Debug+ Info+ Warn+ Error+ Fatal+ Panic+", Writes, 0},
	{nil, either, "JSON IndentedJSON PureJSON SecureJSON AsciiJSON XML", Writes, 0},
	{nil, either, "Bind* ShouldBind* MustBind*", DecodesRequest, 0}, // as web frameworks call them
}
