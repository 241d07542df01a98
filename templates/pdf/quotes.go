package pdf

import (
	"encoding/binary"
	"errors"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The font draws quotation marks in a full square, as Chinese wants them: the
// opening ones at its right, the closing ones at its left. In Latin text that
// leaves holes. So Latin documents are set in a copy of the font whose four
// marks are cut to their ink. Moving the marks on the page instead would look
// the same, but their squares would cover the text beside them, and whoever
// copies text out of the PDF would get it in pieces.

// quotes are the marks that are cut.
const quotes = "“”‘’"

// quotePad is the room left at either side of a mark's ink, in thousandths.
const quotePad = 50

var errFont = errors.New("font has not the tables of a TrueType font")

// narrowQuotes returns a copy of a TrueType font with the quotation marks cut
// to their ink.
func narrowQuotes(data string) (string, error) {
	parsed, err := sfnt.Parse([]byte(data))
	if err != nil {
		return "", err
	}
	copied, err := spreadMetrics([]byte(data), parsed.NumGlyphs())
	if err != nil {
		return "", err
	}
	tables, err := tablesOf(copied)
	if err != nil {
		return "", err
	}
	var buffer sfnt.Buffer
	em := fixed.Int26_6(parsed.UnitsPerEm()) << 6
	for _, r := range quotes {
		glyph, err := parsed.GlyphIndex(&buffer, r)
		if err != nil {
			return "", err
		}
		ink, _, err := parsed.GlyphBounds(&buffer, glyph, em, font.HintingNone)
		if err != nil {
			return "", err
		}
		shift := 0
		if left := ink.Min.X.Floor(); left > quotePad {
			shift = quotePad - left // an opening mark
		}
		if err := tables.cut(int(glyph), shift, ink.Max.X.Ceil()+shift+quotePad); err != nil {
			return "", err
		}
	}
	return string(copied), nil
}

// A fontTables is where a font's tables lie. They share the font's bytes.
type fontTables struct {
	loca, glyf, hmtx, hhea []byte

	long    bool // offsets of loca are of 32 bits
	metrics int  // glyphs with an advance of their own
	record  []byte
}

func tablesOf(data []byte) (fontTables, error) {
	found, records := map[string][]byte{}, map[string][]byte{}
	if len(data) < 12 {
		return fontTables{}, errFont
	}
	count := int(binary.BigEndian.Uint16(data[4:]))
	for i := range count {
		if len(data) < 28+16*i {
			return fontTables{}, errFont
		}
		record := data[12+16*i : 28+16*i]
		from := int(binary.BigEndian.Uint32(record[8:]))
		to := from + int(binary.BigEndian.Uint32(record[12:]))
		if from > to || to > len(data) {
			return fontTables{}, errFont
		}
		found[string(record[:4])], records[string(record[:4])] = data[from:to], record
	}
	head, hhea := found["head"], found["hhea"]
	if len(head) < 54 || len(hhea) < 36 {
		return fontTables{}, errFont
	}
	return fontTables{
		loca: found["loca"], glyf: found["glyf"], hmtx: found["hmtx"], hhea: hhea,
		long:    binary.BigEndian.Uint16(head[50:]) == 1,
		metrics: int(binary.BigEndian.Uint16(hhea[34:])),
		record:  records["hmtx"],
	}, nil
}

// spreadMetrics returns the font with an advance for every glyph: a font may
// leave out those of its last glyphs, which then share one. It writes to data.
func spreadMetrics(data []byte, glyphs int) ([]byte, error) {
	t, err := tablesOf(data)
	if err != nil {
		return nil, err
	}
	if t.metrics < 1 || len(t.hmtx) < 4*t.metrics+2*(glyphs-t.metrics) {
		return nil, errFont
	}
	metrics := append([]byte(nil), t.hmtx[:4*t.metrics]...)
	shared := t.hmtx[4*t.metrics-4 : 4*t.metrics-2]
	for i := range glyphs - t.metrics {
		bearing := t.hmtx[4*t.metrics+2*i:]
		metrics = append(metrics, shared[0], shared[1], bearing[0], bearing[1])
	}
	binary.BigEndian.PutUint16(t.hhea[34:], uint16(glyphs))
	binary.BigEndian.PutUint32(t.record[8:], uint32(len(data)))
	binary.BigEndian.PutUint32(t.record[12:], uint32(len(metrics)))
	return append(data, metrics...), nil
}

// cut moves a glyph's outline by shift and sets its advance to width.
func (t fontTables) cut(glyph, shift, width int) error {
	outline, ok := t.outline(glyph)
	if !ok || glyph >= t.metrics || len(t.hmtx) < 4*glyph+4 {
		return errFont
	}
	flag, x, ok := firstPoint(outline)
	const shortX = 1 << 1
	if !ok || shift != 0 && outline[flag]&shortX != 0 {
		return errFont
	}
	// Points are written as steps, so moving the first moves all; then xMin, xMax.
	if shift != 0 {
		for _, at := range []int{x, 2, 6} {
			value := int16(binary.BigEndian.Uint16(outline[at:])) + int16(shift)
			binary.BigEndian.PutUint16(outline[at:], uint16(value))
		}
	}
	binary.BigEndian.PutUint16(t.hmtx[4*glyph:], uint16(width))
	binary.BigEndian.PutUint16(t.hmtx[4*glyph+2:], binary.BigEndian.Uint16(outline[2:]))
	return nil
}

// firstPoint returns where an outline has the flags and the x of its first
// point, and false for a glyph made of other glyphs.
func firstPoint(outline []byte) (flag, x int, ok bool) {
	contours := int(int16(binary.BigEndian.Uint16(outline)))
	// Behind the header of 10 bytes: the contours' ends, instructions, flags, x.
	at := 10 + 2*contours
	if contours <= 0 || len(outline) < at+2 {
		return 0, 0, false
	}
	points := int(binary.BigEndian.Uint16(outline[at-2:])) + 1
	at += 2 + int(binary.BigEndian.Uint16(outline[at:]))
	flag = at
	const again = 1 << 3
	for seen := 0; seen < points; seen++ {
		if at+1 >= len(outline) {
			return 0, 0, false
		}
		if outline[at]&again != 0 {
			at++
			seen += int(outline[at])
		}
		at++
	}
	return flag, at, len(outline) >= at+2
}

func (t fontTables) outline(glyph int) ([]byte, bool) {
	var from, to int
	switch {
	case t.long && len(t.loca) >= 4*glyph+8:
		from, to = int(binary.BigEndian.Uint32(t.loca[4*glyph:])), int(binary.BigEndian.Uint32(t.loca[4*glyph+4:]))
	case !t.long && len(t.loca) >= 2*glyph+4:
		from, to = 2*int(binary.BigEndian.Uint16(t.loca[2*glyph:])), 2*int(binary.BigEndian.Uint16(t.loca[2*glyph+2:]))
	}
	if to-from < 12 || to > len(t.glyf) {
		return nil, false
	}
	return t.glyf[from:to], true
}
