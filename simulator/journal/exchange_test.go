package journal

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func drawMessage(t *rapid.T) *Message {
	if rapid.Bool().Draw(t, "none") {
		return nil
	}
	return &Message{
		Headers: rapid.MapOfN(rapid.String(), rapid.String(), 0, 5).Draw(t, "headers"),
		Body:    rapid.OneOf(rapid.String(), rapid.Just(strings.Repeat("x", 300)), rapid.Just(strings.Repeat("x", 70_000))).Draw(t, "body"),
	}
}

// What is kept in one piece comes out as it went in, and counts for what it takes.
func TestExchangeGivesBackTheMessages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		request, response := drawMessage(t), drawMessage(t)
		x := Exchange{}
		if request != nil || response != nil {
			x = packMessages(request, response)
		}
		gotRequest, gotResponse := x.messages()
		if diff := cmp.Diff([]*Message{request, response}, []*Message{gotRequest, gotResponse}); diff != "" {
			t.Fatal(diff)
		}
		if want := sizeOfMessages(request, response); int(x.size()) != want {
			t.Fatalf("%d bytes, want %d", x.size(), want)
		}
	})
}

// Both sides are masked on their way in.
func TestExchangeMasks(t *testing.T) {
	request, response := newMemo().exchange(
		Side{Header: http.Header{"X-Api-Key": {"k-12345678"}, "Accept": {"a", "b"}}, Kind: JSON, Body: []byte(`{"pan":"4000000000001091"}`)},
		Side{Kind: Text, Body: []byte("token 4895371234567890 \xff")},
		[]string{"4895371234567890"},
	).messages()
	want := []*Message{
		{Headers: map[string]string{"X-Api-Key": hidden, "Accept": "a, b"}, Body: `{"pan":"400000******1091"}`},
		{Headers: map[string]string{}, Body: "token 489537******7890 \ufffd"},
	}
	if diff := cmp.Diff(want, []*Message{request, response}); diff != "" {
		t.Error(diff)
	}
}
