package formula_test

import (
	"strconv"
	"strings"
)

// The workload's lines: code, unit, opening value where there is one, formula.
// A summary comes first and refers forward, as people write sheets. @name is
// the channel's own line, {name} a constant of the channel, and Σname the sum
// of the channels' lines.
const (
	summaryLines = `
total_cost    CNY          -       direct_total + staff_cost + site_cost + capex + train + recruit + it_cost + overhead
cpc           CNY/contact  8.75    total_cost / max(contacts_total, 1)
cum_cost      CNY          0       prev(cum_cost) + total_cost
cum_contacts  contact      0       prev(cum_contacts) + contacts_total
cpc_ytd       CNY/contact  -       cum_cost / max(cum_contacts, 1)
cost_per_cust CNY/customer -       total_cost / cust_avg
saving        CNY          -       deflected * prev(cpc) * 0.55
cum_saving    CNY          0       prev(cum_saving) + saving
invest        CNY          310000  prev(invest) * 0.97 + 12000 * infl
cum_invest    CNY          0       prev(cum_invest) + invest
roi           ratio        -       (cum_saving - cum_invest) / max(cum_invest, 1)
alert         CNY          -       cpc > 11.4 ? (cpc - 11.4) * contacts_total : 0
cust          customer     1210000 prev(cust) * (1 + cust_growth - churn)
cust_avg      customer     -       (prev(cust) + cust) / 2
cust_new      customer     -       cust - prev(cust) * (1 - churn)
wage_idx      ratio        1       prev(wage_idx) * (1 + merit)
wage_eff      CNY/person   -       wage * wage_idx
net_hours     hour/person  -       hours * (1 - shrink)
repeat_rate   ratio        -       (1 - fcr) * repeat_f
infl          -            1       prev(infl) * 1.0019
newbie        ratio        -       min(0.5, prev(hires_total) / max(prev(hc_total), 1))
aht_pen       ratio        -       1 + 0.25 * newbie
bot_eff       ratio        0.7     prev(bot_eff) + 0.05 * (0.92 - prev(bot_eff))
`
	channelLines = `
@trend        ratio          1      prev(@trend) * (1 + {step})
@gross        contact        -      cust_avg * @rate * season * @trend
@bot          contact        -      @gross * min(bot_share * bot_eff * {bot}, 0.6)
@self         contact        -      (@gross - @bot) * self_share * {self}
@offered      contact        -      @gross - @bot - @self
@rep          ratio          -      min(0.45, repeat_rate * {repeat})
@contacts     contact        -      @offered / (1 - @rep)
@repeats      contact        -      @contacts - @offered
@bpo          contact        -      @contacts * bpo_share * {bpo}
@inhouse      contact        -      @contacts - @bpo
@ahteff       second/contact -      @aht * aht_pen
@workload     hour           -      @inhouse * @ahteff / 3600
@occ          ratio          -      min(0.9, {idle} + {pool} * @workload / (@workload + 1500))
@netfte       person         -      @workload / @occ / net_hours
@req          person         -      ceil(@netfte * 1.02)
@left         person         -      prev(@hc) * attrition
@gap          person         -      @req - (prev(@hc) - @left)
@hires        person         -      max(0, @gap) * 0.85
@hc           person         {open} prev(@hc) * (1 - attrition) + @hires
@util         ratio          -      @netfte / max(@hc, 1)
@ot           hour           -      @util > 0.97 ? min({overtime}, (@util - 0.97) * hours) * @hc : 0
@wages        CNY            -      @hc * wage_eff * {premium}
@social       CNY            -      @wages * social_rate
@otcost       CNY            -      @ot * wage_eff / hours * 1.5
@labor        CNY            -      @wages + @social + @otcost
@tel          CNY            -      @inhouse * @ahteff / 60 * tel_rate * {tel}
@direct       CNY            -      @labor + @tel + @bpo * bpo_price + @hc * licence * {licence}
@cumdir       CNY            0      prev(@cumdir) + @direct
@cpcch        CNY/contact    -      @direct / max(@contacts, 1)
`
	totalLines = `
gross_total    contact        -   Σgross
offered_total  contact        -   Σoffered
contacts_total contact        -   Σcontacts
repeats_total  contact        -   Σrepeats
repeat_pct     ratio          -   repeats_total / max(contacts_total, 1)
deflected      contact        -   gross_total - offered_total
deflect_pct    ratio          -   deflected / gross_total
bpo_total      contact        -   Σbpo
inhouse_total  contact        -   Σinhouse
workload_total hour           -   Σworkload
aht_avg        second/contact -   workload_total * 3600 / max(inhouse_total, 1)
req_total      person         -   Σreq
left_total     person         -   Σleft
hires_total    person         14  Σhires
hc_total       person         487 Σhc
fill_pct       ratio          -   hc_total / max(req_total, 1)
labor_total    CNY            -   Σlabor
tel_total      CNY            -   Σtel
direct_total   CNY            -   Σdirect
labor_share    ratio          -   labor_total / direct_total
leads          person         -   ceil(hc_total / 14.3)
qa             person         -   ceil(hc_total / 57.7)
planners       person         -   hc_total > 400 ? 4 + (hc_total - 400) / 220 : max(1, hc_total / 130)
staff_cost     CNY            -   (leads * 1.62 + qa * 1.37 + planners * 1.71) * wage_eff * (1 + social_rate)
seats          person         430 max(prev(seats), hc_total * 0.87)
capex          CNY            -   (seats - prev(seats)) * 6400
site_cost      CNY            -   seats * seat_rent * infl
train          CNY            -   hires_total * train_cost
recruit        CNY            -   hires_total * hire_cost * infl
it_cost        CNY            -   (hc_total + leads + qa + planners) * licence * 0.35 + 45500 * infl
overhead       CNY            -   min(0.06, 0.04 + 9000 / hc_total / 1000) * (direct_total + staff_cost + site_cost)
turnover       ratio          -   left_total / max(hc_total, 1) * 12
`
)

