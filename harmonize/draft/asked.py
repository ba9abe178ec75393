"""What the label of a column asks, in words that hold for every census: `in 2019` is `5 years ago`."""

from __future__ import annotations

import re

from harmonize.draft.places import place_of
from harmonize.plain_text import plain

YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
BACK = (1, 5)
"""Years before the census that the schema asks about."""
BORN = re.compile(
    r"\b(born in|nacio en|nacid[oa]s? en|nasceu n[oa]|nascid[oa]s? n[oa]|nee? (?:en|au|aux)) (\w+(?: \w+){0,5})$"
)
HERE = "this country"


def asked(label: str, home: str | None, year: int | None) -> str:
    """The label; a year 1 or 5 before the census with how long ago that is, a birth in `home` as one in this country.

    home: the country of enumeration, alpha-3. year: of the census. None: not known.
    """
    told = YEAR.sub(lambda found: f"{found[0]}{_ago(int(found[0]), year)}", label)
    born = BORN.search(plain(label))
    place = place_of(born[2]) if born and home else None
    return f"{born[1]} {HERE}" if born and place and place[0] == home else told


def _ago(then: int, year: int | None) -> str:
    back = 0 if year is None else year - then
    return f" {back} year{'s' * (back > 1)} ago" if back in BACK else ""
