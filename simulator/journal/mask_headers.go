package journal

import "strings"

// hidden stands in place of a header's secret.
const hidden = "[masked]"

// maskHeaderValues returns the values of a header as they may be kept: several are
// joined by a comma; of credentials and cookies the scheme and the names stay, the
// values do not; any other value passes the digit pass, and a URL among them has its
// query masked.
func maskHeaderValues(name string, values []string) string {
	if len(values) == 1 {
		return maskHeader(name, values[0])
	}
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = maskHeader(name, v)
	}
	return strings.Join(all, ", ")
}

func maskHeader(name, value string) string {
	switch name {
	case "Host", "Accept", "Accept-Encoding", "Connection", "Content-Length", "Content-Type", "Date", "User-Agent":
		if strings.IndexByte(value, '?') < 0 {
			return maskText(value) // what nearly every message has
		}
	case "Authorization":
		return maskCredentials(value)
	}
	if value == "" {
		return ""
	}
	key := strings.ToLower(name)
	switch {
	case key == "cookie":
		return maskCookies(value, -1)
	case key == "set-cookie":
		return maskCookies(value, 1)
	case strings.HasSuffix(key, "authorization"):
		return maskCredentials(value)
	case isSecretHeader(key):
		return hidden
	}
	if f := fieldOf([]byte(strings.TrimPrefix(key, "x-")), false); f.ruled() || f == otherNumber {
		masked, _ := maskOne([]byte(value), nil, f)
		return string(masked)
	}
	if before, query, found := strings.Cut(value, "?"); found && strings.Contains(query, "=") {
		return maskText(before) + "?" + MaskQuery(query)
	}
	return maskText(value)
}

// isSecretHeader knows a secret by what its header is called: X-Api-Key,
// X-Zeta-AuthToken, X-Auth-Token, Event-Signature.
func isSecretHeader(key string) bool {
	for _, part := range [...]string{"api-key", "apikey", "token", "secret", "password", "signature"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return false
}

// maskCredentials keeps the scheme. A first word that is no scheme may be half of a
// password, so only known ones stay.
func maskCredentials(value string) string {
	scheme, _, found := strings.Cut(strings.TrimSpace(value), " ")
	if !found {
		return hidden
	}
	switch strings.ToLower(scheme) {
	case "basic", "bearer", "digest", "negotiate", "ntlm", "token", "apikey":
		return scheme + " " + hidden
	}
	return hidden
}

// maskCookies hides the values of the first n cookies of a list; the attributes
// behind them, as in Set-Cookie, stay. A negative n means all.
func maskCookies(value string, n int) string {
	parts := strings.Split(value, ";")
	for i, part := range parts {
		if i == n {
			break
		}
		if name, _, found := strings.Cut(part, "="); found {
			parts[i] = maskText(name) + "=" + hidden
		} else if strings.TrimSpace(part) != "" {
			parts[i] = hidden
		}
	}
	return strings.Join(parts, ";")
}

// maskText passes a short text of our own or of a header over for card numbers.
func maskText(s string) string {
	if !suspicious(s) {
		return s
	}
	masked, changed := maskOne([]byte(s), nil, plain)
	if !changed {
		return s
	}
	return string(masked)
}

// suspicious says that a text may hold a card number, or a name with its value. Most
// texts do not, and this costs a fraction of looking closely.
func suspicious(s string) bool {
	digits := 0
	s = strings.TrimRight(s, "=") // behind the last there is no value: it fills base64 up
	for i := range len(s) {
		switch c := s[i]; {
		case c == '=':
			return len(s) >= shortestPAN
		case isDigit(c):
			if digits++; digits == shortestPAN {
				return true
			}
		case !isSeparator(c):
			digits = 0
		}
	}
	return false
}
