package worlds

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strconv"
	"unicode/utf8"

	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Export writes a sandbox as one portable file, as it is committed at one moment.
// Without requests in between, two exports are the same to the byte.
func (k *Keeper) Export(w *sandbox.World) ([]byte, error) {
	var p portable
	err := k.DB.View(func(tx *store.Tx) (err error) {
		if err := w.Alive(); err != nil { // what is stored is another's
			return err
		}
		p, err = k.pack(tx, w)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("export sandbox %s: %w", w.ID, err)
	}
	f := File{Format: Format, Version: Version, ID: w.ID}
	if f.Sandbox, err = encode(p, ""); err != nil {
		return nil, err
	}
	if f.Checksum, err = checksum(f.Sandbox); err != nil {
		return nil, err
	}
	return encode(f, " ")
}

// encode writes JSON with sorted names, and no escapes that only HTML needs.
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write a portable file: %w", err)
	}
	return b.Bytes(), nil
}

// pack reads everything that travels.
func (k *Keeper) pack(tx *store.Tx, w *sandbox.World) (portable, error) {
	state := w.State()
	p := portable{
		Seed: state.Seed, Origin: state.Origin, Clock: portableClock{state.Mode, state.At}, Settings: w.Settings.Changed(),
		Counters: map[string]uint64{}, Tables: map[string]map[string]json.RawMessage{},
	}
	if w.Key != nil && !w.Key.Equal(k.Key) {
		der := x509.MarshalPKCS1PrivateKey(w.Key)
		p.Key = w.Seal(string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: der})))
	}
	var err error
	if p.content, err = k.contentOf(w); err != nil {
		return p, err
	}
	sources, err := director.Stored(tx, w)
	if err != nil {
		return p, err
	}
	for _, s := range sources {
		p.Scenarios = append(p.Scenarios, story{s.Name, w.Seal(string(s.Text))})
	}
	return p, store.Each(tx, w.ID, p.add)
}

// add takes one row of the store.
func (p *portable) add(table, key string, value []byte) error {
	if !utf8.ValidString(key) {
		return fmt.Errorf("a key of table %s is no text: %q", table, key)
	}
	if table == store.CountersTable {
		n, err := strconv.ParseUint(string(value), 10, 64)
		p.Counters[key] = n
		return wrap(err, "read the counter "+key)
	}
	if !travels(table) {
		return nil
	}
	if p.Tables[table] == nil {
		p.Tables[table] = map[string]json.RawMessage{}
	}
	p.Tables[table][key] = value
	return nil
}
