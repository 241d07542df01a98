package pdf_test

import (
	"fmt"
	"strings"

	"centerplan/planning/document"
	"centerplan/templates/report"
)

// fixture is a document that uses every kind of block in the language.
func fixture(l document.Locale) report.Document {
	say := func(zh, en string) string {
		if l == document.Chinese {
			return zh
		}
		return en
	}
	doc := report.Document{
		Title: say("北区客户中心 2027 年度规划", "North center plan 2027"), Language: l, Date: "2026-12-15",
		Cover: report.Cover{
			Over: say("年度业务规划与预算", "Annual business plan and budget"), Title: say("北区客户中心 2027 年度规划", "North Center Annual Plan 2027"),
			Subtitle: say("以减少重复来电迎接增长", "Meeting growth by removing repeat calls"), Year: "2027",
			Facts: []report.Fact{
				{Name: say("中心", "Center"), Value: say("北区客户联络中心", "North customer center")},
				{Name: say("情景", "Scenario"), Value: say("基准(base)", "Base case (base)")},
				{Name: say("修订号", "Revision"), Value: "42"},
				{Name: say("日期", "Date"), Value: say("2026年12月15日", "15 December 2026")},
			},
			Classification: say("内部资料 · 仅供规划与预算评审使用", "Internal. For planning and budget review only."),
			Motif:          []float64{90, 80, 95, 100, 104, 99, 97, 110, 107, 101, 96, 99},
		},
		Words: report.Words{
			Contents: say("目录", "Contents"), Continued: say("(续)", "(continued)"), Page: say("第 {page} 页 / 共 {pages} 页", "Page {page} of {pages}"),
			Header: say("北区客户中心 2027 年度规划", "North center plan 2027"), Footer: say("修订 42 · 内部资料", "Revision 42, internal"),
			Missing: say("有 {count} 个字符字库中没有,以 〓 代替。", "{count} characters are not in the fonts and appear as 〓."),
		},
	}
	prose := say("本中心每月受理约七百万通来电,其中 29% 为当日重复来电。计划的核心问题是:业务量增长 12% 时,能否不增加坐席?答案取决于首次解决率(FCR)的提升幅度,而不是压缩平均处理时长(AHT)。我们把“一次说清、一次办成”作为全年主线,并把每一个提升点换算成工时、人力与金额。",
		"The center answers some seven million calls a month, and 29% of them repeat a call of the same day. The plan’s question is whether volume can grow by 12% without more people. The answer lies in first-contact resolution (FCR), not in squeezing handling time (AHT): each point gained is worked out in hours, people and money.")
	months := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
	for i := range months {
		months[i] = say(months[i]+"月", []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[i])
	}
	doc.Chapters = []report.Chapter{
		{Title: say("一页摘要", "Summary on a page"), Anchor: "summary", Lead: prose, Blocks: []report.Block{
			{Figures: &report.Figures{Tiles: []report.Tile{
				{Label: say("联络量", "Contacts"), Value: say("8400万", "84.0M"), Note: say("比基准 +12.0%", "+12.0% on base")},
				{Label: say("人力需求", "FTE"), Value: "3,870.6", Note: say("▼ 比增长情景 −464.2", "▼ 464.2 below growth"), Tone: report.Favourable},
				{Label: say("总成本", "Total cost"), Value: say("¥4.74亿", "¥473.7M"), Note: say("▲ +3.1%", "▲ +3.1%"), Tone: report.Unfavourable},
				{Label: say("单次联络成本", "Cost per contact"), Value: "¥5.64"},
				{Label: say("单件解决成本", "Cost per resolved issue"), Value: say("缺值", "missing"), Tone: report.Failed, Note: say("首次解决率未填写", "first-contact resolution is empty")},
			}}},
			{Chart: &report.Chart{
				Kind: report.Bars, Title: say("各情景总成本", "Total cost by scenario"), Unit: say("单位:万元", "CNY million"),
				Labels: []string{say("现状", "Today"), say("提升 5 个百分点", "FCR +5 points"), say("增长 12%,不采取措施", "Growth 12%, nothing done"), say("增长 12% 并提升首次解决率八个半百分点以上的联合情景", "Growth 12% with first-contact resolution up by more than eight points")},
				Series: []report.Series{{
					Values: []*float64{new(47368.0), new(44256.0), new(53049.0), nil}, Texts: []string{"47,368", "44,256", "53,049", say("出错", "error")},
					Notes: []string{"", "▼ −6.6%", "▲ +12.0%", ""}, Tones: []report.Tone{"", report.Favourable, report.Unfavourable, ""},
				}},
			}},
			{Chart: stepsChart(say)},
			{Paragraph: &report.Paragraph{Text: prose}},
			{List: &report.List{Numbered: true, Items: []report.Item{{Label: say("决策一", "First decision"), Text: prose}, {Text: prose, Link: "volume"}}}},
			{Heading: &report.Heading{Text: say("前提与边界", "Premises and bounds"), Level: 1}},
			{Paragraph: &report.Paragraph{Text: prose, Style: report.Quote}},
			{Note: &report.Note{Title: say("请注意", "Note"), Text: prose, Tone: report.Unfavourable}},
			{Paragraph: &report.Paragraph{Text: prose, Style: report.Quiet}},
		}},
		{Title: say("业务量与产能", "Volume and capacity"), Anchor: "volume", Wide: true, Blocks: []report.Block{{Table: wideTable(say, months)}, {Chart: columnsChart(say, months)}}},
		{Title: say("复盘", "Retrospective"), Anchor: "findings", Blocks: []report.Block{{Table: proseTable(say, prose)}}},
	}
	return doc
}

