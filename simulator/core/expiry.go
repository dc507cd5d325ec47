package core

import (
	"fmt"
	"strconv"
	"time"
)

// Expiry is the month and year printed on a card, or a network token's own.
type Expiry struct {
	Month int `json:"month"` // 1 to 12
	Year  int `json:"year"`  // four digits
}

// Valid says that the month is 1 to 12 and the year has four digits.
func (e Expiry) Valid() bool {
	return e.Month >= 1 && e.Month <= 12 && e.Year >= 1000 && e.Year <= 9999
}

// Expired says whether the card is past its last good instant: a card is good
// through the last day of its month, UTC.
func (e Expiry) Expired(now time.Time) bool {
	return !now.Before(e.End())
}

// End is the first instant at which the card is no longer good.
func (e Expiry) End() time.Time {
	return time.Date(e.Year, time.Month(e.Month)+1, 1, 0, 0, 0, 0, time.UTC)
}

// String is the form used in draws and keys, YYYY-MM.
func (e Expiry) String() string {
	if !e.Valid() {
		return fmt.Sprintf("%04d-%02d", e.Year, e.Month)
	}
	return strconv.Itoa(e.Year) + "-" + strconv.Itoa(100 + e.Month)[1:]
}
