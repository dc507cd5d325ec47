package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

// quickFlags are demands that need no scenario file.
type quickFlags struct {
	file string
	call admin.ExpectedCall
}

func (f *quickFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.file, "file", "", `body of POST S/verify as JSON, {"calls":[…],"order":[…]}; - for standard input`)
	fs.StringVar(&f.call.Operation, "operation", "", "operation id, or a pattern such as 'acehub.*'")
	fs.StringVar(&f.call.Where, "where", "", `expression over the entry: 'outcome == "approved"'`)
	fs.Var(number{&f.call.Count}, "count", "exactly so many calls")
	fs.Var(number{&f.call.AtLeast}, "at-least", "so many calls or more; 1 without any number")
	fs.Var(number{&f.call.AtMost}, "at-most", "so many calls or fewer")
	completeFlag(cmd, "operation", journaledOperations)
}

// quick says whether the flags demand something.
func (f *quickFlags) quick() bool {
	c := f.call
	return c.Operation != "" || c.Where != "" || c.Count != nil || c.AtLeast != nil || c.AtMost != nil
}

// demands is the body of the verification: empty for what the active scenarios
// expect.
func (f *quickFlags) demands(args []string, streams IO) ([]byte, error) {
	ways := 0
	for _, given := range []bool{len(args) > 0, f.file != "", f.quick()} {
		if given {
			ways++
		}
	}
	switch {
	case ways > 1:
		return nil, usagef("what is expected comes from a scenario file, from --file, or from --operation and its like: only one of them")
	case len(args) > 0:
		return expectations(args[0], streams.Err)
	case f.file != "":
		return readBody(f.file, streams.In)
	case f.quick() && f.call.Operation == "":
		return nil, usagef("--operation says which calls are meant; '*' is all of them")
	case f.quick():
		return json.Marshal(admin.Verification{Calls: []admin.ExpectedCall{f.call}})
	}
	return nil, nil
}

// readBody reads a body from a file, or from standard input for -.
func readBody(file string, in io.Reader) ([]byte, error) {
	read := func() ([]byte, error) { return os.ReadFile(file) }
	if file == "-" {
		read = func() ([]byte, error) { return io.ReadAll(in) }
	}
	body, err := read()
	switch {
	case err != nil:
		return nil, fmt.Errorf("read what is expected: %w", err)
	case len(bytes.TrimSpace(body)) == 0:
		return nil, fmt.Errorf("read what is expected: %s is empty", file)
	}
	return body, nil
}

// number is a flag for a number of calls that may be left out.
type number struct{ value **int }

// String is the number, or nothing.
func (n number) String() string {
	if n.value == nil || *n.value == nil {
		return ""
	}
	return strconv.Itoa(**n.value)
}

// Set reads the number.
func (n number) Set(text string) error {
	v, err := strconv.Atoi(text)
	if err != nil || v < 0 {
		return fmt.Errorf("it is a number of calls, 0 or more")
	}
	*n.value = &v
	return nil
}

// Type names the kind of value in the help.
func (n number) Type() string { return "int" }
