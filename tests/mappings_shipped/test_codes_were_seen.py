"""No shipped code from memory: those of IPUMS-International and the ACS stand in the code lists."""

from __future__ import annotations

from itertools import chain

from harmonize.mapping import load_mapping
from harmonize.mapping.located import Block, Items, Text
from tests.mappings_shipped.places_of import code_list

# Seen elsewhere: GQ in label files; MGCAUSE is the older name of MIGCAUSE.
NOT_IN_THE_LIST = {"GQ", "MGCAUSE"}
BLANKS = {"b", "bb", "bbbb"}


def written(body: Block) -> list[str]:
    """Codes as the rule writes them, ranges by both ends."""
    blocks = [body.get(Text(part)) for part in ("codes", "missing")]
    values = chain.from_iterable(block.values() for block in blocks if isinstance(block, Block))
    items = chain.from_iterable(value if isinstance(value, Items) else [value] for value in values)
    return [end for item in items for end in str(item).split("..")]


def unseen(id: str, source: str, key: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, rule in load_mapping(id).variables.items():
        for column in set(rule.columns) - NOT_IN_THE_LIST:
            seen = {code.lstrip("0") or "0" for code in code_list(source, column, key) if code not in BLANKS}
            strange = {code for code in written(rule.body) if code != "blank" and (code.lstrip("0") or "0") not in seen}
            if strange:
                found[name] = strange
    return found


def test_every_code_of_ipums_international_was_seen() -> None:
    assert unseen("ipums/international", "ipumsi_integrated_codes", "code") == {}


def test_every_code_of_the_american_community_survey_was_seen() -> None:
    assert unseen("usa/acs-pums-2024", "acs_pums_codes", "from") == {}


def test_no_code_of_ipums_international_is_forgotten() -> None:
    mapping = load_mapping("ipums/international")
    forgotten: dict[str, set[str]] = {}
    for name, rule in mapping.variables.items():
        if rule.kind != "codes" or "lookup" in rule.body or set(rule.columns) & NOT_IN_THE_LIST:
            continue
        (column,) = rule.columns
        given: set[int] = set()
        for value in rule.body[Text("codes")].values():  # type: ignore[union-attr]
            for item in value if isinstance(value, Items) else [value]:
                low, _, high = str(item).partition("..")
                given |= set(range(int(low), int(high or low) + 1))
        left = {code for code in code_list("ipumsi_integrated_codes", column) if int(code) not in given}
        if left:
            forgotten[name] = left
    assert forgotten == {}
