package simulator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/simulator/director"
)

const fileStory = "version: 1\nname: story\nrules: []\n"

// still starts a simulator with a scenario file and ends its watch, so that the
// test alone decides when the file is looked at.
func still(t *testing.T) (*reloader, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "story.yaml")
	put(t, file, fileStory)
	s, err := New(Config{Scenarios: []string{file}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the simulator: %v", err)
		}
	})
	r := s.reloader
	s.reloader = nil
	if err := r.close(); err != nil {
		t.Fatal(err)
	}
	return r, file
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (r *reloader) names() []string {
	var names []string
	for _, st := range r.s.director.Status(r.s.worlds.Default().ID) {
		names = append(names, st.Name)
	}
	return names
}

// TestFilesDoNotPushAdminScenariosAside: what came through the admin API stays
// when a file changes afterwards, well or badly.
func TestFilesDoNotPushAdminScenariosAside(t *testing.T) {
	r, file := still(t)
	world := r.s.worlds.Default()
	err := r.s.director.Use(world, []director.Source{{Name: "admin api", Text: []byte("version: 1\nname: other\nrules: []\n")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"version: 1\nname: changed\nrules: []\n", "version: 2\n", fileStory} {
		put(t, file, text)
		r.reload()
		if st := r.s.director.Status(world.ID); len(st) != 1 || st[0].Name != "other" || st[0].Error != nil {
			t.Errorf("after %q: %+v", text, st)
		}
	}
}

// TestReloadReportsEveryFile: the problems of all files are told, and once.
func TestReloadReportsEveryFile(t *testing.T) {
	r, file := still(t)
	second := filepath.Join(filepath.Dir(file), "second.yaml")
	put(t, second, "version: 2\nname: second\nrules: []\n")
	put(t, file, "version: 1\nname: story\nrulez: []\n")
	r.s.cfg.Scenarios = append(r.s.cfg.Scenarios, second)
	r.reload()
	if !strings.Contains(r.fail, "story.yaml:3:1: ") || !strings.Contains(r.fail, "second.yaml:1:10: ") {
		t.Errorf("told is %q", r.fail)
	}
	put(t, file, fileStory)
	put(t, second, "version: 1\nname: second\nrules: []\n")
	r.reload()
	if names := r.names(); r.fail != "" || len(names) != 2 || names[1] != "second" {
		t.Errorf("active is %v, told is %q", names, r.fail)
	}
}

// TestCloseEndsTheWatch: nothing looks at files any more when Close has returned.
func TestCloseEndsTheWatch(t *testing.T) {
	file := filepath.Join(t.TempDir(), "story.yaml")
	put(t, file, fileStory)
	s, err := New(Config{Scenarios: []string{file}})
	if err != nil {
		t.Fatal(err)
	}
	r := s.reloader
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	select {
	case <-r.done:
	default:
		t.Error("the watch goes on")
	}
	if list := r.events.WatchList(); len(list) != 0 {
		t.Errorf("the system still watches %v", list)
	}
}
