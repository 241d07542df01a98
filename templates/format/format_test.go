package format_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/templates/format"
)

func TestNumbersRoundHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		value  float64
		digits int
		want   string
	}{
		{0, 0, "0"},
		{0, 2, "0.00"},
		{0.5, 0, "1"},
		{-0.5, 0, "-1"},
		{0.4, 0, "0"},
		{-0.04, 1, "0.0"},
		{2.675, 2, "2.68"},
		{1.005, 2, "1.01"},
		{999.95, 1, "1,000.0"},
		{1234567.891, 1, "1,234,567.9"},
		{-1234.5, 0, "-1,235"},
		{1e15, 0, "1,000,000,000,000,000"},
		{0.05, 1, "0.1"},
		{0.049, 1, "0.0"},
		{12, -3, "12"},
	} {
		if got := format.Number(c.value, c.digits); got != c.want {
			t.Errorf("Number(%v, %d): got %s, want %s", c.value, c.digits, got, c.want)
		}
	}
}

func TestCompactNumbersFollowTheLanguage(t *testing.T) {
	for _, c := range []struct {
		value  float64
		zh, en string
	}{
		{9500, "9500", "9.5K"},
		{41200000, "4120万", "41.2M"},
		{1.235e9, "12.35亿", "1.24B"},
		{1.234e9, "12.34亿", "1.23B"},
		{99999999, "1亿", "100M"},
		{999999, "100万", "1M"},
		{-474e6, "-4.74亿", "-474M"},
		{999, "999", "999"},
		{999.999, "1000", "1K"},
		{5.637, "5.64", "5.64"},
		{0, "0", "0"},
	} {
		zh, en := format.Compact(c.value, document.Chinese), format.Compact(c.value, document.English)
		if zh != c.zh || en != c.en {
			t.Errorf("Compact(%v): got %s and %s, want %s and %s", c.value, zh, en, c.zh, c.en)
		}
	}
}

func TestMoneySharesAndSigns(t *testing.T) {
	for got, want := range map[string]string{
		format.Money(473.68e6, "CNY", document.Chinese): "¥4.74亿",
		format.Money(-3.2e6, "USD", document.English):   "-$3.2M",
		format.Money(1e6, "CHF", document.English):      "CHF 1M",
		format.Price(5.637, "CNY"):                      "¥5.64",
		format.Price(-0.001, "CNY"):                     "¥0.00",
		format.Percent(0.29):                            "29.0%",
		format.Percent(-0.0005):                         "-0.1%",
		format.SignedPercent(0.12):                      "+12.0%",
		format.SignedPercent(0.0001):                    "0.0%",
		format.Signed(464.23, 1):                        "+464.2",
		format.Signed(-0.01, 1):                         "0.0",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestMonthsAndDays(t *testing.T) {
	day := calendar.Of(2027, 3).Date(31)
	for got, want := range map[string]string{
		format.Month(calendar.Of(2027, 1), document.Chinese):      "1月",
		format.Month(calendar.Of(2027, 1), document.English):      "Jan",
		format.MonthYear(calendar.Of(2027, 12), document.Chinese): "2027年12月",
		format.MonthYear(calendar.Of(2027, 12), document.English): "Dec 2027",
		format.Date(day, document.Chinese):                        "2027年3月31日",
		format.Date(day, document.English):                        "Mar 31, 2027",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestScalesKeepCellsShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(-1e13, 1e13).Draw(t, "value")
		for _, l := range document.Locales() {
			scale := format.ScaleOf(value, l)
			text := scale.Text(scale.Units(value))
			if most := 11; len(text) > most {
				t.Fatalf("%v in %s: got %s, longer than %d", value, l, text, most)
			}
		}
	})
}

// Rounding is never off by more than half a unit, and the printed text reads
// back as the units.
func TestUnitsAreTheNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
		digits := rapid.IntRange(0, 4).Draw(t, "digits")
		units := format.Units(value, digits)
		size := math.Pow10(-digits)
		if off := math.Abs(units*size - value); off > size*0.5000001+1e-6 {
			t.Fatalf("got %v units of %v for %v", units, size, value)
		}
		if units != math.Trunc(units) {
			t.Fatalf("got %v, want a whole number", units)
		}
		if text := format.Group(units, digits); strings.Count(text, ".") > 1 || strings.HasPrefix(text, "-0,") {
			t.Fatalf("got %s", text)
		}
	})
}
