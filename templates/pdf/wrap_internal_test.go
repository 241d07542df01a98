package pdf

// The line breaker is not exported, so its laws are tested from within.

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"centerplan/planning/document"
)

func setters(t testing.TB) map[document.Locale]typesetter {
	t.Helper()
	fonts, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	sets := map[document.Locale]typesetter{}
	for _, l := range document.Locales() {
		sets[l] = newTypesetter(fonts, l)
	}
	return sets
}

func TestLinesBreakWhereTheLanguageAllows(t *testing.T) {
	set := setters(t)[document.Chinese]
	for name, c := range map[string]struct {
		text  string
		width float64 // in characters of a square
		want  []string
	}{
		"Chinese breaks between characters":              {"首次解决率提高", 4, []string{"首次解决", "率提高"}},
		"no line begins with a comma":                    {"首次解决，率提高", 4, []string{"首次解", "决，率", "提高"}},
		"no line ends with an opening mark":              {"首次解《决》率", 4, []string{"首次解", "《决》率"}},
		"a Latin word stays whole":                       {"目标FCR达到了", 3.2, []string{"目标", "FCR达", "到了"}},
		"a number stays with its unit":                   {"共计十二百12人", 5.8, []string{"共计十二百", "12人"}},
		"a word longer than the line is broken":          {"abcdefghijkl", 3.3, []string{"abcdef", "ghijkl"}},
		"no character ends a text alone":                 {"首次解决率", 4, []string{"首次解", "决率"}},
		"spaces end a line and do not begin one":         {"one two three", 4, []string{"one two ", "three"}},
		"a line break ends a line":                       {"甲\n乙\n\n丙", 9, []string{"甲", "乙", "", "丙"}},
		"an empty text is one empty line":                {"", 5, []string{""}},
		"a dash is neither torn nor first":               {"甲乙丙——丁", 4, []string{"甲乙", "丙——丁"}},
		"compounds break behind their hyphen":            {"work-force", 3.2, []string{"work-", "force"}},
		"dates do not break at theirs":                   {"甲2027-03-31", 6, []string{"甲", "2027-03-31"}},
		"a lone character wider than the line is a line": {"甲乙", 0.5, []string{"甲", "乙"}},
	} {
		got := set.lines(c.text, 10, false, c.width*10)
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// Whatever the text, its lines hold every rune in order, none is wider than
// the room unless it is a single rune, and every line makes progress.
func checkLines(t interface{ Fatalf(string, ...any) }, set typesetter, text string, size, width float64) {
	text, _ = cleanWith(set.fonts, text)
	lines := set.lines(text, size, false, width)
	if got, want := strings.Join(lines, ""), strings.ReplaceAll(text, "\n", ""); got != want {
		t.Fatalf("lines of %q: got %q", text, lines)
	}
	for i, line := range lines {
		trimmed := strings.TrimRight(line, " ")
		if w := set.measure(trimmed, size, false); w > width+1e-6 && len([]rune(trimmed)) > 1 {
			t.Fatalf("line %d of %q is %v wide, more than %v: %q", i, text, w, width, line)
		}
	}
}

func TestLinesLoseNothing(t *testing.T) {
	sets := setters(t)
	alphabet := rapid.SampledFrom([]rune("客户联络中心规划，。、；：“”（）《》……——1234567890.,%-/ abcDEF_ \n🚀𠮷é☐"))
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(alphabet, 0, 120).Draw(t, "text"))
		set := sets[rapid.SampledFrom(document.Locales()).Draw(t, "locale")]
		size := rapid.Float64Range(6, 30).Draw(t, "size")
		checkLines(t, set, text, size, rapid.Float64Range(1, 400).Draw(t, "width"))
	})
}

