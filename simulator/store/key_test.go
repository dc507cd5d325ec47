package store

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func FuzzKey(f *testing.F) {
	f.Add("default", "0001", "0002")
	f.Add("s", "\xff\xff", "\xff")
	f.Add("", "k", "")
	f.Add("a\x00b", "k", "l")
	f.Fuzz(func(t *testing.T, sandbox, key, other string) {
		full, err := encodeNewKey(sandbox, "key", key)
		bad := sandbox == "" || key == "" || strings.ContainsRune(sandbox+key, 0)
		if bad || err != nil {
			var wrong *KeyError
			if !errors.As(err, &wrong) || !bad && len(sandbox)+len(key) < 32768 {
				t.Fatalf("encode(%q, %q): %v", sandbox, key, err)
			}
			return
		}
		s, k, ok := decodeKey(full)
		if !ok || s != sandbox || k != key {
			t.Fatalf("decode(%q) = %q, %q, %v", full, s, k, ok)
		}
		prefix, err := sandboxPrefix(sandbox)
		if err != nil || !bytes.HasPrefix(full, prefix) || bytes.Compare(full, successor(prefix)) >= 0 {
			t.Fatalf("%q is outside its sandbox's range", full)
		}
		second, err := encodeNewKey(sandbox, "key", other)
		if err == nil && bytes.Compare(full, second) != strings.Compare(key, other) {
			t.Fatalf("%q and %q sort otherwise than their keys", full, second)
		}
		if elsewhere, err := encodeNewKey(other, "key", key); err == nil && other != sandbox && bytes.HasPrefix(elsewhere, prefix) {
			t.Fatalf("a key of sandbox %q is in the range of %q", other, sandbox)
		}
	})
}

func FuzzDecodeKey(f *testing.F) {
	f.Add([]byte("default\x000001"))
	f.Add([]byte("\x00"))
	f.Add([]byte("a\x00b\x00c"))
	f.Fuzz(func(t *testing.T, full []byte) {
		sandbox, key, ok := decodeKey(full)
		if !ok {
			return
		}
		again, err := encodeKey(sandbox, "key", key)
		if err != nil || !bytes.Equal(again, full) {
			t.Fatalf("%q was read as %q, %q, which is %q, %v", full, sandbox, key, again, err)
		}
	})
}
