package journal

// Lengths of card numbers. Twelve-digit ones exist (Maestro) but twelve digits are
// too often something else to be searched for; a field that says it holds a card
// number has them masked.
const (
	shortestMasked = 12
	shortestPAN    = 13
	longestPAN     = 19
)

// Of a card number the first six and last four digits show.
const (
	headDigits = 6
	tailDigits = 4
)

// digits masks what looks like card numbers in src[start:end]: runs of 13 to 19
// digits that pass Luhn, also with single blanks or hyphens between the digits.
func (p *patch) digits(start, end int) {
	if end-start < shortestPAN {
		return
	}
	for i := start; i < end; {
		if !isDigit(p.src[i]) {
			i++
			continue
		}
		stop, n := p.run(i, end)
		if n >= shortestPAN {
			p.search(i, stop)
		}
		i = stop
	}
}

// run returns where a run of digits with single separators ends and how many
// digits it has.
func (p *patch) run(i, end int) (stop, n int) {
	for i < end {
		switch c := p.src[i]; {
		case isDigit(c):
			n++
			i++
		case isSeparator(c) && i+1 < end && isDigit(p.src[i+1]):
			i++
		default:
			return i, n
		}
	}
	return i, n
}

// search masks the middle of every card number that consecutive groups of the run
// make up. Groups are taken whole: twenty digits in a row are an id, not a card
// number with something around it. All possible numbers are masked, since which
// of two overlapping ones is meant cannot be known.
func (p *patch) search(start, stop int) {
	for i := start; i < stop; i = p.nextGroup(i, stop) {
		last := -1 // where the longest card number from here hides its last digit
		for n, j := 0, i; j < stop && n <= longestPAN; {
			groupEnd := p.groupEnd(j, stop)
			n += groupEnd - j
			if n >= shortestPAN && n <= longestPAN && p.isPAN(i, groupEnd, n) {
				last = p.nth(i, n-tailDigits)
			}
			if j = groupEnd; j < stop {
				j++ // the separator
			}
		}
		if last >= 0 {
			p.stars(p.nth(i, headDigits), last)
		}
	}
}

// maskMiddle hides all but the first six and last four of the n digits that begin
// at start.
func (p *patch) maskMiddle(start, n int) {
	p.stars(p.nth(start, headDigits), p.nth(start, n-tailDigits))
}

// nth returns the position of the digit with index n, counted from i.
func (p *patch) nth(i, n int) int {
	for ; i < len(p.src); i++ {
		if isDigit(p.src[i]) {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return i
}

func (p *patch) groupEnd(i, stop int) int {
	for i < stop && isDigit(p.src[i]) {
		i++
	}
	return i
}

func (p *patch) nextGroup(i, stop int) int {
	return min(p.groupEnd(i, stop)+1, stop)
}

// isPAN judges the n digits in src[start:end].
func (p *patch) isPAN(start, end, n int) bool {
	if n == shortestPAN && p.src[start] == '1' {
		return false // a time in milliseconds; no scheme has such numbers (ours)
	}
	sum, double := 0, false
	for i := end - 1; i >= start; i-- {
		if !isDigit(p.src[i]) {
			continue
		}
		d := int(p.src[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return sum%10 == 0 && !p.insideID(start, end)
}

// insideID says that src[start:end] is part of a longer word of hexadecimal digits:
// a UUID, with or without hyphens, or a 24-digit OrgUnit. Ids are what people
// search the journal for, and now and then one holds a run that passes Luhn.
func (p *patch) insideID(start, end int) bool {
	const uuid = 36
	for start > 0 && end-start <= uuid && isIDByte(p.src[start-1]) {
		start--
	}
	for end < len(p.src) && end-start <= uuid && isIDByte(p.src[end]) {
		end++
	}
	letters, hyphens := 0, 0
	for _, c := range p.src[start:end] {
		switch {
		case c == '-':
			hyphens++
		case !isDigit(c):
			letters++
		}
	}
	switch end - start {
	case 24, 32:
		return letters > 0 && hyphens == 0
	case uuid:
		return letters > 0 && hyphens == 4 && p.src[start+8] == '-' && p.src[start+23] == '-'
	}
	return false
}

func isIDByte(c byte) bool { return isDigit(c) || c == '-' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func isSeparator(c byte) bool { return c == ' ' || c == '-' }

// digitsOnly counts the digits of a text that holds nothing but digits and single
// separators; it is 0 for any other text.
func digitsOnly(text []byte) int {
	n := 0
	for i, c := range text {
		switch {
		case isDigit(c):
			n++
		case isSeparator(c) && i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]):
		default:
			return 0
		}
	}
	return n
}
