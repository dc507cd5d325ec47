package pares

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"

	"cardsim/simulator/threeds/emv/anybase64"
)

// maxXML is the largest inflated message we take (reference cipher-acs.md
// B3.1: 64 KiB, inferred). maxText is more base64 than such a message needs.
const (
	maxXML  = 64 << 10
	maxText = 2 * maxXML
)

// pack makes the wire form: base64 of zlib at best compression, so that the
// text begins "eN" as real messages do (reference cardinal.md §5.1: observed).
func pack(xml []byte) (string, error) {
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.BestCompression)
	if err != nil {
		return "", fmt.Errorf("deflate: %w", err)
	}
	if _, err := w.Write(xml); err != nil {
		return "", fmt.Errorf("deflate: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("deflate: %w", err)
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}

// unpack undoes pack. It takes what senders make of it too: any spelling of
// base64, and a raw deflate stream, which the specification's words ask for
// though nobody sends it (reference cipher-acs.md B3.1: inferred).
func unpack(text string) ([]byte, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("%w: %d characters are more than %d", ErrNotInflated, len(text), maxText)
	}
	packed, err := anybase64.Decode(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotInflated, err)
	}
	zr, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return inflate(flate.NewReader(bytes.NewReader(packed)))
	}
	return inflate(zr)
}

// inflate reads a stream to its end, but no further than the limit: a few
// kilobytes of deflate can announce gigabytes.
func inflate(r io.Reader) ([]byte, error) {
	xml, err := io.ReadAll(io.LimitReader(r, maxXML+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotInflated, err)
	}
	if len(xml) > maxXML {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrNotInflated, maxXML)
	}
	return xml, nil
}
