"""The sections of a mapping file and their keys: the file-level half of the design of a mapping.

Variables have a file of their own (variables.py): what may stand in them depends on their rule kind.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from harmonize.mapping.fields import (
    Field,
    Fields,
    WrongValue,
    block,
    choice,
    column,
    columns,
    date,
    fact,
    flag,
    number,
    numbers,
    pointer,
    text,
    texts,
)
from harmonize.mapping.located import Items, Located, Text
from harmonize.mapping.model import Fpc, Replicates


def _encoding(words: str) -> Field:
    """The name of an encoding that is known here."""
    plain = text(words)

    def read(value: Located) -> str:
        given = str(plain.read(value))
        try:
            codecs.lookup(given)
        except LookupError:
            help = "e.g. utf-8, iso-8859-1, windows-1252 or cp850"
            raise WrongValue(value, f"'{given}' is no encoding that is known here", help) from None
        return given

    return Field(read, plain.schema, words)


SOURCE: Fields = {
    "producer": text("who made the data", required=True),
    "citation": text("how the data are cited"),
    "documentation": text("where the questionnaire and the code lists are"),
    "checked_on": date("the day a person last compared this file with the documentation"),
    "release": text("the release, where the producer recodes between releases"),
    "licence": text("the terms of the data"),
    "note": text("what else a reader should know"),
}

READ: Fields = {
    "encoding": _encoding("the encoding of the text, e.g. iso-8859-1"),
    "separator": text("the character between cells"),
    "decimal": choice("the decimal mark", ".", ","),
    "blank": texts("cells that mean a missing cell", empty_allowed=True),
}

_COUNTRY = text("an ISO 3166-1 alpha-3 code in capitals", pattern="[A-Z]{3}", help="e.g. MEX")

SAMPLE: Fields = {
    "id": fact(text("the name of the sample"), "the name of the sample; COUNTRY_YEAR when left out"),
    "country": fact(_COUNTRY, "the country of enumeration", required=True),
    "year": fact(number("census year", 1700, 2200, whole=True), "the census year", required=True),
    "reference_date": date("the day the census is about"),
    "population_base": choice("who is counted", "de_jure", "de_facto"),
    "kind": choice("what the data are", "census", "microcensus", "survey", "register"),
    "territories": texts("places beside the country that count as domestic, e.g. PRI"),
}


def _condition(value: Located) -> Text:
    if not isinstance(value, Text) or not value.strip():
        raise WrongValue(value, "must be a condition", 'e.g. if: "RESIDENT IN (1, 2)"')
    return value


INCLUDE: Fields = {
    "if": Field(_condition, {"type": "string"}, "the condition of those tabulated", required=True),
    "reason": text("why the others are left out", required=True),
}


def expand_columns(value: Located) -> tuple[str, ...]:
    """Column names, each possibly a run such as `PWGTP1..PWGTP80`, written out in order."""
    found: list[str] = []
    for item in value if isinstance(value, Items) else [value]:
        if not isinstance(item, Text) or not item.strip():
            raise WrongValue(item, "must be column names", "e.g. PWGTP1..PWGTP80")
        if ".." not in item:
            found.append(str(item))
            continue
        run = re.fullmatch(r"(.*?)(\d+)\.\.(.*?)(\d+)", item, re.ASCII)
        if not run or run[1] != run[3] or int(run[2]) >= int(run[4]):
            raise WrongValue(item, f"'{item}' is not a run of columns", "e.g. PWGTP1..PWGTP80")
        if int(run[4]) - int(run[2]) > 10_000:
            raise WrongValue(item, f"'{item}' is more than 10,000 columns")
        width = len(run[2]) if run[2].startswith("0") else 0
        found += [f"{run[1]}{n:0{width}d}" for n in range(int(run[2]), int(run[4]) + 1)]
    return tuple(found)


_REPLICATES: Fields = {
    "columns": Field(
        expand_columns,
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "the columns, a list or a run such as PWGTP1..PWGTP80",
        required=True,
    ),
    "method": choice("how they were made", "sdr", "jk1", "jkn", "brr", "fay", "bootstrap", required=True),
    "scale": number("the factor of the sum of squares, where it is not that of the method", 0, 1e9),
    "rscales": numbers("the factor of each replicate"),
    "rho": number("by how much weights were perturbed, with method: fay", 0, 0.999999),
}


def _replicates(found: dict[str, Any]) -> Replicates:
    return Replicates(found["columns"], found["method"], found.get("scale"), found.get("rscales", ()), found.get("rho"))


_FPC: Fields = {
    "fraction": number("the fraction sampled", 0, 1),
    "column": column("the column with the fraction, or the stratum's size"),
}

DESIGN: Fields = {
    "person_weight": column("the column of the persons' weights"),
    "stratum": columns("the column or columns of the strata"),
    "cluster": columns("the column or columns of the ultimate clusters, nested in the strata"),
    "optional": Field(
        expand_columns,
        texts("").schema,
        "columns of strata and clusters, and all replicate weights, that an extract may lack; a run says so",
    ),
    "weight_kind": choice("what the weights add up to", "expansion", "normalised", "none"),
    "weight_factor": number("how many persons a weight of 1 stands for", 1e-12, 1e12),
    "weight_decimals": number("decimals of the weights", 0, 12, whole=True),
    "fpc": block("finite population correction", _FPC, lambda found: Fpc(**found)),
    "full_count": flag("every person was counted: no sampling error"),
    "size": column("the column of persons in a row, with unit: dwelling"),
    "replicate_weights": block("replicate weights", _REPLICATES, _replicates),
}

KEYS: Fields = {
    "household": columns("the column or columns that name a household"),
    "person": column("the column that numbers the persons of a household"),
    "mother": pointer("the column with the mother's person number"),
    "father": pointer("the column with the father's person number"),
}

SECTIONS: dict[str, Fields] = {
    "source": SOURCE,
    "read": READ,
    "sample": SAMPLE,
    "include": INCLUDE,
    "design": DESIGN,
    "keys": KEYS,
}
"""Sections that are blocks, in the order of the file."""

HEAD: Fields = {
    "mapping": text("the id: the path under mappings/, without .yaml", required=True,
                    pattern=r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", help="e.g. mex/2020-census"),
    "version": text("a version such as 1.0.0", required=True, pattern=r"\d+\.\d+\.\d+", help="e.g. 1.0.0"),
    "title": text("what the data are, in words", required=True),
    "extends": text("the id of the mapping this one starts from"),
    "unit": choice("what a row is", "person", "dwelling"),
}  # fmt: skip
"""Keys of the file that are one value each."""
