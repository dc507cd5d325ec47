package journal

import (
	"bytes"
	"encoding/json"
)

// Account is the record of how an answer came about. It is encoded when somebody
// asks for it and when its entry goes to the disk, not while a caller waits. What
// it was made of must not change any more.
type Account struct {
	value any
	raw   json.RawMessage // read back from the disk
	size  int
}

// AccountOf keeps a value that can be written as JSON; size is about what it takes in
// memory, in bytes.
func AccountOf(value any, size int) Account { return Account{value: value, size: size} }

// weight is the size; nothing, for none.
func (a *Account) weight() int64 {
	if a == nil {
		return 0
	}
	return int64(a.size)
}

// MarshalJSON writes the value, or what was read back. A value that cannot be
// written is null: the entries beside it are worth keeping all the same.
func (a *Account) MarshalJSON() ([]byte, error) { return a.text(), nil }

// appender writes itself as compact JSON, for less than json.Marshal would.
type appender interface {
	AppendJSON(b []byte) ([]byte, error)
}

func (a *Account) text() json.RawMessage {
	if a.raw != nil {
		return a.raw
	}
	var text []byte
	var err error
	if v, ok := a.value.(appender); ok {
		text, err = v.AppendJSON(make([]byte, 0, a.size))
	} else {
		text, err = json.Marshal(a.value)
	}
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}

// UnmarshalJSON keeps the text.
func (a *Account) UnmarshalJSON(data []byte) error {
	a.raw, a.size = bytes.Clone(data), len(data)
	return nil
}
