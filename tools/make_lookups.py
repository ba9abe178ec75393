"""Write mappings/lookups/*.yaml from code lists: every code with the label its source gives it.

    python tools/make_lookups.py birthplace --codes codes.csv --variable BPLCOUNTRY \
        --name ipums-birthplace --title "..." --source "..." --leave-out 00000,99999
    python tools/make_lookups.py country --codes codes.csv --variable COUNTRY --name ipums-country ...

A code list is a csv with the columns `code` and `label`, and `variable` where it holds several. The only
judgement is in place_targets.csv beside this script: which place a label means. A label that is not in it
stops the script, so a release with a new label cannot slip through.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
TARGETS = HERE / "place_targets.csv"
LOOKUPS = HERE.parent / "mappings" / "lookups"


def read_codes(path: Path, variable: str) -> list[tuple[str, str]]:
    """(code, label) of one variable, in the order of the list; the last label of a repeated code holds."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("variable", variable) == variable]
    if not rows:
        sys.exit(f"{path}: no codes of {variable}")
    return list({row.get("code") or row["from"]: row["label"].strip() for row in rows}.items())


def place_targets() -> dict[str, str]:
    """Label -> target place, as place_targets.csv says."""
    with TARGETS.open(encoding="utf-8", newline="") as file:
        return {row["label"]: row["target"] for row in csv.DictReader(file)}


def birthplaces(codes: Iterable[tuple[str, str]], domestic: frozenset[str]) -> dict[str, list[tuple[str, str]]]:
    """Target -> [(code, label)], in the order in which the list first names each target."""
    known = place_targets()
    found: dict[str, list[tuple[str, str]]] = {}
    unknown = [f"{code} {label}" for code, label in codes if code not in domestic and label not in known]
    if unknown:
        sys.exit("no target in place_targets.csv for:\n  " + "\n  ".join(unknown))
    for code, label in codes:
        found.setdefault("domestic" if code in domestic else known[label], []).append((code, label))
    return found


def countries(codes: Iterable[tuple[str, str]], iso3: dict[int, str]) -> dict[str, list[tuple[str, str]]]:
    """ISO alpha-3 -> [(numeric code, label)] by the numeric codes of ISO 3166-1."""
    return {iso3[int(code)]: [(code, label)] for code, label in codes}


def scalar(text: str) -> str:
    """The text as a YAML scalar of a flow mapping, quoted where it must be."""
    plain = text and not set(text) & set(",:{}[]#&*!|>'\"%@`") and text == text.strip()
    return text if plain else "'" + text.replace("'", "''") + "'"


def render(name: str, title: str, source: str, places: dict[str, list[tuple[str, str]]]) -> str:
    """The lookup file's text."""
    lines = [f"lookup: {name}", f"title: {scalar(title)}", f"source: {scalar(source)}", "kind: number"]
    for target, codes in places.items():
        key = f"'{target}'" if ":" in target or target == "NO" else target
        pairs = ", ".join(f"{code}: {scalar(label)}" for code, label in codes)
        lines.append(f"{key}: {{{pairs}}}")
    return "\n".join(lines) + "\n"


def iso_numeric(path: Path) -> dict[int, str]:
    """Numeric -> alpha-3 from harmonize/schema/places.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = (line for line in file if not line.startswith("#"))
        return {
            int(row["numeric"]): row["code"]
            for row in csv.DictReader(rows)
            if row["kind"] == "country" and row["numeric"]
        }


def main() -> None:
    """Read the options and write one lookup."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("birthplace", "country"))
    parser.add_argument("--codes", type=Path, required=True)
    parser.add_argument("--variable", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--leave-out", default="", help="codes that the mapping itself gives, e.g. not in universe")
    parser.add_argument("--domestic", default="", help="codes of places inside the country, as ranges a..b")
    given = parser.parse_args()
    left_out = set(given.leave_out.split(","))
    codes = [(code, label) for code, label in read_codes(given.codes, given.variable) if code not in left_out]
    if given.kind == "country":
        places = countries(codes, iso_numeric(HERE.parent / "harmonize" / "schema" / "places.csv"))
    else:
        low, _, high = given.domestic.partition("..")
        inside = frozenset(code for code, _ in codes if low and int(low) <= int(code) <= int(high))
        places = birthplaces(codes, inside)
    LOOKUPS.mkdir(parents=True, exist_ok=True)
    (LOOKUPS / f"{given.name}.yaml").write_text(render(given.name, given.title, given.source, places), encoding="utf-8")


if __name__ == "__main__":
    main()
