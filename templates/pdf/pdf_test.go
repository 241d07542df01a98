package pdf_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"centerplan/planning/document"
	"centerplan/templates/pdf"
	"centerplan/templates/report"
)

func render(t testing.TB, doc report.Document) []byte {
	t.Helper()
	file, err := pdf.Render(doc)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for _, l := range document.Locales() {
		want := render(t, fixture(l))
		for range 3 {
			if !bytes.Equal(render(t, fixture(l)), want) {
				t.Fatalf("%s: two renderings differ", l)
			}
		}
	}
}

func TestDocumentsRenderSideBySide(t *testing.T) {
	want := map[document.Locale][]byte{}
	for _, l := range document.Locales() {
		want[l] = render(t, fixture(l))
	}
	var wg sync.WaitGroup
	for i := range 6 {
		l := document.Locales()[i%2]
		wg.Go(func() {
			got, err := pdf.Render(fixture(l))
			if err != nil || !bytes.Equal(got, want[l]) {
				t.Errorf("%s: a parallel rendering differs: %v", l, err)
			}
		})
	}
	wg.Wait()
}

func TestADateThatIsNoneIsRefused(t *testing.T) {
	doc := fixture(document.Chinese)
	doc.Date = "soon"
	if _, err := pdf.Render(doc); err == nil {
		t.Error("got no error")
	}
	doc.Date = ""
	render(t, doc)
}

// textOf extracts the text of a PDF with pdftotext, in the order drawn, without
// spaces.
func textOf(t *testing.T, file []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	name := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), tool, "-raw", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return squeeze(string(text))
}

func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func TestExtractedTextHasEveryCharacter(t *testing.T) {
	for _, l := range document.Locales() {
		doc := fixture(l)
		text := textOf(t, render(t, doc))
		got := map[rune]int{}
		for _, r := range text {
			got[r]++
		}
		want := map[rune]int{}
		for _, piece := range texts(doc) {
			for _, r := range squeeze(piece) {
				want[r]++
			}
		}
		for r, count := range want {
			if got[r] < count {
				t.Errorf("%s: %q is in the PDF %d times, in the document %d", l, r, got[r], count)
			}
		}
		for _, piece := range []string{doc.Cover.Title, doc.Chapters[0].Lead, doc.Chapters[0].Title, doc.Chapters[1].Blocks[0].Table.Footnotes[0]} {
			if !strings.Contains(text, squeeze(piece)) {
				t.Errorf("%s: the PDF does not have %q in one piece", l, piece)
			}
		}
	}
}

// texts lists every text of a document that is printed once or more.
func texts(doc report.Document) []string {
	all := []string{doc.Cover.Title, doc.Cover.Over, doc.Cover.Subtitle, doc.Cover.Classification, doc.Words.Contents}
	for _, f := range doc.Cover.Facts {
		all = append(all, f.Name, f.Value)
	}
	for _, c := range doc.Chapters {
		all = append(all, c.Title, c.Lead)
		for _, b := range c.Blocks {
			all = append(all, blockTexts(b)...)
		}
	}
	return all
}

func blockTexts(b report.Block) []string {
	var all []string
	switch {
	case b.Heading != nil:
		all = append(all, b.Heading.Text)
	case b.Paragraph != nil:
		all = append(all, b.Paragraph.Text)
	case b.List != nil:
		for _, item := range b.List.Items {
			all = append(all, item.Label, item.Text)
		}
	case b.Note != nil:
		all = append(all, b.Note.Title, b.Note.Text)
	case b.Figures != nil:
		for _, tile := range b.Figures.Tiles {
			all = append(all, tile.Label, tile.Value, tile.Note)
		}
	case b.Chart != nil:
		all = append(append(all, b.Chart.Title), b.Chart.Labels...)
		for _, s := range b.Chart.Series {
			all = append(append(all, s.Texts...), s.Notes...)
		}
	case b.Table != nil:
		all = append(append(all, b.Table.Caption, b.Table.Unit), b.Table.Footnotes...)
		for _, row := range b.Table.Rows {
			for _, cell := range row.Cells {
				all = append(all, cell.Text, cell.Note)
			}
		}
	}
	return all
}

