// Code generated from workload_lines_test.go by GOLDEN=write go test; DO NOT EDIT.

package formula_test

import "math"

const loopDrivers, loopLines = 30, 200

// loopOpening is the month before the first.
var loopOpening = [loopLines]float64{
	1:   8.75,     // cpc
	8:   310000,   // invest
	12:  1.21e+06, // cust
	15:  1,        // wage_idx
	19:  1,        // infl
	22:  0.7,      // bot_eff
	23:  1,        // trend_voice
	41:  310,      // hc_voice
	52:  1,        // trend_chat
	70:  88,       // hc_chat
	81:  1,        // trend_mail
	99:  31,       // hc_mail
	110: 1,        // trend_social
	128: 36,       // hc_social
	139: 1,        // trend_callback
	157: 22,       // hc_callback
	181: 14,       // hires_total
	182: 487,      // hc_total
	192: 430,      // seats
}

func loopMin(a, b float64) float64 {
	if a < b {
		return a
	}
	return b
}

func loopMax(a, b float64) float64 {
	if a > b {
		return a
	}
	return b
}

// loopMonth computes a month's lines o from its drivers d and the lines of the
// month before, p.
func loopMonth(d *[loopDrivers]float64, p, o *[loopLines]float64) {
	o[12] = p[12] * (1 + d[0] - d[1])
	o[13] = (p[12] + o[12]) / 2
	o[23] = p[23] * (1 + -0.004)
	o[24] = o[13] * d[20] * d[2] * o[23]
	o[22] = p[22] + float64(0.05*(0.92-p[22]))
	o[25] = o[24] * loopMin(d[11]*o[22]*0.55, 0.6)
	o[26] = (o[24] - o[25]) * d[12] * 0.4
	o[27] = o[24] - o[25] - o[26]
	o[18] = (1 - d[9]) * d[10]
	o[28] = loopMin(0.45, o[18]*1)
	o[29] = o[27] / (1 - o[28])
	o[31] = o[29] * d[18] * 1
	o[32] = o[29] - o[31]
	o[20] = loopMin(0.5, p[181]/loopMax(p[182], 1))
	o[21] = 1 + float64(0.25*o[20])
	o[33] = d[25] * o[21]
	o[34] = o[32] * o[33] / 3600
	o[35] = loopMin(0.9, 0.62+0.27*o[34]/(o[34]+1500))
	o[17] = d[8] * (1 - d[7])
	o[36] = o[34] / o[35] / o[17]
	o[37] = math.Ceil(o[36] * 1.02)
	o[38] = p[41] * d[3]
	o[39] = o[37] - (p[41] - o[38])
	o[40] = loopMax(0, o[39]) * 0.85
	o[41] = float64(p[41]*(1-d[3])) + o[40]
	o[15] = p[15] * (1 + d[6])
	o[16] = d[4] * o[15]
	o[44] = o[41] * o[16] * 1
	o[45] = o[44] * d[5]
	o[42] = o[36] / loopMax(o[41], 1)
	if o[42] > 0.97 {
		o[43] = loopMin(18, (o[42]-0.97)*d[8]) * o[41]
	} else {
		o[43] = 0
	}
	o[46] = o[43] * o[16] / d[8] * 1.5
	o[47] = o[44] + o[45] + o[46]
	o[48] = o[32] * o[33] / 60 * d[16] * 1
	o[49] = o[47] + o[48] + float64(o[31]*d[19]) + float64(o[41]*d[17]*1)
	o[52] = p[52] * (1 + 0.009)
	o[53] = o[13] * d[21] * d[2] * o[52]
	o[54] = o[53] * loopMin(d[11]*o[22]*0.8, 0.6)
	o[55] = (o[53] - o[54]) * d[12] * 0.55
	o[56] = o[53] - o[54] - o[55]
	o[57] = loopMin(0.45, o[18]*0.85)
	o[58] = o[56] / (1 - o[57])
	o[60] = o[58] * d[18] * 0.6
	o[61] = o[58] - o[60]
	o[62] = d[26] * o[21]
	o[63] = o[61] * o[62] / 3600
	o[64] = loopMin(0.9, 0.66+0.24*o[63]/(o[63]+1500))
	o[65] = o[63] / o[64] / o[17]
	o[66] = math.Ceil(o[65] * 1.02)
	o[67] = p[70] * d[3]
	o[68] = o[66] - (p[70] - o[67])
	o[69] = loopMax(0, o[68]) * 0.85
	o[70] = float64(p[70]*(1-d[3])) + o[69]
	o[73] = o[70] * o[16] * 0.96
	o[74] = o[73] * d[5]
	o[71] = o[65] / loopMax(o[70], 1)
	if o[71] > 0.97 {
		o[72] = loopMin(14, (o[71]-0.97)*d[8]) * o[70]
	} else {
		o[72] = 0
	}
	o[75] = o[72] * o[16] / d[8] * 1.5
	o[76] = o[73] + o[74] + o[75]
	o[77] = o[61] * o[62] / 60 * d[16] * 0.02
	o[78] = o[76] + o[77] + float64(o[60]*d[19]) + float64(o[70]*d[17]*1.1)
	o[81] = p[81] * (1 + -0.006)
	o[82] = o[13] * d[22] * d[2] * o[81]
	o[83] = o[82] * loopMin(d[11]*o[22]*0.35, 0.6)
	o[84] = (o[82] - o[83]) * d[12] * 0.3
	o[85] = o[82] - o[83] - o[84]
	o[86] = loopMin(0.45, o[18]*0.7)
	o[87] = o[85] / (1 - o[86])
	o[89] = o[87] * d[18] * 0.35
	o[90] = o[87] - o[89]
	o[91] = d[27] * o[21]
	o[92] = o[90] * o[91] / 3600
	o[93] = loopMin(0.9, 0.7+0.22*o[92]/(o[92]+1500))
	o[94] = o[92] / o[93] / o[17]
	o[95] = math.Ceil(o[94] * 1.02)
	o[96] = p[99] * d[3]
	o[97] = o[95] - (p[99] - o[96])
	o[98] = loopMax(0, o[97]) * 0.85
	o[99] = float64(p[99]*(1-d[3])) + o[98]
	o[102] = o[99] * o[16] * 0.94
	o[103] = o[102] * d[5]
	o[100] = o[94] / loopMax(o[99], 1)
	if o[100] > 0.97 {
		o[101] = loopMin(10, (o[100]-0.97)*d[8]) * o[99]
	} else {
		o[101] = 0
	}
	o[104] = o[101] * o[16] / d[8] * 1.5
	o[105] = o[102] + o[103] + o[104]
	o[106] = o[90] * o[91] / 60 * d[16] * 0.01
	o[107] = o[105] + o[106] + float64(o[89]*d[19]) + float64(o[99]*d[17]*0.9)
	o[110] = p[110] * (1 + 0.012)
	o[111] = o[13] * d[23] * d[2] * o[110]
	o[112] = o[111] * loopMin(d[11]*o[22]*0.6, 0.6)
	o[113] = (o[111] - o[112]) * d[12] * 0.45
	o[114] = o[111] - o[112] - o[113]
	o[115] = loopMin(0.45, o[18]*0.65)
	o[116] = o[114] / (1 - o[115])
	o[118] = o[116] * d[18] * 0.2
	o[119] = o[116] - o[118]
	o[120] = d[28] * o[21]
	o[121] = o[119] * o[120] / 3600
	o[122] = loopMin(0.9, 0.64+0.25*o[121]/(o[121]+1500))
	o[123] = o[121] / o[122] / o[17]
	o[124] = math.Ceil(o[123] * 1.02)
	o[125] = p[128] * d[3]
	o[126] = o[124] - (p[128] - o[125])
	o[127] = loopMax(0, o[126]) * 0.85
	o[128] = float64(p[128]*(1-d[3])) + o[127]
	o[131] = o[128] * o[16] * 1.04
	o[132] = o[131] * d[5]
	o[129] = o[123] / loopMax(o[128], 1)
	if o[129] > 0.97 {
		o[130] = loopMin(12, (o[129]-0.97)*d[8]) * o[128]
	} else {
		o[130] = 0
	}
	o[133] = o[130] * o[16] / d[8] * 1.5
	o[134] = o[131] + o[132] + o[133]
	o[135] = o[119] * o[120] / 60 * d[16] * 0.01
	o[136] = o[134] + o[135] + float64(o[118]*d[19]) + float64(o[128]*d[17]*1.25)
	o[139] = p[139] * (1 + 0.001)
	o[140] = o[13] * d[24] * d[2] * o[139]
	o[141] = o[140] * loopMin(d[11]*o[22]*0.1, 0.6)
	o[142] = (o[140] - o[141]) * d[12] * 0.15
	o[143] = o[140] - o[141] - o[142]
	o[144] = loopMin(0.45, o[18]*0.5)
	o[145] = o[143] / (1 - o[144])
	o[147] = o[145] * d[18] * 0.8
	o[148] = o[145] - o[147]
	o[149] = d[29] * o[21]
	o[150] = o[148] * o[149] / 3600
	o[151] = loopMin(0.9, 0.6+0.28*o[150]/(o[150]+1500))
	o[152] = o[150] / o[151] / o[17]
	o[153] = math.Ceil(o[152] * 1.02)
	o[154] = p[157] * d[3]
	o[155] = o[153] - (p[157] - o[154])
	o[156] = loopMax(0, o[155]) * 0.85
	o[157] = float64(p[157]*(1-d[3])) + o[156]
	o[160] = o[157] * o[16] * 1.02
	o[161] = o[160] * d[5]
	o[158] = o[152] / loopMax(o[157], 1)
	if o[158] > 0.97 {
		o[159] = loopMin(16, (o[158]-0.97)*d[8]) * o[157]
	} else {
		o[159] = 0
	}
	o[162] = o[159] * o[16] / d[8] * 1.5
	o[163] = o[160] + o[161] + o[162]
	o[164] = o[148] * o[149] / 60 * d[16] * 1.35
	o[165] = o[163] + o[164] + float64(o[147]*d[19]) + float64(o[157]*d[17]*1)
	o[186] = o[49] + o[78] + o[107] + o[136] + o[165]
	o[182] = o[41] + o[70] + o[99] + o[128] + o[157]
	o[188] = math.Ceil(o[182] / 14.3)
	o[189] = math.Ceil(o[182] / 57.7)
	if o[182] > 400 {
		o[190] = 4 + (o[182]-400)/220
	} else {
		o[190] = loopMax(1, o[182]/130)
	}
	o[191] = (float64(o[188]*1.62) + float64(o[189]*1.37) + float64(o[190]*1.71)) * o[16] * (1 + d[5])
	o[192] = loopMax(p[192], o[182]*0.87)
	o[19] = p[19] * 1.0019
	o[194] = o[192] * d[15] * o[19]
	o[193] = (o[192] - p[192]) * 6400
	o[181] = o[40] + o[69] + o[98] + o[127] + o[156]
	o[195] = o[181] * d[14]
	o[196] = o[181] * d[13] * o[19]
	o[197] = float64((o[182]+o[188]+o[189]+o[190])*d[17]*0.35) + float64(45500*o[19])
	o[198] = loopMin(0.06, 0.04+9000/o[182]/1000) * (o[186] + o[191] + o[194])
	o[0] = o[186] + o[191] + o[194] + o[193] + o[195] + o[196] + o[197] + o[198]
	o[170] = o[29] + o[58] + o[87] + o[116] + o[145]
	o[1] = o[0] / loopMax(o[170], 1)
	o[2] = p[2] + o[0]
	o[3] = p[3] + o[170]
	o[4] = o[2] / loopMax(o[3], 1)
	o[5] = o[0] / o[13]
	o[168] = o[24] + o[53] + o[82] + o[111] + o[140]
	o[169] = o[27] + o[56] + o[85] + o[114] + o[143]
	o[173] = o[168] - o[169]
	o[6] = o[173] * p[1] * 0.55
	o[7] = p[7] + o[6]
	o[8] = float64(p[8]*0.97) + float64(12000*o[19])
	o[9] = p[9] + o[8]
	o[10] = (o[7] - o[9]) / loopMax(o[9], 1)
	if o[1] > 11.4 {
		o[11] = (o[1] - 11.4) * o[170]
	} else {
		o[11] = 0
	}
	o[14] = o[12] - float64(p[12]*(1-d[1]))
	o[30] = o[29] - o[27]
	o[50] = p[50] + o[49]
	o[51] = o[49] / loopMax(o[29], 1)
	o[59] = o[58] - o[56]
	o[79] = p[79] + o[78]
	o[80] = o[78] / loopMax(o[58], 1)
	o[88] = o[87] - o[85]
	o[108] = p[108] + o[107]
	o[109] = o[107] / loopMax(o[87], 1)
	o[117] = o[116] - o[114]
	o[137] = p[137] + o[136]
	o[138] = o[136] / loopMax(o[116], 1)
	o[146] = o[145] - o[143]
	o[166] = p[166] + o[165]
	o[167] = o[165] / loopMax(o[145], 1)
	o[171] = o[30] + o[59] + o[88] + o[117] + o[146]
	o[172] = o[171] / loopMax(o[170], 1)
	o[174] = o[173] / o[168]
	o[175] = o[31] + o[60] + o[89] + o[118] + o[147]
	o[176] = o[32] + o[61] + o[90] + o[119] + o[148]
	o[177] = o[34] + o[63] + o[92] + o[121] + o[150]
	o[178] = o[177] * 3600 / loopMax(o[176], 1)
	o[179] = o[37] + o[66] + o[95] + o[124] + o[153]
	o[180] = o[38] + o[67] + o[96] + o[125] + o[154]
	o[183] = o[182] / loopMax(o[179], 1)
	o[184] = o[47] + o[76] + o[105] + o[134] + o[163]
	o[185] = o[48] + o[77] + o[106] + o[135] + o[164]
	o[187] = o[184] / o[186]
	o[199] = o[180] / loopMax(o[182], 1) * 12
}

