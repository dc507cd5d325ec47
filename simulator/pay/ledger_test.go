package pay

import "testing"

func TestBookCheck(t *testing.T) {
	move := func(from, to Account, minor int64) Posting { return Posting{From: from, To: to, Money: eur(minor)} }
	tests := map[string]struct {
		book Book
		good bool
	}{
		"empty":                      {nil, true},
		"held":                       {Book{move(Cardholder, Reserved, 100)}, true},
		"held, taken, given back":    {Book{move(Cardholder, Reserved, 100), move(Reserved, Merchant, 60), move(Reserved, Cardholder, 40), move(Merchant, Cardholder, 60)}, true},
		"taken without being held":   {Book{move(Reserved, Merchant, 1)}, false},
		"more taken than held":       {Book{move(Cardholder, Reserved, 100), move(Reserved, Merchant, 101)}, false},
		"more given back than taken": {Book{move(Cardholder, Reserved, 100), move(Reserved, Merchant, 50), move(Merchant, Cardholder, 51)}, false},
		"nothing moved":              {Book{move(Cardholder, Reserved, 0)}, false},
		"moved backwards":            {Book{move(Cardholder, Reserved, -5)}, false},
		"taken in another currency":  {Book{move(Cardholder, Reserved, 100), {From: Reserved, To: Merchant, Money: eur(1)}, {From: Reserved, To: Merchant, Money: usd(1)}}, false},
	}
	for name, tt := range tests {
		if err := tt.book.Check(); (err == nil) != tt.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