// checkPlaces fails where a text leaves its page or touches another.
func checkPlaces(t interface{ Errorf(string, ...any) }, doc report.Document) {
	boxes, sheets, _, broken := pdf.LayOut(doc)
	if len(broken) > 0 {
		t.Errorf("links lead nowhere: %v", broken)
	}
	pages := map[int][]pdf.TextBox{}
	for _, b := range boxes {
		sheet := sheets[b.Page-1]
		if b.Left < 20 || b.Right > sheet.W-20 || b.Top < 10 || b.Bottom > sheet.H-10 {
			t.Errorf("page %d: %q leaves the page: %v", b.Page, b.Text, b)
		}
		for _, other := range pages[b.Page] {
			if b.Left < other.Right-0.3 && b.Right > other.Left+0.3 && b.Top < other.Bottom-0.3 && b.Bottom > other.Top+0.3 {
				t.Errorf("page %d: %q touches %q: %v, %v", b.Page, b.Text, other.Text, b, other)
			}
		}
		pages[b.Page] = append(pages[b.Page], b)
	}
}

func TestTextsStayOnThePageAndApart(t *testing.T) {
	for _, l := range document.Locales() {
		checkPlaces(t, fixture(l))
	}
}

func TestALongTitleStaysOnTheCover(t *testing.T) {
	for _, length := range []int{20, 60, 120, 400} {
		doc := fixture(document.Chinese)
		doc.Cover.Title = strings.Repeat("双城联络中心年度规划", length/10)
		doc.Title, doc.Words.Header = doc.Cover.Title, doc.Cover.Title
		checkPlaces(t, doc)
	}
}

func TestContentsNameThePages(t *testing.T) {
	boxes, _, entries, _ := pdf.LayOut(fixture(document.English))
	if len(entries) == 0 {
		t.Fatal("there are no entries")
	}
	for _, e := range entries {
		found := false
		for _, b := range boxes {
			found = found || b.Page == e.Page && strings.HasPrefix(e.Title, b.Text)
		}
		if !found {
			t.Errorf("%q is not on page %d", e.Title, e.Page)
		}
		line := textsBeside(boxes, 2, e.Title)
		if want := strconv.Itoa(e.Page); !strings.Contains(line, want) {
			t.Errorf("the contents have %q for %q, want page %s", line, e.Title, want)
		}
	}
}

// textsBeside joins what stands on the same line as a text.
func textsBeside(boxes []pdf.TextBox, page int, text string) string {
	var line []string
	for _, b := range boxes {
		if b.Page != page || b.Text != text {
			continue
		}
		for _, other := range boxes {
			if other.Page == page && other.Bottom == b.Bottom && other.Text != text {
				line = append(line, other.Text)
			}
		}
	}
	return strings.Join(line, " ")
}

func TestLinksLeadToPlacesOnTheirPages(t *testing.T) {
	file := render(t, fixture(document.Chinese))
	found := regexp.MustCompile(`/Dest \[\d+ 0 R /XYZ 0 (-?[\d.]+) null\]`).FindAllSubmatch(file, -1)
	if len(found) < 8 {
		t.Fatalf("got %d links and bookmarks, want more", len(found))
	}
	for _, f := range found {
		if y, err := strconv.ParseFloat(string(f[1]), 64); err != nil || y < 50 || y > 842 {
			t.Errorf("a link leads to the height %s", f[1])
		}
	}
}

func TestCharactersWithoutGlyphAreShownAndCounted(t *testing.T) {
	doc := fixture(document.English)
	doc.Chapters[0].Blocks = append(doc.Chapters[0].Blocks, report.Block{Paragraph: &report.Paragraph{Text: "Rocket 🚀, rare 𠮷, broken \xff."}})
	boxes, _, _, _ := pdf.LayOut(doc)
	var all strings.Builder
	for _, b := range boxes {
		all.WriteString(b.Text)
	}
	if want := "Rocket 〓, rare 〓, broken 〓."; !strings.Contains(all.String(), want) {
		t.Errorf("the text does not have %q", want)
	}
	if want := "3 characters are not in the fonts"; !strings.Contains(all.String(), want) {
		t.Errorf("the text does not have %q", want)
	}
	render(t, doc)
}

