package simulator

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/fsnotify/fsnotify"

	"cardsim/scenarios"
	"cardsim/simulator/director"
)

// watchScenarios begins to watch the scenario files that the start names, if any.
// started is what was read of them.
func (s *Simulator) watchScenarios(started []director.Source) {
	files := slices.DeleteFunc(slices.Clone(s.cfg.Scenarios), func(name string) bool {
		_, shipped := scenarios.Find(name)
		return shipped
	})
	if len(files) == 0 {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	s.reloader = &reloader{s: s, files: files, events: s.watchFolders(files), stop: stop, done: make(chan struct{}), active: started}
	go s.reloader.run(ctx)
}

// watchFolders watches the folders of the files and not the files: an editor that
// writes by rename puts a new file in place of the one that would be watched.
func (s *Simulator) watchFolders(files []string) *fsnotify.Watcher {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		s.log.Warn("the system reports no changed files; scenario files are looked at every two seconds", "error", err)
		return nil
	}
	for _, file := range files {
		if err := watcher.Add(filepath.Dir(file)); err != nil {
			s.log.Warn("a folder with scenario files cannot be watched; it is looked at every two seconds", "file", file, "error", err)
		}
	}
	return watcher
}
