package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

// filePatience bounds the transfer of a portable file, which may be large.
const filePatience = 10 * time.Minute

// standard stands for the standard stream in place of a file.
const standard = "-"

func newExport(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "export FILE", Short: "Write one sandbox to a portable file",
		Long: `Write one sandbox to a portable file: everything in it but its journal, with its
credentials in clear, so the file is readable by you only. Another simulator, of this
version or a newer one, goes on from there with 'cardsim import'. FILE - is standard
output. Two exports without a request in between are the same to the byte.`,
		Example: "  cardsim export midway.json\n  cardsim export - --sandbox team-a | ssh other cardsim import - --sandbox team-a",
		Args:    oneFile,
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := flags.patient().send(message{method: http.MethodGet, path: flags.path("/export")})
			if err != nil {
				return err
			}
			if a.code != http.StatusOK {
				return problemsOf(a)
			}
			if args[0] == standard {
				_, err := streams.Out.Write(a.body)
				return err
			}
			return writeWhole(args[0], a.body)
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

func newImport(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Put a portable file in the place of what is in a sandbox",
		Long: `Put a portable file in the place of what is in a sandbox, or make the sandbox from it.
Journeys go on where they were: with the same credentials, or, where another sandbox
of this simulator has those, with new ones that 'cardsim sandbox env' prints. A file
that cannot be used changes nothing. FILE - is standard input.`,
		Example: "  cardsim import midway.json\n  cardsim import midway.json --sandbox bug-123",
		Args:    oneFile,
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := readWhole(args[0], streams.In)
			if err != nil {
				return err
			}
			m := message{method: http.MethodPut, path: flags.path("/import"), media: "application/json", body: text}
			if err := flags.patient().call(m, nil); err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(streams.Out, map[string]string{"sandbox": flags.sandbox})
			}
			_, err = fmt.Fprintf(streams.Out, "Imported %s. Point your code at it:\n  eval \"$(cardsim sandbox env %s)\"\n", flags.sandbox, flags.sandbox)
			return err
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("%s takes one file, or - for the standard stream", cmd.CommandPath())
	}
	return nil
}

// patient is a client that waits for large files.
func (f *worldFlags) patient() *client {
	c := f.client()
	c.http.Timeout = filePatience
	return c
}

func readWhole(name string, in io.Reader) ([]byte, error) {
	if name != standard {
		return os.ReadFile(name)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	return text, nil
}

// writeWhole puts a file in its place in one step, so that nobody reads half of it,
// readable by its owner only.
func writeWhole(name string, text []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write %s: %w", name, err), os.Remove(f.Name()))
		}
	}()
	if _, err := io.Copy(f, bytes.NewReader(text)); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
