package sandbox

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
	"strings"
)

// LinkKind says what a link stands for; each kind's links differ.
type LinkKind byte

// The kinds of link. They are pinned: files that users keep hold such links.
const (
	LinkACS       LinkKind = 1 // the access control server's id of a transaction
	LinkDS        LinkKind = 2 // the directory server's
	LinkChallenge LinkKind = 3 // a challenge's id
)

// Link is another id of what has this one, of 20 letters and digits as [Draw.Alnum] draws
// them: [Sealer.Unlink] leads back from it, so that no table has to. No two ids share a
// link, and without the world's key a link tells nothing. That of another text is zero and
// leads nowhere.
func (s *Sealer) Link(kind LinkKind, id string) UUID {
	n, ok := numberOf(id)
	if !ok {
		return UUID{}
	}
	m := mixer{key: s.links, kind: kind}
	for round := range byte(linkRounds) {
		n.left, n.right = n.right, n.left^m.mix(round, n.right)
	}
	return n.uuid(m.mix(linkRounds, n.left))
}

// Unlink is the id that a link of this kind was made of; ok is false for most UUIDs that
// are none, and what the others lead to has another link.
func (s *Sealer) Unlink(kind LinkKind, link UUID) (id string, ok bool) {
	n, m := halvesOf(link), mixer{key: s.links, kind: kind}
	if n.uuid(m.mix(linkRounds, n.left)) != link {
		return "", false
	}
	for round := linkRounds - 1; round >= 0; round-- {
		n.left, n.right = n.right^m.mix(byte(round), n.left), n.left
	}
	return n.id()
}

// Twin is another UUID for what has this one, where nothing has to lead back: a function
// of the world's key and the UUID alone, at a tenth of the price of a [Draw].
func (s *Sealer) Twin(u UUID) UUID {
	twin := u
	s.links.Encrypt(twin[:], twin[:])
	return twin.version4()
}

// linkRounds is how often one half is mixed into the other (a Feistel network, which is a
// strong permutation from four on).
const linkRounds = 6

// mixer makes half a number of another, for one kind of link.
type mixer struct {
	key  cipher.Block
	kind LinkKind
	room [aes.BlockSize]byte
}

func (m *mixer) mix(round byte, half uint64) uint64 {
	binary.BigEndian.PutUint64(m.room[:], half)
	clear(m.room[8:])
	m.room[8], m.room[9] = byte(m.kind), round
	m.key.Encrypt(m.room[:], m.room[:])
	return binary.BigEndian.Uint64(m.room[:]) & halfMask
}

// halves are a number of 120 bits, in which an id has room: 20 digits to the base 62.
type halves struct{ left, right uint64 }

const (
	halfBits       = 60
	halfMask       = 1<<halfBits - 1
	linkableLength = 20
)

func numberOf(id string) (n halves, ok bool) {
	if len(id) != linkableLength {
		return n, false
	}
	var high, low uint64
	for i := range len(id) {
		digit := strings.IndexByte(alnum, id[i])
		if digit < 0 {
			return n, false
		}
		over, product := bits.Mul64(low, uint64(len(alnum)))
		sum, carry := bits.Add64(product, uint64(digit), 0)
		high, low = high*uint64(len(alnum))+over+carry, sum
	}
	return halves{high<<(64-halfBits) | low>>halfBits, low & halfMask}, true
}

// id is the reverse of numberOf; ok is false where the number is more than an id can be.
func (n halves) id() (id string, ok bool) {
	high, low := n.left>>(64-halfBits), n.left<<halfBits|n.right
	var text [linkableLength]byte
	for i := linkableLength - 1; i >= 0; i-- {
		var digit uint64
		high, digit = high/uint64(len(alnum)), high%uint64(len(alnum))
		low, digit = bits.Div64(digit, low, uint64(len(alnum)))
		text[i] = alnum[digit]
	}
	return string(text[:]), high == 0 && low == 0
}

// uuid puts a number into a UUID of version 4: 60 bits of it before the variant and 60
// behind, with the last two of check between.
func (n halves) uuid(check uint64) (u UUID) {
	binary.BigEndian.PutUint64(u[:8], n.left>>12<<16|n.left&0xfff)
	binary.BigEndian.PutUint64(u[8:], check<<halfBits|n.right)
	return u.version4()
}

func halvesOf(u UUID) halves {
	high, low := binary.BigEndian.Uint64(u[:8]), binary.BigEndian.Uint64(u[8:])
	return halves{high>>16<<12 | high&0xfff, low & halfMask}
}
