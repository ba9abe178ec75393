"""SDG 9.2.2: employment in manufacturing, of all employment."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category, employed

MANUFACTURING = Series(
    indicator="9.2.2",
    name="manufacturing",
    title="Employed in manufacturing, of the employed aged 15 and over",
    base=(aged(15),),
    needs=(
        Need("labour_force_status", not_applicable="narrow"),
        Need("industry", when=employed()),
    ),
    denominator=employed(),
    numerator=category("employed in manufacturing", "industry", "isic_c"),
    sdmx_series=(("icls13", "SL_TLF_MANF"), ("icls19", "SL_TLF_MANF_19ICLS")),
)

INDICATOR = Indicator(
    number="9.2.2",
    title="Manufacturing employment as a proportion of total employment",
    custodian="UNIDO",
    series=(MANUFACTURING,),
    census="Exact: ISIC section C, of the main job.",
    caveats=("Members of the armed forces are employed; those without an industry are left out.",),
    sources=("S7", "S8"),
)
