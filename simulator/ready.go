package simulator

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// readyFile is what --ready-file holds (interface §1).
type readyFile struct {
	URL      string `json:"url"`
	AdminURL string `json:"adminUrl"`
	PID      int    `json:"pid"`
	Version  string `json:"version"`
}

// writeReadyFile tells whoever waits that both listeners accept. The file
// appears whole or not at all.
func (s *Simulator) writeReadyFile() error {
	s.ready.Store(true)
	if s.cfg.ReadyFile == "" {
		return nil
	}
	data, err := json.Marshal(readyFile{URL: s.URL(), AdminURL: s.AdminURL(), PID: os.Getpid(), Version: s.cfg.Version})
	if err != nil {
		return fmt.Errorf("encode the ready file: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(s.cfg.ReadyFile), ".cardsim-ready-*")
	if err != nil {
		return fmt.Errorf("write the ready file: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already when the rename worked
	if _, err = tmp.Write(append(data, '\n')); err != nil {
		_ = tmp.Close()
		return fmt.Errorf("write the ready file: %w", err)
	}
	if err = tmp.Close(); err != nil {
		return fmt.Errorf("write the ready file: %w", err)
	}
	if err = os.Rename(tmp.Name(), s.cfg.ReadyFile); err != nil {
		return fmt.Errorf("write the ready file: %w", err)
	}
	return nil
}