// loopColumns is loopMonth for many lanes: each line and driver is a column.
func loopColumns(d, p, o [][]float64) {
	{ // cust
		y := o[12]
		cust_growth := d[0][:len(y)]
		churn := d[1][:len(y)]
		prev_cust := p[12][:len(y)]
		for i := range y {
			y[i] = prev_cust[i] * (1 + cust_growth[i] - churn[i])
		}
	}
	{ // cust_avg
		y := o[13]
		cust := o[12][:len(y)]
		prev_cust := p[12][:len(y)]
		for i := range y {
			y[i] = (prev_cust[i] + cust[i]) / 2
		}
	}
	{ // trend_voice
		y := o[23]
		prev_trend_voice := p[23][:len(y)]
		for i := range y {
			y[i] = prev_trend_voice[i] * (1 + -0.004)
		}
	}
	{ // gross_voice
		y := o[24]
		cust_avg := o[13][:len(y)]
		rate_voice := d[20][:len(y)]
		season := d[2][:len(y)]
		trend_voice := o[23][:len(y)]
		for i := range y {
			y[i] = cust_avg[i] * rate_voice[i] * season[i] * trend_voice[i]
		}
	}
	{ // bot_eff
		y := o[22]
		prev_bot_eff := p[22][:len(y)]
		for i := range y {
			y[i] = prev_bot_eff[i] + float64(0.05*(0.92-prev_bot_eff[i]))
		}
	}
	{ // bot_voice
		y := o[25]
		gross_voice := o[24][:len(y)]
		bot_share := d[11][:len(y)]
		bot_eff := o[22][:len(y)]
		for i := range y {
			y[i] = gross_voice[i] * loopMin(bot_share[i]*bot_eff[i]*0.55, 0.6)
		}
	}
	{ // self_voice
		y := o[26]
		gross_voice := o[24][:len(y)]
		bot_voice := o[25][:len(y)]
		self_share := d[12][:len(y)]
		for i := range y {
			y[i] = (gross_voice[i] - bot_voice[i]) * self_share[i] * 0.4
		}
	}
	{ // offered_voice
		y := o[27]
		gross_voice := o[24][:len(y)]
		bot_voice := o[25][:len(y)]
		self_voice := o[26][:len(y)]
		for i := range y {
			y[i] = gross_voice[i] - bot_voice[i] - self_voice[i]
		}
	}
	{ // repeat_rate
		y := o[18]
		fcr := d[9][:len(y)]
		repeat_f := d[10][:len(y)]
		for i := range y {
			y[i] = (1 - fcr[i]) * repeat_f[i]
		}
	}
	{ // rep_voice
		y := o[28]
		repeat_rate := o[18][:len(y)]
		for i := range y {
			y[i] = loopMin(0.45, repeat_rate[i]*1)
		}
	}
	{ // contacts_voice
		y := o[29]
		offered_voice := o[27][:len(y)]
		rep_voice := o[28][:len(y)]
		for i := range y {
			y[i] = offered_voice[i] / (1 - rep_voice[i])
		}
	}
	{ // bpo_voice
		y := o[31]
		contacts_voice := o[29][:len(y)]
		bpo_share := d[18][:len(y)]
		for i := range y {
			y[i] = contacts_voice[i] * bpo_share[i] * 1
		}
	}
	{ // inhouse_voice
		y := o[32]
		contacts_voice := o[29][:len(y)]
		bpo_voice := o[31][:len(y)]
		for i := range y {
			y[i] = contacts_voice[i] - bpo_voice[i]
		}
	}
	{ // newbie
		y := o[20]
		prev_hires_total := p[181][:len(y)]
		prev_hc_total := p[182][:len(y)]
		for i := range y {
			y[i] = loopMin(0.5, prev_hires_total[i]/loopMax(prev_hc_total[i], 1))
		}
	}
	{ // aht_pen
		y := o[21]
		newbie := o[20][:len(y)]
		for i := range y {
			y[i] = 1 + float64(0.25*newbie[i])
		}
	}
	{ // ahteff_voice
		y := o[33]
		aht_voice := d[25][:len(y)]
		aht_pen := o[21][:len(y)]
		for i := range y {
			y[i] = aht_voice[i] * aht_pen[i]
		}
	}
	{ // workload_voice
		y := o[34]
		inhouse_voice := o[32][:len(y)]
		ahteff_voice := o[33][:len(y)]
		for i := range y {
			y[i] = inhouse_voice[i] * ahteff_voice[i] / 3600
		}
	}
	{ // occ_voice
		y := o[35]
		workload_voice := o[34][:len(y)]
		for i := range y {
			y[i] = loopMin(0.9, 0.62+0.27*workload_voice[i]/(workload_voice[i]+1500))
		}
	}
	{ // net_hours
		y := o[17]
		hours := d[8][:len(y)]
		shrink := d[7][:len(y)]
		for i := range y {
			y[i] = hours[i] * (1 - shrink[i])
		}
	}
	{ // netfte_voice
		y := o[36]
		workload_voice := o[34][:len(y)]
		occ_voice := o[35][:len(y)]
		net_hours := o[17][:len(y)]
		for i := range y {
			y[i] = workload_voice[i] / occ_voice[i] / net_hours[i]
		}
	}
	{ // req_voice
		y := o[37]
		netfte_voice := o[36][:len(y)]
		for i := range y {
			y[i] = math.Ceil(netfte_voice[i] * 1.02)
		}
	}
	{ // left_voice
		y := o[38]
		attrition := d[3][:len(y)]
		prev_hc_voice := p[41][:len(y)]
		for i := range y {
			y[i] = prev_hc_voice[i] * attrition[i]
		}
	}
	{ // gap_voice
		y := o[39]
		req_voice := o[37][:len(y)]
		left_voice := o[38][:len(y)]
		prev_hc_voice := p[41][:len(y)]
		for i := range y {
			y[i] = req_voice[i] - (prev_hc_voice[i] - left_voice[i])
		}
	}
	{ // hires_voice
		y := o[40]
		gap_voice := o[39][:len(y)]
		for i := range y {
			y[i] = loopMax(0, gap_voice[i]) * 0.85
		}
	}
	{ // hc_voice
		y := o[41]
		attrition := d[3][:len(y)]
		hires_voice := o[40][:len(y)]
		prev_hc_voice := p[41][:len(y)]
		for i := range y {
			y[i] = float64(prev_hc_voice[i]*(1-attrition[i])) + hires_voice[i]
		}
	}
	{ // wage_idx
		y := o[15]
		merit := d[6][:len(y)]
		prev_wage_idx := p[15][:len(y)]
		for i := range y {
			y[i] = prev_wage_idx[i] * (1 + merit[i])
		}
	}
	{ // wage_eff
		y := o[16]
		wage := d[4][:len(y)]
		wage_idx := o[15][:len(y)]
		for i := range y {
			y[i] = wage[i] * wage_idx[i]
		}
	}
	{ // wages_voice
		y := o[44]
		hc_voice := o[41][:len(y)]
		wage_eff := o[16][:len(y)]
		for i := range y {
			y[i] = hc_voice[i] * wage_eff[i] * 1
		}
	}
	{ // social_voice
		y := o[45]
		wages_voice := o[44][:len(y)]
		social_rate := d[5][:len(y)]
		for i := range y {
			y[i] = wages_voice[i] * social_rate[i]
		}
	}
	{ // util_voice
		y := o[42]
		netfte_voice := o[36][:len(y)]
		hc_voice := o[41][:len(y)]
		for i := range y {
			y[i] = netfte_voice[i] / loopMax(hc_voice[i], 1)
		}
	}
	{ // ot_voice
		y := o[43]
		util_voice := o[42][:len(y)]
		hours := d[8][:len(y)]
		hc_voice := o[41][:len(y)]
		for i := range y {
			if util_voice[i] > 0.97 {
				y[i] = loopMin(18, (util_voice[i]-0.97)*hours[i]) * hc_voice[i]
			} else {
				y[i] = 0
			}
		}
	}
	{ // otcost_voice
		y := o[46]
		ot_voice := o[43][:len(y)]
		wage_eff := o[16][:len(y)]
		hours := d[8][:len(y)]
		for i := range y {
			y[i] = ot_voice[i] * wage_eff[i] / hours[i] * 1.5
		}
	}
	{ // labor_voice
		y := o[47]
		wages_voice := o[44][:len(y)]
		social_voice := o[45][:len(y)]
		otcost_voice := o[46][:len(y)]
		for i := range y {
			y[i] = wages_voice[i] + social_voice[i] + otcost_voice[i]
		}
	}
	{ // tel_voice
		y := o[48]
		inhouse_voice := o[32][:len(y)]
		ahteff_voice := o[33][:len(y)]
		tel_rate := d[16][:len(y)]
		for i := range y {
			y[i] = inhouse_voice[i] * ahteff_voice[i] / 60 * tel_rate[i] * 1
		}
	}
	{ // direct_voice
		y := o[49]
		labor_voice := o[47][:len(y)]
		tel_voice := o[48][:len(y)]
		bpo_voice := o[31][:len(y)]
		bpo_price := d[19][:len(y)]
		hc_voice := o[41][:len(y)]
		licence := d[17][:len(y)]
		for i := range y {
			y[i] = labor_voice[i] + tel_voice[i] + float64(bpo_voice[i]*bpo_price[i]) + float64(hc_voice[i]*licence[i]*1)
		}
	}
	{ // trend_chat
		y := o[52]
		prev_trend_chat := p[52][:len(y)]
		for i := range y {
			y[i] = prev_trend_chat[i] * (1 + 0.009)
		}
	}
	{ // gross_chat
		y := o[53]
		cust_avg := o[13][:len(y)]
		rate_chat := d[21][:len(y)]
		season := d[2][:len(y)]
		trend_chat := o[52][:len(y)]
		for i := range y {
			y[i] = cust_avg[i] * rate_chat[i] * season[i] * trend_chat[i]
		}
	}
	{ // bot_chat
		y := o[54]
		gross_chat := o[53][:len(y)]
		bot_share := d[11][:len(y)]
		bot_eff := o[22][:len(y)]
		for i := range y {
			y[i] = gross_chat[i] * loopMin(bot_share[i]*bot_eff[i]*0.8, 0.6)
		}
	}
	{ // self_chat
		y := o[55]
		gross_chat := o[53][:len(y)]
		bot_chat := o[54][:len(y)]
		self_share := d[12][:len(y)]
		for i := range y {
			y[i] = (gross_chat[i] - bot_chat[i]) * self_share[i] * 0.55
		}
	}
	{ // offered_chat
		y := o[56]
		gross_chat := o[53][:len(y)]
		bot_chat := o[54][:len(y)]
		self_chat := o[55][:len(y)]
		for i := range y {
			y[i] = gross_chat[i] - bot_chat[i] - self_chat[i]
		}
	}
	{ // rep_chat
		y := o[57]
		repeat_rate := o[18][:len(y)]
		for i := range y {
			y[i] = loopMin(0.45, repeat_rate[i]*0.85)
		}
	}
	{ // contacts_chat
		y := o[58]
		offered_chat := o[56][:len(y)]
		rep_chat := o[57][:len(y)]
		for i := range y {
			y[i] = offered_chat[i] / (1 - rep_chat[i])
		}
	}
	{ // bpo_chat
		y := o[60]
		contacts_chat := o[58][:len(y)]
		bpo_share := d[18][:len(y)]
		for i := range y {
			y[i] = contacts_chat[i] * bpo_share[i] * 0.6
		}
	}
	{ // inhouse_chat
		y := o[61]
		contacts_chat := o[58][:len(y)]
		bpo_chat := o[60][:len(y)]
		for i := range y {
			y[i] = contacts_chat[i] - bpo_chat[i]
		}
	}
	{ // ahteff_chat
		y := o[62]
		aht_chat := d[26][:len(y)]
		aht_pen := o[21][:len(y)]
		for i := range y {
			y[i] = aht_chat[i] * aht_pen[i]
		}
	}
	{ // workload_chat
		y := o[63]
		inhouse_chat := o[61][:len(y)]
		ahteff_chat := o[62][:len(y)]
		for i := range y {
			y[i] = inhouse_chat[i] * ahteff_chat[i] / 3600
		}
	}
	{ // occ_chat
		y := o[64]
		workload_chat := o[63][:len(y)]
		for i := range y {
			y[i] = loopMin(0.9, 0.66+0.24*workload_chat[i]/(workload_chat[i]+1500))
		}
	}
	{ // netfte_chat
		y := o[65]
		workload_chat := o[63][:len(y)]
		occ_chat := o[64][:len(y)]
		net_hours := o[17][:len(y)]
		for i := range y {
			y[i] = workload_chat[i] / occ_chat[i] / net_hours[i]
		}
	}
	{ // req_chat
		y := o[66]
		netfte_chat := o[65][:len(y)]
		for i := range y {
			y[i] = math.Ceil(netfte_chat[i] * 1.02)
		}
	}
	{ // left_chat
		y := o[67]
		attrition := d[3][:len(y)]
		prev_hc_chat := p[70][:len(y)]
		for i := range y {
			y[i] = prev_hc_chat[i] * attrition[i]
		}
	}
	{ // gap_chat
		y := o[68]
		req_chat := o[66][:len(y)]
		left_chat := o[67][:len(y)]
		prev_hc_chat := p[70][:len(y)]
		for i := range y {
			y[i] = req_chat[i] - (prev_hc_chat[i] - left_chat[i])
		}
	}
	{ // hires_chat
		y := o[69]
		gap_chat := o[68][:len(y)]
		for i := range y {
			y[i] = loopMax(0, gap_chat[i]) * 0.85
		}
	}
	{ // hc_chat
		y := o[70]
		attrition := d[3][:len(y)]
		hires_chat := o[69][:len(y)]
		prev_hc_chat := p[70][:len(y)]
		for i := range y {
			y[i] = float64(prev_hc_chat[i]*(1-attrition[i])) + hires_chat[i]
		}
	}
	{ // wages_chat
		y := o[73]
		hc_chat := o[70][:len(y)]
		wage_eff := o[16][:len(y)]
		for i := range y {
			y[i] = hc_chat[i] * wage_eff[i] * 0.96
		}
	}
	{ // social_chat
		y := o[74]
		wages_chat := o[73][:len(y)]
		social_rate := d[5][:len(y)]
		for i := range y {
			y[i] = wages_chat[i] * social_rate[i]
		}
	}
	{ // util_chat
		y := o[71]
		netfte_chat := o[65][:len(y)]
		hc_chat := o[70][:len(y)]
		for i := range y {
			y[i] = netfte_chat[i] / loopMax(hc_chat[i], 1)
		}
	}
	{ // ot_chat
		y := o[72]
		util_chat := o[71][:len(y)]
		hours := d[8][:len(y)]
		hc_chat := o[70][:len(y)]
		for i := range y {
			if util_chat[i] > 0.97 {
				y[i] = loopMin(14, (util_chat[i]-0.97)*hours[i]) * hc_chat[i]
			} else {
				y[i] = 0
			}
		}
	}
	{ // otcost_chat
		y := o[75]
		ot_chat := o[72][:len(y)]
		wage_eff := o[16][:len(y)]
		hours := d[8][:len(y)]
		for i := range y {
			y[i] = ot_chat[i] * wage_eff[i] / hours[i] * 1.5
		}
	}
	{ // labor_chat
		y := o[76]
		wages_chat := o[73][:len(y)]
		social_chat := o[74][:len(y)]
		otcost_chat := o[75][:len(y)]
		for i := range y {
			y[i] = wages_chat[i] + social_chat[i] + otcost_chat[i]
		}
	}
	{ // tel_chat
		y := o[77]
		inhouse_chat := o[61][:len(y)]
		ahteff_chat := o[62][:len(y)]
		tel_rate := d[16][:len(y)]
		for i := range y {
			y[i] = inhouse_chat[i] * ahteff_chat[i] / 60 * tel_rate[i] * 0.02
		}
	}
	{ // direct_chat
		y := o[78]
		labor_chat := o[76][:len(y)]
		tel_chat := o[77][:len(y)]
		bpo_chat := o[60][:len(y)]
		bpo_price := d[19][:len(y)]
		hc_chat := o[70][:len(y)]
		licence := d[17][:len(y)]
		for i := range y {
			y[i] = labor_chat[i] + tel_chat[i] + float64(bpo_chat[i]*bpo_price[i]) + float64(hc_chat[i]*licence[i]*1.1)
		}
	}
	{ // trend_mail
		y := o[81]
		prev_trend_mail := p[81][:len(y)]
		for i := range y {
			y[i] = prev_trend_mail[i] * (1 + -0.006)
		}
	}
	{ // gross_mail
		y := o[82]
		cust_avg := o[13][:len(y)]
		rate_mail := d[22][:len(y)]
		season := d[2][:len(y)]
		trend_mail := o[81][:len(y)]
		for i := range y {
			y[i] = cust_avg[i] * rate_mail[i] * season[i] * trend_mail[i]
		}
	}
	{ // bot_mail
		y := o[83]
		gross_mail := o[82][:len(y)]
		bot_share := d[11][:len(y)]
		bot_eff := o[22][:len(y)]
		for i := range y {
			y[i] = gross_mail[i] * loopMin(bot_share[i]*bot_eff[i]*0.35, 0.6)
		}
	}
	{ // self_mail
		y := o[84]
		gross_mail := o[82][:len(y)]
		bot_mail := o[83][:len(y)]
		self_share := d[12][:len(y)]
		for i := range y {
			y[i] = (gross_mail[i] - bot_mail[i]) * self_share[i] * 0.3
		}
	}
	{ // offered_mail
		y := o[85]
		gross_mail := o[82][:len(y)]
		bot_mail := o[83][:len(y)]
		self_mail := o[84][:len(y)]
		for i := range y {
			y[i] = gross_mail[i] - bot_mail[i] - self_mail[i]
		}
	}
	{ // rep_mail
		y := o[86]
		repeat_rate := o[18][:len(y)]
		for i := range y {
			y[i] = loopMin(0.45, repeat_rate[i]*0.7)
		}
	}
	{ // contacts_mail
		y := o[87]
		offered_mail := o[85][:len(y)]
		rep_mail := o[86][:len(y)]
		for i := range y {
			y[i] = offered_mail[i] / (1 - rep_mail[i])
		}
	}
	{ // bpo_mail
		y := o[89]
		contacts_mail := o[87][:len(y)]
		bpo_share := d[18][:len(y)]
		for i := range y {
			y[i] = contacts_mail[i] * bpo_share[i] * 0.35
		}
	}
	{ // inhouse_mail
		y := o[90]
		contacts_mail := o[87][:len(y)]
		bpo_mail := o[89][:len(y)]
		for i := range y {
			y[i] = contacts_mail[i] - bpo_mail[i]
		}
	}
	{ // ahteff_mail
		y := o[91]
		aht_mail := d[27][:len(y)]
		aht_pen := o[21][:len(y)]
		for i := range y {
			y[i] = aht_mail[i] * aht_pen[i]
		}
	}
	{ // workload_mail
		y := o[92]
		inhouse_mail := o[90][:len(y)]
		ahteff_mail := o[91][:len(y)]
		for i := range y {
			y[i] = inhouse_mail[i] * ahteff_mail[i] / 3600
		}
	}
	{ // occ_mail
		y := o[93]
		workload_mail := o[92][:len(y)]
		for i := range y {
			y[i] = loopMin(0.9, 0.7+0.22*workload_mail[i]/(workload_mail[i]+1500))
		}
	}
	{ // netfte_mail
		y := o[94]
		workload_mail := o[92][:len(y)]
		occ_mail := o[93][:len(y)]
		net_hours := o[17][:len(y)]
		for i := range y {
			y[i] = workload_mail[i] / occ_mail[i] / net_hours[i]
		}
	}
	{ // req_mail
		y := o[95]
		netfte_mail := o[94][:len(y)]
		for i := range y {
			y[i] = math.Ceil(netfte_mail[i] * 1.02)
		}
	}
	{ // left_mail
		y := o[96]
		attrition := d[3][:len(y)]
		prev_hc_mail := p[99][:len(y)]
		for i := range y {
			y[i] = prev_hc_mail[i] * attrition[i]
		}
	}
	{ // gap_mail
		y := o[97]
		req_mail := o[95][:len(y)]
		left_mail := o[96][:len(y)]
		prev_hc_mail := p[99][:len(y)]
		for i := range y {
			y[i] = req_mail[i] - (prev_hc_mail[i] - left_mail[i])
		}
	}
	{ // hires_mail
		y := o[98]
		gap_mail := o[97][:len(y)]
		for i := range y {
			y[i] = loopMax(0, gap_mail[i]) * 0.85
		}
	}
	{ // hc_mail
		y := o[99]
		attrition := d[3][:len(y)]
		hires_mail := o[98][:len(y)]
		prev_hc_mail := p[99][:len(y)]
		for i := range y {
			y[i] = float64(prev_hc_mail[i]*(1-attrition[i])) + hires_mail[i]
		}
	}
	{ // wages_mail
		y := o[102]
		hc_mail := o[99][:len(y)]
		wage_eff := o[16][:len(y)]
		for i := range y {
			y[i] = hc_mail[i] * wage_eff[i] * 0.94
		}
	}
	{ // social_mail
		y := o[103]
		wages_mail := o[102][:len(y)]
		social_rate := d[5][:len(y)]
		for i := range y {
			y[i] = wages_mail[i] * social_rate[i]
		}
	}
	{ // util_mail
		y := o[100]
		netfte_mail := o[94][:len(y)]
		hc_mail := o[99][:len(y)]
		for i := range y {
			y[i] = netfte_mail[i] / loopMax(hc_mail[i], 1)
		}
	}
	{ // ot_mail
		y := o[101]
		util_mail := o[100][:len(y)]
		hours := d[8][:len(y)]
		hc_mail := o[99][:len(y)]
		for i := range y {
			if util_mail[i] > 0.97 {
				y[i] = loopMin(10, (util_mail[i]-0.97)*hours[i]) * hc_mail[i]
			} else {
				y[i] = 0
			}
		}
	}
	{ // otcost_mail
		y := o[104]
		ot_mail := o[101][:len(y)]
		wage_eff := o[16][:len(y)]
		hours := d[8][:len(y)]
		for i := range y {
			y[i] = ot_mail[i] * wage_eff[i] / hours[i] * 1.5
		}
	}
	{ // labor_mail
		y := o[105]
		wages_mail := o[102][:len(y)]
		social_mail := o[103][:len(y)]
		otcost_mail := o[104][:len(y)]
		for i := range y {
			y[i] = wages_mail[i] + social_mail[i] + otcost_mail[i]
		}
	}
	{ // tel_mail
		y := o[106]
		inhouse_mail := o[90][:len(y)]
		ahteff_mail := o[91][:len(y)]
		tel_rate := d[16][:len(y)]
		for i := range y {
			y[i] = inhouse_mail[i] * ahteff_mail[i] / 60 * tel_rate[i] * 0.01
		}
	}
	{ // direct_mail
		y := o[107]
		labor_mail := o[105][:len(y)]
		tel_mail := o[106][:len(y)]
		bpo_mail := o[89][:len(y)]
		bpo_price := d[19][:len(y)]
		hc_mail := o[99][:len(y)]
		licence := d[17][:len(y)]
		for i := range y {
			y[i] = labor_mail[i] + tel_mail[i] + float64(bpo_mail[i]*bpo_price[i]) + float64(hc_mail[i]*licence[i]*0.9)
		}
	}
	{ // trend_social
		y := o[110]
		prev_trend_social := p[110][:len(y)]
		for i := range y {
			y[i] = prev_trend_social[i] * (1 + 0.012)
		}
	}
	{ // gross_social
		y := o[111]
		cust_avg := o[13][:len(y)]
		rate_social := d[23][:len(y)]
		season := d[2][:len(y)]
		trend_social := o[110][:len(y)]
		for i := range y {
			y[i] = cust_avg[i] * rate_social[i] * season[i] * trend_social[i]
		}
	}
	{ // bot_social
		y := o[112]
		gross_social := o[111][:len(y)]
		bot_share := d[11][:len(y)]
		bot_eff := o[22][:len(y)]
		for i := range y {
			y[i] = gross_social[i] * loopMin(bot_share[i]*bot_eff[i]*0.6, 0.6)
		}
	}
	{ // self_social
		y := o[113]
		gross_social := o[111][:len(y)]
		bot_social := o[112][:len(y)]
		self_share := d[12][:len(y)]
		for i := range y {
			y[i] = (gross_social[i] - bot_social[i]) * self_share[i] * 0.45
		}
	}
	{ // offered_social
		y := o[114]
		gross_social := o[111][:len(y)]
		bot_social := o[112][:len(y)]
		self_social := o[113][:len(y)]
		for i := range y {
			y[i] = gross_social[i] - bot_social[i] - self_social[i]
		}
	}
	{ // rep_social
		y := o[115]
		repeat_rate := o[18][:len(y)]
		for i := range y {
			y[i] = loopMin(0.45, repeat_rate[i]*0.65)
		}
	}
	{ // contacts_social
		y := o[116]
		offered_social := o[114][:len(y)]
		rep_social := o[115][:len(y)]
		for i := range y {
			y[i] = offered_social[i] / (1 - rep_social[i])
		}
	}
	{ // bpo_social
		y := o[118]
		contacts_social := o[116][:len(y)]
		bpo_share := d[18][:len(y)]
		for i := range y {
			y[i] = contacts_social[i] * bpo_share[i] * 0.2
		}
	}
	{ // inhouse_social
		y := o[119]
		contacts_social := o[116][:len(y)]
		bpo_social := o[118][:len(y)]
		for i := range y {
			y[i] = contacts_social[i] - bpo_social[i]
		}
	}
	{ // ahteff_social
		y := o[120]
		aht_social := d[28][:len(y)]
		aht_pen := o[21][:len(y)]
		for i := range y {
			y[i] = aht_social[i] * aht_pen[i]
		}
	}
	{ // workload_social
		y := o[121]
		inhouse_social := o[119][:len(y)]
		ahteff_social := o[120][:len(y)]
		for i := range y {
			y[i] = inhouse_social[i] * ahteff_social[i] / 3600
		}
	}
	{ // occ_social
		y := o[122]
		workload_social := o[121][:len(y)]
		for i := range y {
			y[i] = loopMin(0.9, 0.64+0.25*workload_social[i]/(workload_social[i]+1500))
		}
	}
	{ // netfte_social
		y := o[123]
		workload_social := o[121][:len(y)]
		occ_social := o[122][:len(y)]
		net_hours := o[17][:len(y)]
		for i := range y {
			y[i] = workload_social[i] / occ_social[i] / net_hours[i]
		}
	}
	{ // req_social
		y := o[124]
		netfte_social := o[123][:len(y)]
		for i := range y {
			y[i] = math.Ceil(netfte_social[i] * 1.02)
		}
	}
	{ // left_social
		y := o[125]
		attrition := d[3][:len(y)]
		prev_hc_social := p[128][:len(y)]
		for i := range y {
			y[i] = prev_hc_social[i] * attrition[i]
		}
	}
	{ // gap_social
		y := o[126]
		req_social := o[124][:len(y)]
		left_social := o[125][:len(y)]
		prev_hc_social := p[128][:len(y)]
		for i := range y {
			y[i] = req_social[i] - (prev_hc_social[i] - left_social[i])
		}
	}
	{ // hires_social
		y := o[127]
		gap_social := o[126][:len(y)]
		for i := range y {
			y[i] = loopMax(0, gap_social[i]) * 0.85
		}
	}
	{ // hc_social
		y := o[128]
		attrition := d[3][:len(y)]
		hires_social := o[127][:len(y)]
		prev_hc_social := p[128][:len(y)]
		for i := range y {
			y[i] = float64(prev_hc_social[i]*(1-attrition[i])) + hires_social[i]
		}
	}
	{ // wages_social
		y := o[131]
		hc_social := o[128][:len(y)]
		wage_eff := o[16][:len(y)]
		for i := range y {
			y[i] = hc_social[i] * wage_eff[i] * 1.04
		}
	}
	{ // social_social
		y := o[132]
		wages_social := o[131][:len(y)]
		social_rate := d[5][:len(y)]
		for i := range y {
			y[i] = wages_social[i] * social_rate[i]
		}
	}
	{ // util_social
		y := o[129]
		netfte_social := o[123][:len(y)]
		hc_social := o[128][:len(y)]
		for i := range y {
			y[i] = netfte_social[i] / loopMax(hc_social[i], 1)
		}
	}
	{ // ot_social
		y := o[130]
		util_social := o[129][:len(y)]
		hours := d[8][:len(y)]
		hc_social := o[128][:len(y)]
		for i := range y {
			if util_social[i] > 0.97 {
				y[i] = loopMin(12, (util_social[i]-0.97)*hours[i]) * hc_social[i]
			} else {
				y[i] = 0
			}
		}
	}
	{ // otcost_social
		y := o[133]
		ot_social := o[130][:len(y)]
		wage_eff := o[16][:len(y)]
		hours := d[8][:len(y)]
		for i := range y {
			y[i] = ot_social[i] * wage_eff[i] / hours[i] * 1.5
		}
	}
	{ // labor_social
		y := o[134]
		wages_social := o[131][:len(y)]
		social_social := o[132][:len(y)]
		otcost_social := o[133][:len(y)]
		for i := range y {
			y[i] = wages_social[i] + social_social[i] + otcost_social[i]
		}
	}
	{ // tel_social
		y := o[135]
		inhouse_social := o[119][:len(y)]
		ahteff_social := o[120][:len(y)]
		tel_rate := d[16][:len(y)]
		for i := range y {
			y[i] = inhouse_social[i] * ahteff_social[i] / 60 * tel_rate[i] * 0.01
		}
	}
	{ // direct_social
		y := o[136]
		labor_social := o[134][:len(y)]
		tel_social := o[135][:len(y)]
		bpo_social := o[118][:len(y)]
		bpo_price := d[19][:len(y)]
		hc_social := o[128][:len(y)]
		licence := d[17][:len(y)]
		for i := range y {
			y[i] = labor_social[i] + tel_social[i] + float64(bpo_social[i]*bpo_price[i]) + float64(hc_social[i]*licence[i]*1.25)
		}
	}
	{ // trend_callback
		y := o[139]
		prev_trend_callback := p[139][:len(y)]
		for i := range y {
			y[i] = prev_trend_callback[i] * (1 + 0.001)
		}
	}
	{ // gross_callback
		y := o[140]
		cust_avg := o[13][:len(y)]
		rate_callback := d[24][:len(y)]
		season := d[2][:len(y)]
		trend_callback := o[139][:len(y)]
		for i := range y {
			y[i] = cust_avg[i] * rate_callback[i] * season[i] * trend_callback[i]
		}
	}
	{ // bot_callback
		y := o[141]
		gross_callback := o[140][:len(y)]
		bot_share := d[11][:len(y)]
		bot_eff := o[22][:len(y)]
		for i := range y {
			y[i] = gross_callback[i] * loopMin(bot_share[i]*bot_eff[i]*0.1, 0.6)
		}
	}
	{ // self_callback
		y := o[142]
		gross_callback := o[140][:len(y)]
		bot_callback := o[141][:len(y)]
		self_share := d[12][:len(y)]
		for i := range y {
			y[i] = (gross_callback[i] - bot_callback[i]) * self_share[i] * 0.15
		}
	}
	{ // offered_callback
		y := o[143]
		gross_callback := o[140][:len(y)]
		bot_callback := o[141][:len(y)]
		self_callback := o[142][:len(y)]
		for i := range y {
			y[i] = gross_callback[i] - bot_callback[i] - self_callback[i]
		}
	}
	{ // rep_callback
		y := o[144]
		repeat_rate := o[18][:len(y)]
		for i := range y {
			y[i] = loopMin(0.45, repeat_rate[i]*0.5)
		}
	}
	{ // contacts_callback
		y := o[145]
		offered_callback := o[143][:len(y)]
		rep_callback := o[144][:len(y)]
		for i := range y {
			y[i] = offered_callback[i] / (1 - rep_callback[i])
		}
	}
	{ // bpo_callback
		y := o[147]
		contacts_callback := o[145][:len(y)]
		bpo_share := d[18][:len(y)]
		for i := range y {
			y[i] = contacts_callback[i] * bpo_share[i] * 0.8
		}
	}
	{ // inhouse_callback
		y := o[148]
		contacts_callback := o[145][:len(y)]
		bpo_callback := o[147][:len(y)]
		for i := range y {
			y[i] = contacts_callback[i] - bpo_callback[i]
		}
	}
	{ // ahteff_callback
		y := o[149]
		aht_callback := d[29][:len(y)]
		aht_pen := o[21][:len(y)]
		for i := range y {
			y[i] = aht_callback[i] * aht_pen[i]
		}
	}
	{ // workload_callback
		y := o[150]
		inhouse_callback := o[148][:len(y)]
		ahteff_callback := o[149][:len(y)]
		for i := range y {
			y[i] = inhouse_callback[i] * ahteff_callback[i] / 3600
		}
	}
	{ // occ_callback
		y := o[151]
		workload_callback := o[150][:len(y)]
		for i := range y {
			y[i] = loopMin(0.9, 0.6+0.28*workload_callback[i]/(workload_callback[i]+1500))
		}
	}
	{ // netfte_callback
		y := o[152]
		workload_callback := o[150][:len(y)]
		occ_callback := o[151][:len(y)]
		net_hours := o[17][:len(y)]
		for i := range y {
			y[i] = workload_callback[i] / occ_callback[i] / net_hours[i]
		}
	}
	{ // req_callback
		y := o[153]
		netfte_callback := o[152][:len(y)]
		for i := range y {
			y[i] = math.Ceil(netfte_callback[i] * 1.02)
		}
	}
	{ // left_callback
		y := o[154]
		attrition := d[3][:len(y)]
		prev_hc_callback := p[157][:len(y)]
		for i := range y {
			y[i] = prev_hc_callback[i] * attrition[i]
		}
	}
	{ // gap_callback
		y := o[155]
		req_callback := o[153][:len(y)]
		left_callback := o[154][:len(y)]
		prev_hc_callback := p[157][:len(y)]
		for i := range y {
			y[i] = req_callback[i] - (prev_hc_callback[i] - left_callback[i])
		}
	}
	{ // hires_callback
		y := o[156]
		gap_callback := o[155][:len(y)]
		for i := range y {
			y[i] = loopMax(0, gap_callback[i]) * 0.85
		}
	}
	{ // hc_callback
		y := o[157]
		attrition := d[3][:len(y)]
		hires_callback := o[156][:len(y)]
		prev_hc_callback := p[157][:len(y)]
		for i := range y {
			y[i] = float64(prev_hc_callback[i]*(1-attrition[i])) + hires_callback[i]
		}
	}
	{ // wages_callback
		y := o[160]
		hc_callback := o[157][:len(y)]
		wage_eff := o[16][:len(y)]
		for i := range y {
			y[i] = hc_callback[i] * wage_eff[i] * 1.02
		}
	}
	{ // social_callback
		y := o[161]
		wages_callback := o[160][:len(y)]
		social_rate := d[5][:len(y)]
		for i := range y {
			y[i] = wages_callback[i] * social_rate[i]
		}
	}
	{ // util_callback
		y := o[158]
		netfte_callback := o[152][:len(y)]
		hc_callback := o[157][:len(y)]
		for i := range y {
			y[i] = netfte_callback[i] / loopMax(hc_callback[i], 1)
		}
	}
	{ // ot_callback
		y := o[159]
		util_callback := o[158][:len(y)]
		hours := d[8][:len(y)]
		hc_callback := o[157][:len(y)]
		for i := range y {
			if util_callback[i] > 0.97 {
				y[i] = loopMin(16, (util_callback[i]-0.97)*hours[i]) * hc_callback[i]
			} else {
				y[i] = 0
			}
		}
	}
	{ // otcost_callback
		y := o[162]
		ot_callback := o[159][:len(y)]
		wage_eff := o[16][:len(y)]
		hours := d[8][:len(y)]
		for i := range y {
			y[i] = ot_callback[i] * wage_eff[i] / hours[i] * 1.5
		}
	}
	{ // labor_callback
		y := o[163]
		wages_callback := o[160][:len(y)]
		social_callback := o[161][:len(y)]
		otcost_callback := o[162][:len(y)]
		for i := range y {
			y[i] = wages_callback[i] + social_callback[i] + otcost_callback[i]
		}
	}
	{ // tel_callback
		y := o[164]
		inhouse_callback := o[148][:len(y)]
		ahteff_callback := o[149][:len(y)]
		tel_rate := d[16][:len(y)]
		for i := range y {
			y[i] = inhouse_callback[i] * ahteff_callback[i] / 60 * tel_rate[i] * 1.35
		}
	}
	{ // direct_callback
		y := o[165]
		labor_callback := o[163][:len(y)]
		tel_callback := o[164][:len(y)]
		bpo_callback := o[147][:len(y)]
		bpo_price := d[19][:len(y)]
		hc_callback := o[157][:len(y)]
		licence := d[17][:len(y)]
		for i := range y {
			y[i] = labor_callback[i] + tel_callback[i] + float64(bpo_callback[i]*bpo_price[i]) + float64(hc_callback[i]*licence[i]*1)
		}
	}
	{ // direct_total
		y := o[186]
		direct_voice := o[49][:len(y)]
		direct_chat := o[78][:len(y)]
		direct_mail := o[107][:len(y)]
		direct_social := o[136][:len(y)]
		direct_callback := o[165][:len(y)]
		for i := range y {
			y[i] = direct_voice[i] + direct_chat[i] + direct_mail[i] + direct_social[i] + direct_callback[i]
		}
	}
	{ // hc_total
		y := o[182]
		hc_voice := o[41][:len(y)]
		hc_chat := o[70][:len(y)]
		hc_mail := o[99][:len(y)]
		hc_social := o[128][:len(y)]
		hc_callback := o[157][:len(y)]
		for i := range y {
			y[i] = hc_voice[i] + hc_chat[i] + hc_mail[i] + hc_social[i] + hc_callback[i]
		}
	}
	{ // leads
		y := o[188]
		hc_total := o[182][:len(y)]
		for i := range y {
			y[i] = math.Ceil(hc_total[i] / 14.3)
		}
	}
	{ // qa
		y := o[189]
		hc_total := o[182][:len(y)]
		for i := range y {
			y[i] = math.Ceil(hc_total[i] / 57.7)
		}
	}
	{ // planners
		y := o[190]
		hc_total := o[182][:len(y)]
		for i := range y {
			if hc_total[i] > 400 {
				y[i] = 4 + (hc_total[i]-400)/220
			} else {
				y[i] = loopMax(1, hc_total[i]/130)
			}
		}
	}
	{ // staff_cost
		y := o[191]
		leads := o[188][:len(y)]
		qa := o[189][:len(y)]
		planners := o[190][:len(y)]
		wage_eff := o[16][:len(y)]
		social_rate := d[5][:len(y)]
		for i := range y {
			y[i] = (float64(leads[i]*1.62) + float64(qa[i]*1.37) + float64(planners[i]*1.71)) * wage_eff[i] * (1 + social_rate[i])
		}
	}
	{ // seats
		y := o[192]
		hc_total := o[182][:len(y)]
		prev_seats := p[192][:len(y)]
		for i := range y {
			y[i] = loopMax(prev_seats[i], hc_total[i]*0.87)
		}
	}
	{ // infl
		y := o[19]
		prev_infl := p[19][:len(y)]
		for i := range y {
			y[i] = prev_infl[i] * 1.0019
		}
	}
	{ // site_cost
		y := o[194]
		seats := o[192][:len(y)]
		seat_rent := d[15][:len(y)]
		infl := o[19][:len(y)]
		for i := range y {
			y[i] = seats[i] * seat_rent[i] * infl[i]
		}
	}
	{ // capex
		y := o[193]
		seats := o[192][:len(y)]
		prev_seats := p[192][:len(y)]
		for i := range y {
			y[i] = (seats[i] - prev_seats[i]) * 6400
		}
	}
	{ // hires_total
		y := o[181]
		hires_voice := o[40][:len(y)]
		hires_chat := o[69][:len(y)]
		hires_mail := o[98][:len(y)]
		hires_social := o[127][:len(y)]
		hires_callback := o[156][:len(y)]
		for i := range y {
			y[i] = hires_voice[i] + hires_chat[i] + hires_mail[i] + hires_social[i] + hires_callback[i]
		}
	}
	{ // train
		y := o[195]
		hires_total := o[181][:len(y)]
		train_cost := d[14][:len(y)]
		for i := range y {
			y[i] = hires_total[i] * train_cost[i]
		}
	}
	{ // recruit
		y := o[196]
		hires_total := o[181][:len(y)]
		hire_cost := d[13][:len(y)]
		infl := o[19][:len(y)]
		for i := range y {
			y[i] = hires_total[i] * hire_cost[i] * infl[i]
		}
	}
	{ // it_cost
		y := o[197]
		hc_total := o[182][:len(y)]
		leads := o[188][:len(y)]
		qa := o[189][:len(y)]
		planners := o[190][:len(y)]
		licence := d[17][:len(y)]
		infl := o[19][:len(y)]
		for i := range y {
			y[i] = float64((hc_total[i]+leads[i]+qa[i]+planners[i])*licence[i]*0.35) + float64(45500*infl[i])
		}
	}
	{ // overhead
		y := o[198]
		hc_total := o[182][:len(y)]
		direct_total := o[186][:len(y)]
		staff_cost := o[191][:len(y)]
		site_cost := o[194][:len(y)]
		for i := range y {
			y[i] = loopMin(0.06, 0.04+9000/hc_total[i]/1000) * (direct_total[i] + staff_cost[i] + site_cost[i])
		}
	}
	{ // total_cost
		y := o[0]
		direct_total := o[186][:len(y)]
		staff_cost := o[191][:len(y)]
		site_cost := o[194][:len(y)]
		capex := o[193][:len(y)]
		train := o[195][:len(y)]
		recruit := o[196][:len(y)]
		it_cost := o[197][:len(y)]
		overhead := o[198][:len(y)]
		for i := range y {
			y[i] = direct_total[i] + staff_cost[i] + site_cost[i] + capex[i] + train[i] + recruit[i] + it_cost[i] + overhead[i]
		}
	}
	{ // contacts_total
		y := o[170]
		contacts_voice := o[29][:len(y)]
		contacts_chat := o[58][:len(y)]
		contacts_mail := o[87][:len(y)]
		contacts_social := o[116][:len(y)]
		contacts_callback := o[145][:len(y)]
		for i := range y {
			y[i] = contacts_voice[i] + contacts_chat[i] + contacts_mail[i] + contacts_social[i] + contacts_callback[i]
		}
	}
	{ // cpc
		y := o[1]
		total_cost := o[0][:len(y)]
		contacts_total := o[170][:len(y)]
		for i := range y {
			y[i] = total_cost[i] / loopMax(contacts_total[i], 1)
		}
	}
	{ // cum_cost
		y := o[2]
		total_cost := o[0][:len(y)]
		prev_cum_cost := p[2][:len(y)]
		for i := range y {
			y[i] = prev_cum_cost[i] + total_cost[i]
		}
	}
	{ // cum_contacts
		y := o[3]
		contacts_total := o[170][:len(y)]
		prev_cum_contacts := p[3][:len(y)]
		for i := range y {
			y[i] = prev_cum_contacts[i] + contacts_total[i]
		}
	}
	{ // cpc_ytd
		y := o[4]
		cum_cost := o[2][:len(y)]
		cum_contacts := o[3][:len(y)]
		for i := range y {
			y[i] = cum_cost[i] / loopMax(cum_contacts[i], 1)
		}
	}
	{ // cost_per_cust
		y := o[5]
		total_cost := o[0][:len(y)]
		cust_avg := o[13][:len(y)]
		for i := range y {
			y[i] = total_cost[i] / cust_avg[i]
		}
	}
	{ // gross_total
		y := o[168]
		gross_voice := o[24][:len(y)]
		gross_chat := o[53][:len(y)]
		gross_mail := o[82][:len(y)]
		gross_social := o[111][:len(y)]
		gross_callback := o[140][:len(y)]
		for i := range y {
			y[i] = gross_voice[i] + gross_chat[i] + gross_mail[i] + gross_social[i] + gross_callback[i]
		}
	}
	{ // offered_total
		y := o[169]
		offered_voice := o[27][:len(y)]
		offered_chat := o[56][:len(y)]
		offered_mail := o[85][:len(y)]
		offered_social := o[114][:len(y)]
		offered_callback := o[143][:len(y)]
		for i := range y {
			y[i] = offered_voice[i] + offered_chat[i] + offered_mail[i] + offered_social[i] + offered_callback[i]
		}
	}
	{ // deflected
		y := o[173]
		gross_total := o[168][:len(y)]
		offered_total := o[169][:len(y)]
		for i := range y {
			y[i] = gross_total[i] - offered_total[i]
		}
	}
	{ // saving
		y := o[6]
		deflected := o[173][:len(y)]
		prev_cpc := p[1][:len(y)]
		for i := range y {
			y[i] = deflected[i] * prev_cpc[i] * 0.55
		}
	}
	{ // cum_saving
		y := o[7]
		saving := o[6][:len(y)]
		prev_cum_saving := p[7][:len(y)]
		for i := range y {
			y[i] = prev_cum_saving[i] + saving[i]
		}
	}
	{ // invest
		y := o[8]
		infl := o[19][:len(y)]
		prev_invest := p[8][:len(y)]
		for i := range y {
			y[i] = float64(prev_invest[i]*0.97) + float64(12000*infl[i])
		}
	}
	{ // cum_invest
		y := o[9]
		invest := o[8][:len(y)]
		prev_cum_invest := p[9][:len(y)]
		for i := range y {
			y[i] = prev_cum_invest[i] + invest[i]
		}
	}
	{ // roi
		y := o[10]
		cum_saving := o[7][:len(y)]
		cum_invest := o[9][:len(y)]
		for i := range y {
			y[i] = (cum_saving[i] - cum_invest[i]) / loopMax(cum_invest[i], 1)
		}
	}
	{ // alert
		y := o[11]
		cpc := o[1][:len(y)]
		contacts_total := o[170][:len(y)]
		for i := range y {
			if cpc[i] > 11.4 {
				y[i] = (cpc[i] - 11.4) * contacts_total[i]
			} else {
				y[i] = 0
			}
		}
	}
	{ // cust_new
		y := o[14]
		cust := o[12][:len(y)]
		churn := d[1][:len(y)]
		prev_cust := p[12][:len(y)]
		for i := range y {
			y[i] = cust[i] - float64(prev_cust[i]*(1-churn[i]))
		}
	}
	{ // repeats_voice
		y := o[30]
		contacts_voice := o[29][:len(y)]
		offered_voice := o[27][:len(y)]
		for i := range y {
			y[i] = contacts_voice[i] - offered_voice[i]
		}
	}
	{ // cumdir_voice
		y := o[50]
		direct_voice := o[49][:len(y)]
		prev_cumdir_voice := p[50][:len(y)]
		for i := range y {
			y[i] = prev_cumdir_voice[i] + direct_voice[i]
		}
	}
	{ // cpcch_voice
		y := o[51]
		direct_voice := o[49][:len(y)]
		contacts_voice := o[29][:len(y)]
		for i := range y {
			y[i] = direct_voice[i] / loopMax(contacts_voice[i], 1)
		}
	}
	{ // repeats_chat
		y := o[59]
		contacts_chat := o[58][:len(y)]
		offered_chat := o[56][:len(y)]
		for i := range y {
			y[i] = contacts_chat[i] - offered_chat[i]
		}
	}
	{ // cumdir_chat
		y := o[79]
		direct_chat := o[78][:len(y)]
		prev_cumdir_chat := p[79][:len(y)]
		for i := range y {
			y[i] = prev_cumdir_chat[i] + direct_chat[i]
		}
	}
	{ // cpcch_chat
		y := o[80]
		direct_chat := o[78][:len(y)]
		contacts_chat := o[58][:len(y)]
		for i := range y {
			y[i] = direct_chat[i] / loopMax(contacts_chat[i], 1)
		}
	}
	{ // repeats_mail
		y := o[88]
		contacts_mail := o[87][:len(y)]
		offered_mail := o[85][:len(y)]
		for i := range y {
			y[i] = contacts_mail[i] - offered_mail[i]
		}
	}
	{ // cumdir_mail
		y := o[108]
		direct_mail := o[107][:len(y)]
		prev_cumdir_mail := p[108][:len(y)]
		for i := range y {
			y[i] = prev_cumdir_mail[i] + direct_mail[i]
		}
	}
	{ // cpcch_mail
		y := o[109]
		direct_mail := o[107][:len(y)]
		contacts_mail := o[87][:len(y)]
		for i := range y {
			y[i] = direct_mail[i] / loopMax(contacts_mail[i], 1)
		}
	}
	{ // repeats_social
		y := o[117]
		contacts_social := o[116][:len(y)]
		offered_social := o[114][:len(y)]
		for i := range y {
			y[i] = contacts_social[i] - offered_social[i]
		}
	}
	{ // cumdir_social
		y := o[137]
		direct_social := o[136][:len(y)]
		prev_cumdir_social := p[137][:len(y)]
		for i := range y {
			y[i] = prev_cumdir_social[i] + direct_social[i]
		}
	}
	{ // cpcch_social
		y := o[138]
		direct_social := o[136][:len(y)]
		contacts_social := o[116][:len(y)]
		for i := range y {
			y[i] = direct_social[i] / loopMax(contacts_social[i], 1)
		}
	}
	{ // repeats_callback
		y := o[146]
		contacts_callback := o[145][:len(y)]
		offered_callback := o[143][:len(y)]
		for i := range y {
			y[i] = contacts_callback[i] - offered_callback[i]
		}
	}
	{ // cumdir_callback
		y := o[166]
		direct_callback := o[165][:len(y)]
		prev_cumdir_callback := p[166][:len(y)]
		for i := range y {
			y[i] = prev_cumdir_callback[i] + direct_callback[i]
		}
	}
	{ // cpcch_callback
		y := o[167]
		direct_callback := o[165][:len(y)]
		contacts_callback := o[145][:len(y)]
		for i := range y {
			y[i] = direct_callback[i] / loopMax(contacts_callback[i], 1)
		}
	}
	{ // repeats_total
		y := o[171]
		repeats_voice := o[30][:len(y)]
		repeats_chat := o[59][:len(y)]
		repeats_mail := o[88][:len(y)]
		repeats_social := o[117][:len(y)]
		repeats_callback := o[146][:len(y)]
		for i := range y {
			y[i] = repeats_voice[i] + repeats_chat[i] + repeats_mail[i] + repeats_social[i] + repeats_callback[i]
		}
	}
	{ // repeat_pct
		y := o[172]
		repeats_total := o[171][:len(y)]
		contacts_total := o[170][:len(y)]
		for i := range y {
			y[i] = repeats_total[i] / loopMax(contacts_total[i], 1)
		}
	}
	{ // deflect_pct
		y := o[174]
		deflected := o[173][:len(y)]
		gross_total := o[168][:len(y)]
		for i := range y {
			y[i] = deflected[i] / gross_total[i]
		}
	}
	{ // bpo_total
		y := o[175]
		bpo_voice := o[31][:len(y)]
		bpo_chat := o[60][:len(y)]
		bpo_mail := o[89][:len(y)]
		bpo_social := o[118][:len(y)]
		bpo_callback := o[147][:len(y)]
		for i := range y {
			y[i] = bpo_voice[i] + bpo_chat[i] + bpo_mail[i] + bpo_social[i] + bpo_callback[i]
		}
	}
	{ // inhouse_total
		y := o[176]
		inhouse_voice := o[32][:len(y)]
		inhouse_chat := o[61][:len(y)]
		inhouse_mail := o[90][:len(y)]
		inhouse_social := o[119][:len(y)]
		inhouse_callback := o[148][:len(y)]
		for i := range y {
			y[i] = inhouse_voice[i] + inhouse_chat[i] + inhouse_mail[i] + inhouse_social[i] + inhouse_callback[i]
		}
	}
	{ // workload_total
		y := o[177]
		workload_voice := o[34][:len(y)]
		workload_chat := o[63][:len(y)]
		workload_mail := o[92][:len(y)]
		workload_social := o[121][:len(y)]
		workload_callback := o[150][:len(y)]
		for i := range y {
			y[i] = workload_voice[i] + workload_chat[i] + workload_mail[i] + workload_social[i] + workload_callback[i]
		}
	}
	{ // aht_avg
		y := o[178]
		workload_total := o[177][:len(y)]
		inhouse_total := o[176][:len(y)]
		for i := range y {
			y[i] = workload_total[i] * 3600 / loopMax(inhouse_total[i], 1)
		}
	}
	{ // req_total
		y := o[179]
		req_voice := o[37][:len(y)]
		req_chat := o[66][:len(y)]
		req_mail := o[95][:len(y)]
		req_social := o[124][:len(y)]
		req_callback := o[153][:len(y)]
		for i := range y {
			y[i] = req_voice[i] + req_chat[i] + req_mail[i] + req_social[i] + req_callback[i]
		}
	}
	{ // left_total
		y := o[180]
		left_voice := o[38][:len(y)]
		left_chat := o[67][:len(y)]
		left_mail := o[96][:len(y)]
		left_social := o[125][:len(y)]
		left_callback := o[154][:len(y)]
		for i := range y {
			y[i] = left_voice[i] + left_chat[i] + left_mail[i] + left_social[i] + left_callback[i]
		}
	}
	{ // fill_pct
		y := o[183]
		hc_total := o[182][:len(y)]
		req_total := o[179][:len(y)]
		for i := range y {
			y[i] = hc_total[i] / loopMax(req_total[i], 1)
		}
	}
	{ // labor_total
		y := o[184]
		labor_voice := o[47][:len(y)]
		labor_chat := o[76][:len(y)]
		labor_mail := o[105][:len(y)]
		labor_social := o[134][:len(y)]
		labor_callback := o[163][:len(y)]
		for i := range y {
			y[i] = labor_voice[i] + labor_chat[i] + labor_mail[i] + labor_social[i] + labor_callback[i]
		}
	}
	{ // tel_total
		y := o[185]
		tel_voice := o[48][:len(y)]
		tel_chat := o[77][:len(y)]
		tel_mail := o[106][:len(y)]
		tel_social := o[135][:len(y)]
		tel_callback := o[164][:len(y)]
		for i := range y {
			y[i] = tel_voice[i] + tel_chat[i] + tel_mail[i] + tel_social[i] + tel_callback[i]
		}
	}
	{ // labor_share
		y := o[187]
		labor_total := o[184][:len(y)]
		direct_total := o[186][:len(y)]
		for i := range y {
			y[i] = labor_total[i] / direct_total[i]
		}
	}
	{ // turnover
		y := o[199]
		left_total := o[180][:len(y)]
		hc_total := o[182][:len(y)]
		for i := range y {
			y[i] = left_total[i] / loopMax(hc_total[i], 1) * 12
		}
	}
}
