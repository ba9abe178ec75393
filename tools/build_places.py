"""Write harmonize/schema/places.csv, and names of countries in French and Spanish, from a taxonomy.

It is inside the PyPI package hdx-python-country:

    pip install --no-deps hdx-python-country
    python tools/build_places.py "<site-packages>/hdx/location/<the taxonomy>.csv" 4.2.5

The taxonomy (MIT licence) carries ISO 3166-1 alpha-3, the M49 code and the M49 region, sub-region and
intermediate region of every country. Historic and merged places are tools/merged_places.csv, kept by
hand after ISO 3166-3 and the birthplace lists of IPUMS International.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "harmonize" / "schema" / "places.csv"
WORDS = HERE.parent / "harmonize" / "words"
LANGUAGES = {"fr": "French", "es": "Spanish"}
NOT_IN_M49 = {
    ("TWN", "fr"): "Taïwan (Province de Chine)",
    ("TWN", "es"): "Taiwán (Provincia de China)",
    ("XKX", "fr"): "Kosovo",
    ("XKX", "es"): "Kosovo",
}
FIELDS = ("code", "name", "numeric", "m49_subregion", "m49_region", "kind", "members")
ISO3 = "ISO 3166-1 Alpha 3-Codes"
# Groups that are not levels of the M49 tree: two that census code lists use, and the world.
EXTRA_AREAS = (
    ("003", "North America", "", "Americas", ("Northern America", "Central America", "Caribbean")),
    ("062", "South-central Asia", "", "Asia", ("Central Asia", "Southern Asia")),
)
# Islands whose intermediate region (Channel Islands) is not a region of the world: one level up.
NOT_A_REGION = "Channel Islands"


def countries(taxonomy: list[dict[str, str]]) -> list[dict[str, str]]:
    """One row per ISO 3166-1 country or territory, and Kosovo under its customary code XKX."""
    rows = []
    for row in taxonomy:
        code = row[ISO3] or ("XKX" if row["x Alpha3 codes"] == "XKX" else "")
        if not code:
            continue
        middle = row["Intermediate Region Name"]
        subregion = middle if middle and middle != NOT_A_REGION else row["Sub-region Name"]
        number = "" if code == "XKX" else row["m49 numerical code"].zfill(3)
        rows.append(
            {
                "code": code,
                "name": row["M49 English"] or row["Preferred Term"],
                "numeric": number,
                "m49_subregion": "Antarctica" if code == "ATA" else subregion,
                "m49_region": "Antarctica" if code == "ATA" else row["Region Name"],
                "kind": "country",
                "members": "",
            }
        )
    return sorted(rows, key=lambda row: row["code"])


def areas(taxonomy: list[dict[str, str]], listed: list[dict[str, str]]) -> list[dict[str, str]]:
    """M49 regions, sub-regions and intermediate regions as `M49:ddd`, with their member countries."""
    members: dict[str, set[str]] = {}
    place: dict[str, tuple[str, str, str]] = {}
    for row in taxonomy:
        code = row[ISO3] or ("XKX" if row["x Alpha3 codes"] == "XKX" else "")
        if not code or not row["Region Code"]:
            continue
        region = row["Region Name"]
        for level in ("Region", "Sub-region", "Intermediate Region"):
            name, number = row[f"{level} Name"], row[f"{level} Code"].zfill(3)
            if not name:
                continue
            members.setdefault(number, set()).add(code)
            subregion = "" if level == "Region" else row["Sub-region Name"] if name == NOT_A_REGION else name
            place[number] = (name, subregion, region)
    for number, name, subregion, region, parts in EXTRA_AREAS:
        place[number] = (name, subregion, region)
        members[number] = {row["code"] for row in listed if row["m49_subregion"] in parts}
    return [
        {
            "code": f"M49:{number}",
            "name": name,
            "numeric": number,
            "m49_subregion": subregion,
            "m49_region": region,
            "kind": "area",
            "members": " ".join(sorted(members[number])),
        }
        for number, (name, subregion, region) in sorted(place.items())
    ]


def merged(listed: list[dict[str, str]]) -> list[dict[str, str]]:
    """Historic and merged places; their region is the one that all members share, else none."""
    by_code = {row["code"]: row for row in listed}
    rows = []
    with (HERE / "merged_places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts = [by_code[code] for code in row["members"].split()]
            shared = {level: {part[level] for part in parts} for level in ("m49_subregion", "m49_region")}
            rows.append(
                {
                    **{field: row.get(field, "") for field in FIELDS},
                    **{level: next(iter(names)) if len(names) == 1 else "" for level, names in shared.items()},
                }
            )
    return rows


def names(taxonomy: list[dict[str, str]], listed: list[dict[str, str]], lang: str) -> list[str]:
    """English name and that of M49 in the language, a line of YAML a country. M49 does not list Taiwan and Kosovo."""
    by_code = {row[ISO3]: row[f"M49 {LANGUAGES[lang]}"] for row in taxonomy if row[ISO3]}
    own = {row["code"]: NOT_IN_M49.get((row["code"], lang)) or by_code[row["code"]] for row in listed}
    pairs = [(row["name"], own[row["code"]].replace("'", "’").strip()) for row in listed]
    return [": ".join(json.dumps(text, ensure_ascii=False) for text in pair) for pair in pairs]


def main(source: Path, version: str) -> None:
    """Read the taxonomy, write places.csv and the names in other languages."""
    with source.open(encoding="utf-8", newline="") as file:
        taxonomy = list(csv.DictReader(file))
    listed = countries(taxonomy)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Countries and M49: Countries & Territories Taxonomy in the PyPI package\n"
            f"# hdx-python-country {version}, MIT licence.\n"
            "# Historic and merged places: tools/merged_places.csv (ISO 3166-3; IPUMS International).\n"
            "# Written by tools/build_places.py; do not edit.\n"
        )
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*listed, *merged(listed), *areas(taxonomy, listed)])
    for lang in LANGUAGES:
        head = (
            "# Names of countries and areas: UN M49 in this language, from the Countries & Territories Taxonomy in the "
            f"PyPI package\n# hdx-python-country {version} (MIT licence). Taiwan: ISO 3166-1 in the translations of "
            "pycountry (iso-codes). Kosovo: ours.\n# Written by tools/build_places.py; do not edit.\n"
        )
        text = head + "\n".join(names(taxonomy, listed, lang)) + "\n"
        (WORDS / lang / "places.yaml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
