package formula

import (
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/finance"
)

// ExampleScope returns the small plan that the examples of the function table
// run in, and its numbers: the year 2027, two queues, volume rising by 1000 a
// month in voice and 500 every month in chat, headcount 100 rising by 4, cost
// 10000 rising by 10000, a tenth less in the year before; a team of 100 that
// loses 5% a month and has a class of 10 in February; the staffing policy flat,
// the price table bpo and the contributions of a city. The initiative
// self_service goes live in July, night_shift does not.
func ExampleScope() (Scope, Inputs) {
	start := calendar.Of(2027, 1)
	flat := capacity.DefaultPolicy()
	flat.Target, flat.WithinS = capacity.Param{Value: 0.8}, capacity.Param{Value: 20}
	flat.Shrinkage = capacity.Param{Value: 0.3}
	team := capacity.DefaultHiring()
	team.Opening, team.Attrition = capacity.Param{Value: 100}, capacity.Param{Value: 0.05}
	team.TrainingMonths, team.Yield = capacity.Param{Value: 1}, capacity.Param{Value: 0.8}
	team.Ramp, team.Required, team.Needed = []capacity.Param{{Value: 0.5}}, capacity.Param{Line: "headcount"}, true
	team.Classes = []capacity.Class{{Month: start.Add(1), Size: capacity.Param{Value: 10}}}
	s := Scope{
		Calendar:   calendar.Calendar{Start: start, Months: 12},
		Dimensions: []Dimension{{Code: "queue", Members: []string{"voice", "chat"}}},
		Lines: []Line{
			{Code: "volume", Unit: "contact", By: []string{"queue"}, Pointer: "/volume"},
			{Code: "aht", Unit: "second/contact", By: []string{"queue"}, Rollup: Rollup{Kind: Weighted, By: "volume"}, Pointer: "/aht"},
			{Code: "headcount", Unit: "person", Rollup: Rollup{Kind: Last}, Pointer: "/headcount"},
			{Code: "cost", Unit: "CNY", Pointer: "/cost"},
			{Code: "shift_length", Unit: "hour", Rollup: Rollup{Kind: Average}, Pointer: "/shift_length"},
		},
		Staffing:      map[string]capacity.Policy{"flat": flat},
		Hiring:        map[string]capacity.Hiring{"team": team},
		Prices:        map[string]PriceTable{"bpo": examplePrices()},
		Contributions: map[string]ContributionTable{"city": exampleContributions()},
		Live:          map[string]int{"self_service": 6, "night_shift": Never},
	}
	in := Inputs{
		Values: map[string][]float64{}, Opening: map[string][]float64{"headcount": {96}}, History: map[string][]float64{},
	}
	for i := range 12 {
		month := float64(i + 1)
		in.Values["volume"] = append(in.Values["volume"], 1000*month, 500)
		in.Values["aht"] = append(in.Values["aht"], 240, 300)
		in.Values["headcount"] = append(in.Values["headcount"], 96+float64(4*month))
		in.Values["cost"] = append(in.Values["cost"], 10000*month)
		in.History["cost"] = append(in.History["cost"], 9000*month)
		in.Values["shift_length"] = append(in.Values["shift_length"], 8)
	}
	return s, in
}

// examplePrices costs 3.20 a unit, and 2.90 from 50 000 on.
func examplePrices() PriceTable {
	is := func(x float64) capacity.Param { return capacity.Param{Value: x} }
	var table PriceTable
	table.Tiers = []finance.Tier[capacity.Param]{
		{From: is(0), Price: is(3.2)}, {From: is(50000), Price: is(2.9)},
	}
	return table
}

// exampleContributions are 25% for insurance and 8% for housing of a wage from
// 4 000 to 20 000.
func exampleContributions() ContributionTable {
	item := func(code string, rate float64) Contribution {
		return Contribution{Code: code, Item: finance.Item[capacity.Param]{
			Rate: capacity.Param{Value: rate}, Floor: capacity.Param{Value: 4000},
			Cap: capacity.Param{Value: 20000}, HasCap: true,
		}}
	}
	return ContributionTable{Items: []Contribution{item("insurance", 0.25), item("housing", 0.08)}}
}
