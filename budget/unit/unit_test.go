package unit_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/unit"
)

func TestParseWritesTheCanonicalForm(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "ratio",
		"%":                    "ratio",
		"ratio":                "ratio",
		"contact":              "contact",
		"contacts":             "contact",
		"second/contact":       "second/contact",
		"Seconds / Contacts":   "second/contact",
		"person*hour":          "hour*person",
		"CNY/person/hour":      "CNY/hour/person",
		"hour/hour":            "ratio",
		"1/hour":               "1/hour",
		"小时":                   "hour",
		"秒/次":                  "second/contact",
		"元/人":                  "CNY/person",
		"元／小时":                 "CNY/hour",
		"席位*月":                 "month*seat",
		"currency/issue":       "CNY/issue",
		"hour*hour/contact":    "hour*hour/contact",
		"客户/day":               "customer/day",
		"CNY*widget/hour/hour": "CNY*widget/hour/hour",
	} {
		got, _ := unit.Parse(text)
		if got.String() != want {
			t.Errorf("Parse(%q) is %s, want %s", text, got, want)
		}
	}
}

func TestUnknownWordsAreTheirOwnUnitAndNoted(t *testing.T) {
	for text, want := range map[string][]string{
		"contact": nil, "USD/hour": nil, "widget": {"widget"}, "widget/gadget*widget": {"widget", "gadget"}, "a//b": {"a", "", "b"},
		"CNY/FTE": {"FTE"},
	} {
		if _, notes := unit.Parse(text); !slices.Equal(notes, want) {
			t.Errorf("Parse(%q) notes %q, want %q", text, notes, want)
		}
	}
	a, _ := unit.Parse("widget")
	b, _ := unit.Parse("gadget")
	if a.Same(b) {
		t.Error("two unknown words are the same unit")
	}
}

func TestTheCurrencyIsThePlans(t *testing.T) {
	got, notes := unit.ParseIn("元/person", "EUR")
	if got.String() != "EUR/person" || len(notes) > 0 {
		t.Errorf("元/person in euros is %s, notes %q", got, notes)
	}
	if !unit.Currency("EUR").Additive("EUR") || !unit.Currency("").Same(unit.Currency("CNY")) {
		t.Error("the currency of the plan adds up, and CNY is the default")
	}
	if fte, _ := unit.Parse("FTE"); fte.Additive("CNY") {
		t.Error("three capital letters are no currency: FTE add up over the months")
	}
}

func TestLineUnitsAreTheMonths(t *testing.T) {
	for text, want := range map[string]string{
		"CNY/person/month": "CNY/person", "hour/person/月": "hour/person", "month": "month", "person*month": "month*person", "contact/Months": "contact",
		"CNY／月": "CNY", "元÷person÷month": "CNY/person",
	} {
		if got, _ := unit.ParseLine(text, ""); got.String() != want {
			t.Errorf("a line in %s is in %s, want %s", text, got, want)
		}
	}
}

func TestProductsAndQuotientsCancel(t *testing.T) {
	for name, c := range map[string]struct {
		got  unit.Unit
		want string
	}{
		"a rate times its base is the top":    {parse("CNY/hour").Mul(unit.Hour), "CNY"},
		"contacts times seconds each":         {unit.Contact.Mul(parse("second/contact")), "second"},
		"a unit over itself is plain":         {parse("hour/person").Div(parse("hour/person")), "ratio"},
		"hours over minutes stay as they are": {unit.Hour.Div(unit.Minute), "hour/minute"},
		"plain over a unit":                   {unit.Ratio.Div(unit.Hour), "1/hour"},
		"plain times a unit":                  {unit.Ratio.Mul(unit.Hour), "hour"},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s: got %s, want %s", name, c.got, c.want)
		}
	}
}

