package document

// A Locale is a language that texts and messages come in.
type Locale string

// The locales there are.
const (
	English Locale = "en"
	Chinese Locale = "zh"
)

// Locales lists every locale, in the order screens offer them.
func Locales() []Locale { return []Locale{Chinese, English} }

// Valid reports whether l is a locale that exists.
func (l Locale) Valid() bool { return l == English || l == Chinese }

// Other returns the language that is not l.
func (l Locale) Other() Locale {
	if l == English {
		return Chinese
	}
	return English
}

// Text is what a person wrote, in both languages. Either may be missing.
type Text struct {
	En string `json:"en,omitempty"`
	Zh string `json:"zh,omitempty"`
}

// IsZero reports whether the text is empty in both languages.
func (t Text) IsZero() bool { return t == Text{} }

// Node returns the text as a document keeps it, without what is missing.
func (t Text) Node() Object {
	node := Object{}
	if t.En != "" {
		node["en"] = t.En
	}
	if t.Zh != "" {
		node["zh"] = t.Zh
	}
	return node
}

// In returns the text in the locale. Where that is missing it returns the
// other language's and true, so that the reader's side can mark it.
func (t Text) In(l Locale) (text string, borrowed bool) {
	own, other := t.Zh, t.En
	if l == English {
		own, other = t.En, t.Zh
	}
	if own == "" && other != "" {
		return other, true
	}
	return own, false
}

// Or returns the text, or one that says fallback in both languages when it is
// empty.
func (t Text) Or(fallback string) Text {
	if t.IsZero() {
		return Text{En: fallback, Zh: fallback}
	}
	return t
}
