module cardsim

go 1.26
