package strictyaml

import (
	"fmt"
	"strings"
)

// Nearest returns the candidate that a writer most likely meant by the word, or
// "" when none is near. Case, hyphens and underscores count for nothing; beyond
// that a third of the word may be wrong.
func Nearest(word string, candidates []string) string {
	plain := simplify(word)
	best, bestDistance := "", len([]rune(plain))/3+1
	for _, c := range candidates {
		if d := distance(plain, simplify(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// Suggest words the nearest candidate as a suggestion, `did you mean "x"?`, or
// returns "" when none is near.
func Suggest(word string, candidates []string) string {
	if near := Nearest(word, candidates); near != "" {
		return didYouMean(near)
	}
	return ""
}

func didYouMean(word string) string { return fmt.Sprintf("did you mean %q?", word) }

func simplify(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
}

// maxCompared bounds the work on words that are no words.
const maxCompared = 64

// distance is the number of letters to add, drop, replace or swap with a
// neighbour to come from a to b (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > maxCompared || len(y) > maxCompared {
		return maxCompared
	}
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