func TestPowersAndRoots(t *testing.T) {
	square, ok := unit.Person.Pow(2)
	if !ok || square.String() != "person*person" {
		t.Errorf("person squared is %s, %t", square, ok)
	}
	if root, ok := square.Root(); !ok || root != unit.Person {
		t.Errorf("its root is %s, %t", root, ok)
	}
	if _, ok := unit.Person.Root(); ok {
		t.Error("person has a root")
	}
	if _, ok := unit.Person.Pow(1000); ok {
		t.Error("a power without bound is taken")
	}
}

func TestTimeConvertsOnlyWhenAsked(t *testing.T) {
	for name, c := range map[string]struct {
		from             string
		to               unit.Unit
		want             string
		multiply, divide float64
		ok               bool
	}{
		"seconds to hours":           {"second", unit.Hour, "hour", 1, 3600, true},
		"hours to seconds":           {"hour", unit.Second, "second", 3600, 1, true},
		"minutes to hours":           {"minute", unit.Hour, "hour", 1, 60, true},
		"a day has 24 hours":         {"day", unit.Hour, "hour", 24, 1, true},
		"time in a numerator":        {"minute/contact", unit.Second, "second/contact", 60, 1, true},
		"time in a denominator":      {"contact/hour", unit.Minute, "contact/minute", 1, 60, true},
		"two sizes become one":       {"hour/minute", unit.Second, "ratio", 60, 1, true},
		"money has no time":          {"CNY", unit.Hour, "CNY", 1, 1, false},
		"months are no size of time": {"month", unit.Hour, "month", 1, 1, false},
	} {
		got, multiply, divide, ok := parse(c.from).In(c.to)
		if got.String() != c.want || multiply != c.multiply || divide != c.divide || ok != c.ok {
			t.Errorf("%s: got %s, times %v over %v, %t", name, got, multiply, divide, ok)
		}
	}
}

func TestConverterNamesTheFunctionToWrite(t *testing.T) {
	for name, c := range map[string]struct {
		from, to, want string
		ok             bool
	}{
		"seconds where hours are wanted":   {"second", "hour", "hours", true},
		"minutes each where seconds are":   {"minute/contact", "second/contact", "seconds", true},
		"days need both sides in hours":    {"hour", "day", "hours", true},
		"contacts are no time":             {"contact", "hour", "", false},
		"time of other things is no match": {"second/contact", "hour", "", false},
	} {
		if got, ok := unit.Converter(parse(c.from), parse(c.to)); got != c.want || ok != c.ok {
			t.Errorf("%s: got %q, %t", name, got, ok)
		}
	}
}

func TestReplaceCarriesIssuesToContacts(t *testing.T) {
	got, ok := parse("contact/customer").Replace(unit.Contact, unit.Issue)
	if !ok || got.String() != "issue/customer" {
		t.Errorf("got %s, %t", got, ok)
	}
	if _, ok := parse("CNY/contact").Replace(unit.Contact, unit.Issue); ok {
		t.Error("a contact in the denominator was replaced")
	}
}

func TestUnitsReadBackAsThemselves(t *testing.T) {
	word := rapid.SampledFrom([]string{"CNY", "person", "hour", "second", "contact", "widget", "1"})
	rapid.Check(t, func(t *rapid.T) {
		words := []string{word.Draw(t, "first")}
		for range rapid.IntRange(0, 5).Draw(t, "more") {
			words = append(words, rapid.SampledFrom([]string{"*", "/"}).Draw(t, "sign"), word.Draw(t, "word"))
		}
		text := strings.Join(words, "")
		u := parse(text)
		if back := parse(u.String()); back != u {
			t.Fatalf("%q is %s, which reads as %s", text, u, back)
		}
		v := parse(word.Draw(t, "other"))
		if got := u.Mul(v).Div(v); got != u {
			t.Fatalf("%s times and over %s is %s", u, v, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "CNY/hour", "元／人", "a//b", "*", "1/1", "\xff/\x00", "ratio"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, _ := unit.Parse(text)
		if back, _ := unit.Parse(u.String()); back != u {
			t.Errorf("%q is %q, which reads as %q", text, u, back)
		}
	})
}

func parse(text string) unit.Unit {
	u, _ := unit.Parse(text)
	return u
}