func TestALongChineseCellGoesOnOverPages(t *testing.T) {
	long := strings.Repeat("客户反映转接过多，同一件事要讲三遍；首次解决率因此下降。", 220)
	doc := report.Document{Language: document.Chinese, Chapters: []report.Chapter{{Title: "长表", Blocks: []report.Block{{Table: &report.Table{
		Caption: "表", Columns: []report.Column{{Title: "甲", Weight: 2}, {Title: "乙", Weight: 1}, {Title: "数", Align: report.Right}},
		Rows: []report.Row{{Cells: []report.Cell{{Text: long}, {Text: "短"}, {Text: "1,234.5"}}}},
	}}}}}}
	checkPlaces(t, doc)
	boxes, sheets, _, _ := pdf.LayOut(doc)
	if len(sheets) < 5 {
		t.Errorf("got %d pages, want the row on several", len(sheets))
	}
	var got strings.Builder
	for _, b := range boxes {
		if b.Left < 100 && b.Right > 200 {
			got.WriteString(b.Text)
		}
	}
	if got.String() != long {
		t.Error("the cell's lines are not its text")
	}
}

// Wherever on the page a heading comes to stand, what it heads begins below it.
func TestAHeadingStaysWithWhatItHeads(t *testing.T) {
	table := &report.Table{Columns: []report.Column{{Title: "What"}, {Title: "Value"}}}
	for range 8 {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{{Text: "cell"}, {Text: "1"}}})
	}
	for lines := range 45 {
		doc := report.Document{Language: document.English, Chapters: []report.Chapter{{Title: "Chapter"}}}
		chapter := &doc.Chapters[0]
		for range lines {
			chapter.Blocks = append(chapter.Blocks, report.Block{Paragraph: &report.Paragraph{Text: "filler"}})
		}
		chapter.Blocks = append(chapter.Blocks, report.Block{Heading: &report.Heading{Text: "Over", Level: 1}},
			report.Block{Heading: &report.Heading{Text: "Headed", Level: 2}}, report.Block{Table: table})
		boxes, _, _, _ := pdf.LayOut(doc)
		pages := map[string]int{}
		for _, box := range boxes {
			pages[box.Text] = max(pages[box.Text], box.Page)
		}
		if pages["Value"] == 0 || pages["Headed"] != pages["Value"] || pages["Over"] != pages["Value"] {
			t.Errorf("behind %d paragraphs the heading is on page %d and its table on page %d", lines, pages["Headed"], pages["Value"])
		}
		checkPlaces(t, doc)
	}
}

// On whatever page an item comes to stand, its number is beside it.
func TestTheMarkOfAnItemStaysWithItsText(t *testing.T) {
	const items = 120
	list := &report.List{Numbered: true}
	for i := range items {
		list.Items = append(list.Items, report.Item{
			Text: "item" + strconv.Itoa(i+1) + " " + strings.Repeat("goes on to a second line ", 5),
		})
	}
	doc := report.Document{Language: document.English, Chapters: []report.Chapter{{Title: "List", Blocks: []report.Block{{List: list}}}}}
	boxes, _, _, _ := pdf.LayOut(doc)
	marks, texts := map[string]int{}, map[string]int{}
	for _, box := range boxes {
		if number, ok := strings.CutSuffix(box.Text, "."); ok {
			marks[number] = box.Page
		}
		if first, _, ok := strings.Cut(box.Text, " "); ok && strings.HasPrefix(first, "item") {
			texts[strings.TrimPrefix(first, "item")] = box.Page
		}
	}
	for i := range items {
		number := strconv.Itoa(i + 1)
		if texts[number] == 0 || marks[number] != texts[number] {
			t.Errorf("item %s stands on page %d, its number on page %d", number, texts[number], marks[number])
		}
	}
}

// Totals below nought stay on their page, wherever the chart begins.
func TestStepsBelowNoughtStayOnTheirPage(t *testing.T) {
	for _, floor := range []float64{0, -5} {
		chart := &report.Chart{
			Kind: report.Steps, Labels: []string{"from", "part", "to"}, Floor: floor,
			Series: []report.Series{{Values: []*float64{new(-3.0), new(2.0), new(-1.0)}, Texts: []string{"-3", "+2", "-1"}}},
		}
		checkPlaces(t, report.Document{Language: document.English, Chapters: []report.Chapter{{Title: "Steps", Blocks: []report.Block{{Chart: chart}}}}})
	}
}

