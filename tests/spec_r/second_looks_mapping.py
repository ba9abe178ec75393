"""The mapping of inputs/second_looks.csv, one sample; what it may have more."""

MAPPING = """\
mapping: second_looks
version: 1.0.0
title: A made survey
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 2, stratum: ST, cluster: CL}
keys: {household: HH, person: P}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}, missing: {unknown: 999}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}, concept: birthplace}
  living_quarters: {from: LQ, codes: {private_household: 1, institution: 2}}
  household_size: {from: SIZE, number: {}}
  household_income:
    from: INC
    number: {}
    missing: {unknown: 9999999, not_applicable: blank}
    period: month
    currency: MXN
  labour_force_status:
    from: LF
    codes: {employed: 1, unemployed: 2, outside_labour_force: 3, not_applicable: blank}
  status_in_employment: {from: STATUS, codes: {employee: 1, own_account: 2, not_applicable: blank}}
  earnings: {from: EARN, number: {}, missing: {unknown: 999999, not_applicable: blank}, period: month, currency: MXN}
  hours_worked_week: {from: HRS, number: {}, missing: {unknown: 999, not_applicable: blank}, hours: usual}
  school_attendance: {from: ATT, codes: {attending: 1, not_attending: 2, unknown: 9, not_applicable: blank}}
  electricity: {from: ELEC, codes: {"no": 1, "yes": 2, unknown: blank}}
"""

BIRTHS = """\
  births_12_months: {from: BIRTHS, number: {}, missing: {unknown: 9, not_applicable: blank}}
"""
ARRIVAL = """\
  years_since_arrival: {from: SINCE, number: {}, missing: {unknown: 99, not_applicable: blank}}
"""
