"""docs/indicators.md: what every indicator is, in words, made from the indicators themselves.

`python -m harmonize.indicators.pages > docs/indicators.md` or `make docs` writes it; a test says if it is old.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator

from harmonize.indicators import INDICATORS
from harmonize.indicators.model import Indicator
from harmonize.indicators.series_pages import series_lines
from harmonize.indicators.sources import SOURCES

STANDING = {
    "named": "named: a source says that it is one of them",
    "likely": "likely: inferred from the themes and goals of the list",
    "candidate": "candidate: about even odds",
    "extra": "extra: not among them by this reading, carried beside them",
}

TOP = """\
<!-- Made from harmonize/indicators by `make docs`: change it there. -->
# The indicators

What `harmonize` measures, of whom, from which answers, and with what reservations. Migrants are compared with
non-migrants in every series. `harmonize indicators --mapping MAPPING` says which of these an extract can have;
`methods.csv` of a run says what was measured in each sample.

## How to read a section

- An **indicator** has one or more **series**, each one number; names in `this type` are those of the columns
  `indicator` and `series` of the tables, and of the variables of the common schema (`harmonize schema NAME`).
- **Of whom**: the persons the series is about. Residents of all kinds, unless it says private households.
  **Denominator** and **numerator** are weighted.
- **Answers it takes**: a person counts only if all that is needed *of this person* is known; who is not known
  is left out, and the share left out stands in every row. A question that was not put to a person is not needed.
- **If it was not put to a person** of whom it is needed: a known answer (no, or none); or the person is not in the
  series, which is then a proxy; or it is as good as unknown.
- **Exact**: by the official definition. **Proxy**: something near it, always with its reason. **Unavailable**: with
  what is lacking. A question asked only from, say, 16 years makes a series of 15–24 one of 16–24, a proxy.
- SDMX codes are those of the global SDG list, of a series that is or can be exact.
- Sources as S8 are [listed at the end](#sources); "notes" are working notes of this project, not published.
"""

THE_24 = """\
## The 24, and how sure it is

An expert group (UN Statistics Division, New York, June 2017) chose 24 indicators to be disaggregated by migratory
status first. The exact text of its list could not be had for this table, which is inferred from other sources: a
report that refers to it ([S1](#sources)), a guide that covers the same goals ([S6](#sources)) and a pilot study
([S7](#sources)). Expect some of the candidates, and perhaps two or three of the likely ones, to be wrong. Who has
the list runs it with `--indicator-list FILE`, a number a line.
"""


def page() -> str:
    """The whole page, Markdown, ending in a line break."""
    among = [each for each in INDICATORS.values() if each.membership != "extra"]
    extras = [each for each in INDICATORS.values() if each.membership == "extra"]
    lines = [TOP, THE_24, *_list(among), "", "Beside them:", "", *_list(extras)]
    for indicator in INDICATORS.values():
        lines += ["", *_section(indicator)]
    lines += ["", "## Sources", "", *(f"- {name}: {words}" for name, words in SOURCES.items())]
    return "\n".join(lines) + "\n"


def _list(indicators: list[Indicator]) -> Iterator[str]:
    yield "| indicator | title | how sure | why |"
    yield "|---|---|---|---|"
    for each in indicators:
        yield f"| [{each.number}](#{_anchor(each)}) | {each.title} | {each.membership} | {_cited(each.evidence)} |"


def _anchor(indicator: Indicator) -> str:
    return f"sdg-{indicator.number.replace('.', '-')}"


def _section(indicator: Indicator) -> Iterator[str]:
    yield f'<a id="{_anchor(indicator)}"></a>'
    yield ""
    yield f"## {indicator.number} {indicator.title}"
    yield ""
    yield f"- **Custodian**: {indicator.custodian}"
    yield f"- **One of the 24**: {STANDING[indicator.membership]} ({_cited(indicator.evidence)})"
    yield f"- **From a census**: {_cited(indicator.census)}"
    official = ", ".join(name.replace("_", " ") for name in indicator.official_disaggregations)
    yield f"- **Official disaggregations**: {official or 'none named'}"
    for series in indicator.shown:
        yield ""
        yield from series_lines(series)
    if indicator.caveats:
        yield ""
        yield "**Caveats**"
        yield ""
        yield from (f"- {_cited(each)}" for each in indicator.caveats)
    yield ""
    yield f"**Sources**: {_cited('; '.join(indicator.sources))}"


def _cited(text: str) -> str:
    """With links to the sources, and the project's notes called so."""
    text = re.sub(r"\bindicators\.md\b", "notes on indicators", text)
    text = re.sub(r"\bmethods\.md\b", "notes on methods", text)
    return re.sub(r"\bS\d+\b", lambda found: f"[{found[0]}](#sources)" if found[0] in SOURCES else found[0], text)


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(page())