// measured writes the few formulas whose numbers stand for something with a
// unit so that every unit can be checked. The results are the same to the bit.
var measured = strings.NewReplacer(
	"@inhouse * @ahteff / 3600", "hours(@inhouse * @ahteff)",
	"@inhouse * @ahteff / 60 *", "minutes(@inhouse * @ahteff) *",
	"workload_total * 3600", "seconds(workload_total)",
	"* 6400", "* seat_price",
	"9000 /", "overhead_heads /",
)

// A channel is a way customers reach the center, with the constants of its
// formulas.
type channel struct {
	code                                      string
	step, bot, self, repeat, bpo              float64
	idle, pool, overtime, premium, tel, seats float64
	open, rate, aht                           float64
}

var channels = []channel{
	{"voice", -0.004, 0.55, 0.40, 1.00, 1.00, 0.62, 0.27, 18, 1.00, 1.00, 1.00, 310, 0.1450, 372},
	{"chat", 0.009, 0.80, 0.55, 0.85, 0.60, 0.66, 0.24, 14, 0.96, 0.02, 1.10, 88, 0.0610, 318},
	{"mail", -0.006, 0.35, 0.30, 0.70, 0.35, 0.70, 0.22, 10, 0.94, 0.01, 0.90, 31, 0.0180, 402},
	{"social", 0.012, 0.60, 0.45, 0.65, 0.20, 0.64, 0.25, 12, 1.04, 0.01, 1.25, 36, 0.0230, 351},
	{"callback", 0.001, 0.10, 0.15, 0.50, 0.80, 0.60, 0.28, 16, 1.02, 1.35, 1.00, 22, 0.0095, 446},
}

// written puts the channel's constants into a line.
func (c channel) written(line string) string {
	pairs := []string{}
	for name, value := range map[string]float64{
		"step": c.step, "bot": c.bot, "self": c.self, "repeat": c.repeat, "bpo": c.bpo, "idle": c.idle, "pool": c.pool,
		"overtime": c.overtime, "premium": c.premium, "tel": c.tel, "licence": c.seats, "open": c.open,
	} {
		pairs = append(pairs, "{"+name+"}", strconv.FormatFloat(value, 'g', -1, 64))
	}
	line = strings.NewReplacer(pairs...).Replace(line)
	for at := strings.IndexByte(line, '@'); at >= 0; at = strings.IndexByte(line, '@') {
		end := nameEnd(line, at+1)
		line = line[:at] + line[at+1:end] + "_" + c.code + line[end:]
	}
	return line
}

// summed writes Σname out over the channels.
func summed(line string) string {
	before, name, found := strings.Cut(line, "Σ")
	if !found {
		return line
	}
	terms := make([]string, 0, len(channels))
	for _, c := range channels {
		terms = append(terms, name+"_"+c.code)
	}
	return before + strings.Join(terms, " + ")
}

// nameEnd returns where the name that begins at from ends.
func nameEnd(text string, from int) int {
	end := from
	for end < len(text) && (text[end] == '_' || text[end] >= 'a' && text[end] <= 'z' || text[end] >= '0' && text[end] <= '9') {
		end++
	}
	return end
}

// A modelLine is a line of the workload; formula is empty for a driver.
type modelLine struct {
	code, unit, formula string
	opening             float64
	opens               bool
}

// formulaLines are the two hundred formula lines of one unit, in the order of
// the document. With units, each line states its own.
func formulaLines(units bool) []modelLine {
	var all []modelLine
	add := func(text string) {
		if units {
			text = measured.Replace(text)
		}
		all = append(all, readModelLine(text, units))
	}
	for text := range strings.Lines(strings.TrimSpace(summaryLines)) {
		add(text)
	}
	for _, c := range channels {
		for text := range strings.Lines(strings.TrimSpace(channelLines)) {
			if units {
				text = measured.Replace(text)
			}
			add(c.written(text))
		}
	}
	for text := range strings.Lines(strings.TrimSpace(totalLines)) {
		add(summed(strings.TrimSpace(text)))
	}
	return all
}

func readModelLine(text string, units bool) modelLine {
	fields := strings.Fields(text)
	line := modelLine{code: fields[0], formula: strings.Join(fields[3:], " ")}
	if units && fields[1] != "-" {
		line.unit = fields[1]
	}
	if opening, err := strconv.ParseFloat(fields[2], 64); err == nil {
		line.opening, line.opens = opening, true
	}
	return line
}
