package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// maxImport is the largest portable file. It is read whole before anything is
// changed.
const maxImport = 256 << 20

// bodyLimit is the largest body of a request.
func bodyLimit(r *http.Request) int64 {
	if r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, "/api/v1/sandboxes/") && strings.HasSuffix(r.URL.Path, "/import") {
		return maxImport
	}
	return maxBody
}

// export answers a sandbox as one portable file.
func (a *API) export(w http.ResponseWriter, r *http.Request) {
	world, err := a.find(r)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	text, err := a.Keeper.Export(world)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", world.ID+".cardsim.json"))
	_, _ = w.Write(text) // a client that has gone is no error of ours
}

// importSandbox takes a portable file: 204, or a problem and everything as before.
func (a *API) importSandbox(w http.ResponseWriter, r *http.Request) {
	if err := a.takeFile(r); err != nil {
		a.writeProblem(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a *API) takeFile(r *http.Request) error {
	text, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return problem(http.StatusRequestEntityTooLarge, fmt.Sprintf("the file exceeds %d MiB", maxImport>>20))
	case err != nil:
		return problem(http.StatusBadRequest, "the file could not be read to its end")
	case len(text) == 0:
		return problem(http.StatusBadRequest, "a portable file is needed: what GET S/export answered")
	}
	return keeperProblem(a.Keeper.Import(r.PathValue("sandbox"), text))
}
