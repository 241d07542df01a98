package pdf

import (
	_ "embed" // the fonts
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"centerplan/planning/document"
)

// The fonts are strings because strings cannot be written to: fpdf changes the
// bytes of a font it is given, so each document gets its own copy of them.
var (
	//go:embed fonts/NotoSansSC-Regular-subset.ttf
	regularFont string
	//go:embed fonts/NotoSansSC-Bold-subset.ttf
	boldFont string
)

// lastRune is the last character fpdf can write; it crashes on those after it.
const lastRune = 0xffff

// noGlyph in a face says that the font lacks the character.
const noGlyph = ^uint16(0)

// A face is one weight of the font: its bytes, and how wide each character is
// in thousandths of the type size.
type face struct {
	data    string
	advance [lastRune + 1]uint16
}

func (f *face) has(r rune) bool {
	return r >= 0 && r <= lastRune && f.advance[r] != noGlyph
}

// Faces are the two weights a document is set in.
type faces struct {
	regular, bold *face
}

func (f faces) of(bold bool) *face {
	if bold {
		return f.bold
	}
	return f.regular
}

// A fontSet is the faces for each kind of document.
type fontSet struct{ chinese, latin faces }

// of returns the faces a language is set in.
func (s fontSet) of(l document.Locale) faces {
	if l == document.English {
		return s.latin
	}
	return s.chinese
}

// loadFonts reads the embedded fonts, once: they never change.
var loadFonts = sync.OnceValues(func() (fontSet, error) {
	var set fontSet
	for _, f := range []struct {
		data string
		face **face
		cut  **face
	}{{regularFont, &set.chinese.regular, &set.latin.regular}, {boldFont, &set.chinese.bold, &set.latin.bold}} {
		var err error
		if *f.face, err = readFace(f.data); err != nil {
			return fontSet{}, fmt.Errorf("read font: %w", err)
		}
		narrow, err := narrowQuotes(f.data)
		if err != nil {
			return fontSet{}, fmt.Errorf("cut quotation marks: %w", err)
		}
		if *f.cut, err = readFace(narrow); err != nil {
			return fontSet{}, fmt.Errorf("read cut font: %w", err)
		}
	}
	return set, nil
})

func readFace(data string) (*face, error) {
	parsed, err := sfnt.Parse([]byte(data))
	if err != nil {
		return nil, err
	}
	f := &face{data: data}
	var buffer sfnt.Buffer
	for r := range f.advance {
		f.advance[r] = noGlyph
		glyph, err := parsed.GlyphIndex(&buffer, rune(r))
		if err != nil {
			return nil, err
		}
		if glyph == 0 {
			continue
		}
		width, err := parsed.GlyphAdvance(&buffer, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			return nil, err
		}
		f.advance[r] = uint16(width.Round())
	}
	return f, nil
}
