package web

import (
	"context"

	"centerplan/budget"
	"centerplan/web/live"
)

type renameInput struct {
	PlanPath
	Body struct {
		OpID  string `json:"op_id" minLength:"1" maxLength:"200"`
		Line  string `json:"line" minLength:"1" maxLength:"200" doc:"id of the line"`
		Code  string `json:"code" minLength:"1" maxLength:"200" doc:"the name formulas know it by from now on"`
		Why   string `json:"why,omitempty" maxLength:"2000"`
		Label string `json:"label,omitempty" maxLength:"200"`
	}
}

// rename gives a line another code, and puts it wherever the old one stands.
func (s *Server) rename(ctx context.Context, in *renameInput) (*one[EditResult], error) {
	applied, err := s.as(ctx).Rename(ctx, in.plan(), budget.LineID(in.Body.Line), in.Body.Code, live.Edit{
		OpID: in.Body.OpID, Why: in.Body.Why, Label: in.Body.Label,
	})
	return s.editResult(applied, true, err)
}

// CalendarInfo is the months of a plan.
type CalendarInfo struct {
	Months []MonthInfo `json:"months"`
	// Typical says that every month counts as one of 30 days.
	Typical bool `json:"typical"`
}

// MonthInfo is one month of a plan. Its days are its workdays, its holidays and
// others.
type MonthInfo struct {
	Month    string `json:"month"`
	LastYear string `json:"last_year" doc:"the same month a year before"`
	Days     int    `json:"days"`
	Workdays int    `json:"workdays"`
	Holidays int    `json:"holidays"`
}

// calendar tells the months of the plan and their days.
func (s *Server) calendar(ctx context.Context, in *PlanPath) (*one[CalendarInfo], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	c := view.Plan().Budget.Calendar
	info := CalendarInfo{Months: make([]MonthInfo, c.Months), Typical: c.Typical}
	for i := range info.Months {
		const year = 12
		info.Months[i] = MonthInfo{
			Month: c.Month(i).String(), LastYear: c.Month(i - year).String(),
			Days: c.DayCount(i), Workdays: c.WorkdayCount(i), Holidays: c.HolidayCount(i),
		}
	}
	return &one[CalendarInfo]{info}, nil
}
