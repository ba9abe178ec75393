"""The sources that indicators and memberships name by a letter and number, `S8`."""

from __future__ import annotations

_UN_METADATA = "UN metadata of the indicator, worldbank.github.io/sdg-metadata/metadata/en"

SOURCES: dict[str, str] = {
    "S1": "Report of the 16th Coordination Meeting on International Migration, ESA/P/WP/255, 2018, section VII",
    "S6": "Leave No Migrant Behind, International Organization for Migration, 2021 (contents)",
    "S7": "A pilot study on disaggregating SDG indicators by migratory status, IOM, 2018: 125 census samples",
    "S8": "UN Statistics Division, list of goals, targets, indicators and series, release 2022.Q1",
    "S10": f"{_UN_METADATA}/8-8-1",
    "S11": f"{_UN_METADATA}/1-4-1",
    "S12": "UN metadata of the indicator, worldbank.github.io/sdg-metadata/phase-2/metadata/en/3-1-1",
    "S13": "Measuring maternal mortality, Select Topics in International Censuses, US Census Bureau, 2015",
    "S14": "Births attended by skilled health staff, databank.worldbank.org SH.STA.BRTC.ZS; sdg.tracking-progress.org",
    "S15": "UNFPA, template of SDG tables from a census, Zambia",
    "S16": "UNESCO Institute for Statistics, uis.unesco.org/node/3898768",
    "S17": "UNFPA Population Data Portal, server.pdp.unfpa.org hv_i49_gl5",
    "S18": f"{_UN_METADATA}/8-3-1",
    "S19": f"{_UN_METADATA}/8-6-1",
    "S20": "UNFPA Population Data Portal, server.pdp.unfpa.org hv_i8_gl6",
    "S21": f"{_UN_METADATA}/8-7-1",
    "S22": "Our World in Data, indicator 1128301 (child labour)",
    "S23": f"{_UN_METADATA}/10-3-1",
    "S24": "Statistical Office of Serbia, data.stat.gov.rs 11.1.1; World Bank glossary, EN.POP.SLUM.UR.ZS",
    "S25": "Land Portal, landportal.info, indicator 11.1.1",
    "S26": "UN Statistics Division, SDG e-Handbook, indicator 16.9.1",
    "S34": "R package u5mr: data and published results of indirect estimates of child mortality",
    "S35": "United Nations, Manual X: Indirect techniques for demographic estimation, 1983",
}