func stepsChart(say func(zh, en string) string) *report.Chart {
	return &report.Chart{
		Kind: report.Steps, Title: say("总成本：从“基准”到“增长 12% 并提升首次解决率”", "Total cost: from “Base” to “Growth 12% with resolution up”"), Unit: say("单位:万元", "CNY million"),
		Alt:    say("从“基准”到“增长”，总成本增加 1,431 万元（3.0%），不利。影响最大的是业务增长：+5,451 万元。", "From “Base” to “Growth”, total cost rises by 14.3M (3.0%); that is unfavourable. Most of it comes from growth: +54.5M."),
		Labels: []string{say("基准", "Base"), say("业务增长", "Growth of demand"), say("举措：一线直接办理五类最常见的诉求，不再转派", "Initiative: the first line settles the five commonest requests itself"), say("其他", "Other"), say("增长并提升首次解决率", "Growth with resolution up")},
		Series: []report.Series{{
			Values: []*float64{new(47368.0), new(5451.0), new(-4020.0), new(0.0), new(48799.0)},
			Texts:  []string{"47,368", "▲ +5,451", "▼ -4,020", "0", "48,799"},
			Tones:  []report.Tone{"", report.Unfavourable, report.Favourable, "", ""},
		}},
		Floor: 45000,
	}
}

func columnsChart(say func(zh, en string) string, months []string) *report.Chart {
	c := &report.Chart{Kind: report.Columns, Title: say("每月人力需求", "FTE by month"), Unit: say("人", "FTE"), Labels: months}
	s := report.Series{Name: "FTE"}
	for i := range months {
		v := 3500 + 90*float64(i%5)
		s.Values = append(s.Values, &v)
		s.Texts = append(s.Texts, fmt.Sprintf("%.1f", v))
	}
	c.Series = []report.Series{s}
	return c
}

func wideTable(say func(zh, en string) string, months []string) *report.Table {
	t := &report.Table{
		Caption: say("按月预算", "Budget by month"), Unit: say("单位:万元", "CNY thousand"),
		Columns: []report.Column{{Title: say("科目", "Line"), Weight: 1}},
	}
	for i, m := range months {
		t.Columns = append(t.Columns, report.Column{Title: m, Align: report.Right, Part: 1 + i/6})
	}
	t.Columns = append(t.Columns, report.Column{Title: say("合计", "Total"), Align: report.Right, Strong: true})
	for g := range 4 {
		t.Rows = append(t.Rows, report.Row{Kind: report.Head, Cells: []report.Cell{{Text: say("人力成本", "Labour") + fmt.Sprint(" ", g+1)}}})
		for i := range 6 {
			row := report.Row{Indent: 1, Cells: []report.Cell{{Text: say("基本工资与绩效奖金", "Base pay and performance bonus") + fmt.Sprint(" ", i+1)}}}
			for m := range 13 {
				cell := report.Cell{Text: fmt.Sprintf("%d,%03d.%d", 1+m, (i*37+m*91)%1000, m%10)}
				if g == 1 && i == 2 && m == 4 {
					cell = report.Cell{Text: say("除零", "÷0"), Tone: report.Failed}
				}
				row.Cells = append(row.Cells, cell)
			}
			t.Rows = append(t.Rows, row)
		}
		sub := report.Row{Kind: report.Subtotal, Cells: []report.Cell{{Text: say("小计", "Subtotal")}}}
		for range 13 {
			sub.Cells = append(sub.Cells, report.Cell{Text: "12,345.6"})
		}
		t.Rows = append(t.Rows, sub)
	}
	total := report.Row{Kind: report.Total, Cells: []report.Cell{{Text: say("总计", "Total")}}}
	for range 13 {
		total.Cells = append(total.Cells, report.Cell{Text: "49,382.4"})
	}
	t.Rows = append(t.Rows, total)
	t.Footnotes = []string{say("合计按表内已舍入的数相加;与引擎的未舍入合计相差不足 1 万元。", "Totals add the rounded figures printed here; the engine’s unrounded total differs by less than 1.")}
	return t
}

func proseTable(say func(zh, en string) string, prose string) *report.Table {
	t := &report.Table{Caption: say("四方复盘", "Findings by party"), Columns: []report.Column{
		{Title: say("编号", "No.")}, {Title: say("发现", "Finding"), Weight: 3}, {Title: say("证据", "Evidence"), Weight: 2}, {Title: say("决定", "Decision"), Align: report.Center},
	}}
	for i := range 7 {
		text := prose
		if i == 3 {
			text = strings.Repeat(prose, 9)
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: fmt.Sprintf("F%d", i+1)}, {Text: text, Note: say("客户", "Customer")}, {Text: prose, Link: "volume"}, {Text: say("突破", "Break through")}}})
	}
	return t
}
