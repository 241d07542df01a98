package finance

// What wages in China reckon with. A month's wage is for 21.75 paid days of
// eight hours; overtime has a multiple of the hourly wage by the kind of day.
const (
	PaidDays        = 21.75
	PaidHours       = PaidDays * hoursPerDay
	OvertimeWorkday = 1.5
	OvertimeRestDay = 2.0
	OvertimeHoliday = 3.0
	// MostOvertime is the overtime that the labour law allows in a month, in
	// hours. It is for warnings: who worked more is paid for it all the same.
	MostOvertime = 36.0

	hoursPerDay = 8
)

// Overtime is hours of overtime in a month by the kind of day.
type Overtime struct {
	Workday, RestDay, Holiday float64
}

// HourlyWage returns the wage of an hour of a monthly wage.
func HourlyWage(monthly float64) float64 { return monthly / PaidDays / hoursPerDay }

// OvertimePay returns the pay for overtime on a monthly wage.
func OvertimePay(monthly float64, hours Overtime) (float64, error) {
	err := firstFault(
		wageRange.Check(monthly), hoursRange.Check(hours.Workday), hoursRange.Check(hours.RestDay), hoursRange.Check(hours.Holiday),
	)
	multiple := float64(OvertimeWorkday*hours.Workday) + float64(OvertimeRestDay*hours.RestDay) + float64(OvertimeHoliday*hours.Holiday)
	return float64(HourlyWage(monthly) * multiple), err
}

// A Labour is what one employee in China is paid for a month.
type Labour struct {
	// Base is the base wage, which overtime and extra months are reckoned by.
	Base float64
	// Bonus and Allowance come on top; contributions are due on Base and Bonus.
	Bonus, Allowance float64
	// Contributions are the employer's: social insurance, housing fund, union.
	Contributions []Item[float64]
	// ExtraMonths are the base wages paid beside the year's twelve: 1 is a
	// thirteenth month.
	ExtraMonths float64
	Overtime    Overtime
}

// A LabourCost is what an employee costs in a month.
type LabourCost struct {
	// Contributions has a part for each item.
	Contributions []float64
	// Accrual is a twelfth of the extra months.
	Accrual  float64
	Overtime float64
	// Total is all of these with base, bonus and allowance.
	Total float64
}

// Cost returns what the employee costs in the month.
func (l Labour) Cost() (LabourCost, error) {
	overtime, err := OvertimePay(l.Base, l.Overtime)
	if err == nil {
		err = firstFault(wageRange.Check(l.Bonus), wageRange.Check(l.Allowance), extraRange.Check(l.ExtraMonths))
	}
	if err != nil {
		return LabourCost{}, err
	}
	contributions, parts, err := Contributions(l.Contributions, l.Base+l.Bonus)
	if err != nil {
		return LabourCost{}, err
	}
	cost := LabourCost{Contributions: parts, Accrual: l.Base * l.ExtraMonths / monthsPerYear, Overtime: overtime}
	cost.Total = l.Base + l.Bonus + l.Allowance + contributions + cost.Accrual + cost.Overtime
	return cost, nil
}