// Any texts in any blocks give pages on which nothing collides.
func TestAnyDocumentCanBeSet(t *testing.T) {
	words := rapid.StringOfN(rapid.SampledFrom([]rune("客户联络中心规划预算，。（）12345 abcdefghij-/🚀\n")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		doc := report.Document{Language: rapid.SampledFrom(document.Locales()).Draw(t, "language"), Title: "t"}
		for range rapid.IntRange(1, 3).Draw(t, "chapters") {
			c := report.Chapter{Title: words.Draw(t, "title"), Lead: words.Draw(t, "lead"), Wide: rapid.Bool().Draw(t, "wide")}
			for range rapid.IntRange(0, 5).Draw(t, "blocks") {
				c.Blocks = append(c.Blocks, anyBlock(t, words))
			}
			doc.Chapters = append(doc.Chapters, c)
		}
		checkPlaces(t, doc)
	})
}

func anyBlock(t *rapid.T, words *rapid.Generator[string]) report.Block {
	numbers := rapid.SampledFrom([]string{"0", "1,234.5", "-12,345.6", "9,999,999.9", "除零", "–"})
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return report.Block{Heading: &report.Heading{Text: words.Draw(t, "heading"), Level: rapid.IntRange(1, 2).Draw(t, "level")}}
	case 1:
		return report.Block{Paragraph: &report.Paragraph{Text: words.Draw(t, "text"), Style: rapid.SampledFrom([]report.Style{report.Plain, report.Lead, report.Quiet, report.Quote}).Draw(t, "style")}}
	case 2:
		return report.Block{List: &report.List{Numbered: rapid.Bool().Draw(t, "numbered"), Items: []report.Item{{Label: words.Draw(t, "label"), Text: words.Draw(t, "item")}}}}
	case 3:
		return report.Block{Note: &report.Note{Title: words.Draw(t, "title"), Text: words.Draw(t, "note")}}
	case 4:
		f := &report.Figures{}
		for range rapid.IntRange(1, 7).Draw(t, "tiles") {
			f.Tiles = append(f.Tiles, report.Tile{Label: words.Draw(t, "label"), Value: numbers.Draw(t, "value"), Note: words.Draw(t, "note")})
		}
		return report.Block{Figures: f}
	case 5:
		return report.Block{Chart: anyChart(t, words, numbers)}
	}
	table := &report.Table{Caption: words.Draw(t, "caption"), Unit: words.Draw(t, "unit")}
	columns := rapid.IntRange(1, 16).Draw(t, "columns")
	table.Columns = append(table.Columns, report.Column{Title: words.Draw(t, "head"), Weight: 1})
	for i := range columns {
		table.Columns = append(table.Columns, report.Column{Title: words.Draw(t, "head"), Align: report.Right, Part: 1 + i/6})
	}
	for range rapid.IntRange(0, 9).Draw(t, "rows") {
		row := report.Row{Kind: rapid.SampledFrom([]report.RowKind{report.Leaf, report.Head, report.Subtotal, report.Total}).Draw(t, "row"), Cells: []report.Cell{{Text: words.Draw(t, "cell")}}}
		for range columns {
			row.Cells = append(row.Cells, report.Cell{Text: numbers.Draw(t, "number")})
		}
		table.Rows = append(table.Rows, row)
	}
	return report.Block{Table: table}
}

func anyChart(t *rapid.T, words, numbers *rapid.Generator[string]) *report.Chart {
	c := &report.Chart{
		Kind: rapid.SampledFrom([]report.ChartKind{report.Bars, report.Columns, report.Steps}).Draw(t, "chart"), Title: words.Draw(t, "title"),
		Alt: words.Draw(t, "alt"), Floor: rapid.SampledFrom([]float64{0, 0, -5, 40}).Draw(t, "floor"),
	}
	labels := rapid.IntRange(1, 30).Draw(t, "labels")
	for range labels {
		c.Labels = append(c.Labels, rapid.SampledFrom([]string{"1月", "Feb", "12月", "2027\n1月"}).Draw(t, "label"))
	}
	for range rapid.IntRange(1, 3).Draw(t, "series") {
		s := report.Series{Name: numbers.Draw(t, "name")}
		for range labels {
			v := rapid.Float64Range(-10, 100).Draw(t, "value")
			s.Values, s.Texts = append(s.Values, &v), append(s.Texts, numbers.Draw(t, "text"))
		}
		c.Series = append(c.Series, s)
	}
	return c
}

// TestLook writes the fixture as PDF files for a person to look at.
func TestLook(t *testing.T) {
	dir := os.Getenv("PDF_OUT")
	if dir == "" {
		t.Skip("PDF_OUT names no folder to write to")
	}
	for _, l := range document.Locales() {
		if err := os.WriteFile(filepath.Join(dir, "fixture-"+string(l)+".pdf"), render(t, fixture(l)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