func FuzzLines(f *testing.F) {
	f.Add("客户联络中心，2027年度规划（试行稿）", 80.0)
	f.Add("a\xffb\u0000\U0010ffff\u202e", 10.0)
	f.Add("——————。。。。。。", 12.0)
	set := setters(f)[document.Chinese]
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if !(width > 0 && width < 1e6) || len(text) > 4096 {
			return
		}
		checkLines(t, set, text, 10, width)
	})
}

// A text drawn run by run ends where measuring says.
func TestRunsAreAsWideAsMeasured(t *testing.T) {
	sets := setters(t)
	alphabet := rapid.SampledFrom([]rune("客户中心规划“”’12 abc%，"))
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(alphabet, 1, 40).Draw(t, "text"))
		set := sets[rapid.SampledFrom(document.Locales()).Draw(t, "locale")]
		runs := set.runs(text, 10, true, 0)
		last := runs[len(runs)-1]
		end := last.offset + set.measure(last.text, 10, true)
		if got, want := end, set.measure(text, 10, true); got < want-1e-6 || got > want+1e-6 {
			t.Fatalf("%q: got %v, want %v", text, got, want)
		}
		var joined strings.Builder
		for _, r := range runs {
			joined.WriteString(r.text)
		}
		if joined.String() != text {
			t.Fatalf("got %q, want %q", joined.String(), text)
		}
	})
}

func TestCleaningReplacesWhatCannotBePrinted(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		replaced   int
	}{
		"plain text stays":                    {"中文 and English 123", "中文 and English 123", 0},
		"a rune beyond the plane is replaced": {"𠮷田", "〓田", 1},
		"an emoji sequence counts its parts":  {"👨‍👩‍👧", "〓〓〓", 3},
		"bytes that are no text are replaced": {"a\xff\xfeb", "a〓〓b", 2},
		"control characters become spaces":    {"a\tb\x00c\x07d", "a b c d", 0},
		"line breaks stay, in one form":       {"a\r\nb\rc\u2028d", "a\nb\nc\nd", 0},
		"invisible marks go":                  {"\ufeffa\u200bb\u202ec\u00add", "abcd", 0},
		"accents find their letter":           {"cafe\u0301", "café", 0},
		"a box the font lacks is replaced":    {"☐ done", "〓 done", 1},
		"the replacement itself is kept":      {"〓", "〓", 0},
		"a replacement character is replaced": {"\uFFFD", "〓", 1},
	} {
		got, replaced := Clean(c.text)
		if got != c.want || replaced != c.replaced {
			t.Errorf("%s: got %q and %d, want %q and %d", name, got, replaced, c.want, c.replaced)
		}
	}
}

// Whatever is cleaned has a glyph for every rune, and cleaning again changes
// nothing.
func FuzzClean(f *testing.F) {
	f.Add("中文\xff🚀\r\n\u0301")
	fonts, err := loadFonts()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cleaned, _ := Clean(text)
		for _, r := range cleaned {
			if r != '\n' && !fonts.chinese.regular.has(r) {
				t.Fatalf("%q: %q has no glyph", text, r)
			}
			if unicode.IsControl(r) && r != '\n' {
				t.Fatalf("%q: a control character is left", text)
			}
		}
		if again, replaced := Clean(cleaned); again != cleaned || replaced != 0 {
			t.Fatalf("%q: cleaning again gives %q and %d", text, again, replaced)
		}
	})
}

func TestTheReplacementHasAGlyph(t *testing.T) {
	for _, set := range setters(t) {
		if !set.fonts.regular.has(Replacement) || !set.fonts.bold.has(Replacement) {
			t.Errorf("the fonts lack %q", Replacement)
		}
	}
}

func TestDigitsAreTabular(t *testing.T) {
	for _, set := range setters(t) {
		for _, f := range []*face{set.fonts.regular, set.fonts.bold} {
			for r := '0'; r <= '9'; r++ {
				if f.advance[r] != f.advance['0'] {
					t.Errorf("%c is %d wide, 0 is %d", r, f.advance[r], f.advance['0'])
				}
			}
		}
	}
}
