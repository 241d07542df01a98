package accounts

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"centerplan/planning/problem"
)

// How many characters a password may have.
const (
	leastPassword = 10
	mostPassword  = 200
)

// normal returns the password in one form of Unicode, so that it is the same
// from whatever keyboard it was typed (RFC 8265).
func normal(password string) string { return norm.NFC.String(password) }

// checkPassword refuses a new password that is too short, too long or the
// person's own id, and nothing else: length is what helps.
func checkPassword(id, password string) error {
	count := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password), count < leastPassword, count > mostPassword:
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.password_length", Args: problem.Args{
			"least": strconv.Itoa(leastPassword), "most": strconv.Itoa(mostPassword),
		}}
	case strings.EqualFold(strings.TrimSpace(password), id):
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.password_is_id"}
	}
	return nil
}

// alphabet leaves out signs that look like others. Its 32 signs divide
// 256, so that each is as likely as any other.
const alphabet = "23456789abcdefghijkmnpqrstuvwxyz"

// temporaryPassword returns a password to be read out and typed once: 80 random
// bits in four groups.
func temporaryPassword() string {
	var text strings.Builder
	for i, b := range randomBytes(16) {
		if i > 0 && i%4 == 0 {
			text.WriteByte('-')
		}
		text.WriteByte(alphabet[int(b)%len(alphabet)])
	}
	return text.String()
}

// secretBytes is how much of a cookie or token is random.
const secretBytes = 32

// newSecret returns 256 random bits as text.
func newSecret() string {
	return base64.RawURLEncoding.EncodeToString(randomBytes(secretBytes))
}

func randomBytes(count int) []byte {
	random := make([]byte, count)
	_, _ = rand.Read(random) // never fails
	return random
}

// digest returns what is kept of a secret. A secret of 256 random bits needs no
// slow hash: nobody can try them all.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// sameSecret compares two secrets in a time that tells nothing of either.
func sameSecret(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(digest(a)), []byte(digest(b))) == 1
}

// randomText returns a text that nobody can guess and that never comes twice.
func randomText() string { return rand.Text() }
