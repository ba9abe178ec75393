"""Invented households and persons as whole columns: no loop over rows, the same for the same seed.

Every rate here is made up. Migrants differ from natives on purpose, so that a table has something to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

HOUSEHOLDS_A_CHUNK = 100_000
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class MadeSample:
    """One invented census sample and the rates that shape it."""

    country: int
    year: int
    sample: int
    own_birthplace: int
    origins: tuple[int, ...]
    origin_shares: tuple[float, ...]
    foreign_urban: float
    foreign_rural: float
    urban: float
    mean_weight: float


SAMPLES = (
    MadeSample(
        716, 2012, 716201201, 11190,
        (11080, 11100, 11180, 14040, 11999, 42120, 41080, 90000),
        (0.28, 0.3, 0.18, 0.12, 0.04, 0.05, 0.01, 0.02),
        0.24, 0.15, 0.36, 20.0,
    ),
    MadeSample(
        188, 2011, 188201101, 22020,
        (22070, 23050, 24040, 22030, 22080, 43140, 41080, 90000),
        (0.7, 0.1, 0.08, 0.04, 0.05, 0.01, 0.01, 0.01),
        0.28, 0.2, 0.7, 10.0,
    ),
)  # fmt: skip


def made_chunks(persons: int, seed: int) -> Iterator[Columns]:
    """Chunks of whole households, sample after sample, until each sample has its share of `persons`.

    Each chunk depends on the seed, the sample and its own number alone. Columns are int64, named as in
    ipums_layout.py; weights are in hundredths.
    """
    for i, sample in enumerate(SAMPLES):
        wanted = persons // len(SAMPLES) + (persons % len(SAMPLES) if i == 0 else 0)
        made = chunk = 0
        while made < wanted:
            rng = np.random.default_rng([seed, sample.sample, chunk])
            columns = _chunk(sample, rng, chunk * HOUSEHOLDS_A_CHUNK, wanted - made)
            made += len(columns["AGE"])
            chunk += 1
            yield columns


def _pick(rng: np.random.Generator, values: tuple[int, ...], shares: tuple[float, ...], n: int) -> np.ndarray:
    return np.asarray(values)[np.searchsorted(np.cumsum(shares)[:-1], rng.random(n), side="right")]


def _chunk(sample: MadeSample, rng: np.random.Generator, first: int, wanted: int) -> Columns:
    """One chunk: households first, then their persons; cut after the household that reaches `wanted`."""
    n = min(HOUSEHOLDS_A_CHUNK, wanted)
    size = _pick(rng, tuple(range(1, 9)), (0.14, 0.19, 0.2, 0.19, 0.13, 0.08, 0.04, 0.03), n)
    keep = int(np.searchsorted(np.cumsum(size), wanted)) + 1
    size = size[:keep]
    household = _households(sample, rng, first, size)
    home = np.repeat(np.arange(len(size)), size)
    number = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    person = _persons(sample, rng, household, home, number)
    names = [name for name in household if not name.startswith("_")]
    return {**{name: household[name][home] for name in names}, **person}


def _households(sample: MadeSample, rng: np.random.Generator, first: int, size: np.ndarray) -> Columns:
    n = len(size)
    urban = rng.random(n) < sample.urban
    region = rng.integers(1, 5, n)
    foreign = rng.random(n) < np.where(urban, sample.foreign_urban, sample.foreign_rural)
    collective = (rng.random(n) < 0.01) & (size > 3)

    def served(in_town: float, outside: float) -> np.ndarray:
        return rng.random(n) < np.where(urban, in_town, outside) - 0.06 * foreign

    electric, piped, inside = (
        served(0.94, 0.55),
        served(0.9, 0.45),
        rng.random(n) < np.where(urban, 0.75, 0.3),
    )
    sewer, flush, clean = served(0.85, 0.35), rng.random(n) < np.where(urban, 0.8, 0.25), served(0.8, 0.3)
    weight = rng.integers(80, 121, n) * int(sample.mean_weight) + region * 7
    columns = {
        "COUNTRY": np.full(n, sample.country),
        "YEAR": np.full(n, sample.year),
        "SAMPLE": np.full(n, sample.sample),
        "SERIAL": (np.arange(n) + first + 1) * 1000,
        "HHWT": weight,
        "STRATA": sample.country * 1000 + region * 10 + urban,
        "URBAN": np.where(urban, 2, 1),
        "GQ": np.where(collective, np.where(rng.random(n) < 0.5, 21, 22), 10),
        "ELECTRIC": np.where(electric, 1, 2),
        "WATSUP": np.where(piped, np.where(inside, 11, 14), 20),
        "SEWAGE": np.where(sewer, np.where(urban, 11, 12), 20),
        "TOILET": np.where(flush, 21, np.where(rng.random(n) < 0.85, 22, 10)),
        "FUELCOOK": np.where(clean, np.where(electric, 20, 34), np.where(urban, 42, 51)),
        "INTERNET": np.where(electric & (rng.random(n) < np.where(urban, 0.4, 0.12)), 2, 1),
        "_foreign": foreign,
        "_couple": (rng.random(n) < 0.72) & (size > 1) & ~collective,
        "_origin": _pick(rng, sample.origins, sample.origin_shares, n),
        "_head_age": np.minimum(18 + (rng.beta(1.7, 3.0, n) * 75).astype(np.int64), 99),
        "_size": size,
    }
    unknown = rng.random((n, 4)) < 0.01
    for i, name in enumerate(("ELECTRIC", "WATSUP", "SEWAGE", "FUELCOOK")):
        columns[name] = np.where(unknown[:, i], 9 if name == "ELECTRIC" else 99, columns[name])
    for name in ("ELECTRIC", "WATSUP", "SEWAGE", "TOILET", "FUELCOOK", "INTERNET"):
        columns[name] = np.where(collective, 0, columns[name])
    return columns


def _persons(
    sample: MadeSample, rng: np.random.Generator, household: Columns, home: np.ndarray, number: np.ndarray
) -> Columns:
    n = len(home)
    couple, private = household["_couple"][home], household["GQ"][home] == 10
    head = (number == 0) & private
    spouse = (number == 1) & couple
    other = (number == household["_size"][home] - 1) & (rng.random(n) < 0.12) & ~head & ~spouse
    child = private & ~head & ~spouse & ~other
    head_age = household["_head_age"][home]
    child_age = (rng.random(n) * np.clip(head_age - 16, 1, 40)).astype(np.int64)
    age = np.where(
        head,
        head_age,
        np.where(
            spouse,
            np.clip(head_age + rng.integers(-9, 6, n), 16, 99),
            np.where(child, child_age, rng.integers(15, 90, n)),
        ),
    )
    sex = rng.integers(1, 3, n)
    head_sex = np.repeat(np.where(rng.random(len(household["YEAR"])) < 0.68, 1, 2), household["_size"])
    sex = np.where(head, head_sex, np.where(spouse, 3 - head_sex, sex))
    both = {"AGE": age, "SEX": sex}
    family = _family(rng, head, spouse, child, couple, head_sex, both)
    migration = _migration(sample, rng, household, home, head, spouse, child, both)
    columns = {
        "PERNUM": number + 1,
        "PERWT": household["HHWT"][home] + rng.integers(0, 3, n) * 10,
        **family,
        **both,
        **migration,
        **_school_and_work(rng, both, migration["NATIVITY"] == 2),
    }
    columns["AGE"] = np.where(rng.random(n) < 0.003, 999, age)
    return columns


def _family(
    rng: np.random.Generator, head: np.ndarray, spouse: np.ndarray, child: np.ndarray, couple: np.ndarray,
    head_sex: np.ndarray, both: Columns,
) -> Columns:  # fmt: skip
    """Pointers to the mother and father, and marital status."""
    n, age = len(head), both["AGE"]
    mother = np.where(child, np.where(head_sex == 2, 1, np.where(couple, 2, 0)), 0)
    father = np.where(child, np.where(head_sex == 1, 1, np.where(couple, 2, 0)), 0)
    draw = rng.random(n)
    single = np.where(age < 22, 0.95, np.where(age < 30, 0.5, 0.15))
    alone = np.where(draw < single, 1, np.where(draw < single + (1 - single) * 0.5, 3, 4))
    married = spouse | (head & couple)
    return {
        "MOMLOC": mother,
        "POPLOC": father,
        "MARST": np.where(age < 12, 0, np.where(married, 2, np.where(draw > 0.995, 9, alone))),
    }


def _migration(
    sample: MadeSample, rng: np.random.Generator, household: Columns, home: np.ndarray, head: np.ndarray,
    spouse: np.ndarray, child: np.ndarray, both: Columns,
) -> Columns:  # fmt: skip
    n, age = len(home), both["AGE"]
    of_migrants = household["_foreign"][home]
    share = np.where(
        spouse, np.where(of_migrants, 0.65, 0.02), np.where(child, np.where(of_migrants, 0.45, 0.01), 0.08)
    )
    foreign = np.where(head, of_migrants, rng.random(n) < share)
    stayed = np.minimum((rng.exponential(9.0, n)).astype(np.int64), age)
    origin = np.where(
        rng.random(n) < 0.85, household["_origin"][home], _pick(rng, sample.origins, sample.origin_shares, n)
    )
    unknown = rng.random(n) < 0.008
    years_unknown = rng.random(n) < 0.03
    citizen = _pick(rng, (3, 4, 5, 8), (0.22, 0.75, 0.015, 0.015), n)
    moved = _pick(rng, (11, 12, 20, 30, 99), (0.72, 0.14, 0.11, 0.015, 0.015), n)
    reason = _pick(
        rng,
        (10, 11, 20, 22, 30, 51, 58, 60, 63, 99),
        (0.2, 0.22, 0.2, 0.12, 0.08, 0.03, 0.03, 0.07, 0.02, 0.03),
        n,
    )
    came_late = foreign & (stayed < 5)
    return {
        "NATIVITY": np.where(unknown, 9, np.where(foreign, 2, 1)),
        "BPLCOUNTRY": np.where(unknown, 99999, np.where(foreign, origin, sample.own_birthplace)),
        "CITIZEN": np.where(unknown, 8, np.where(foreign, citizen, 2)),
        "YRIMM": np.where(foreign & ~unknown, np.where(years_unknown, 9999, sample.year - stayed), 0),
        "YRSIMM": np.where(foreign & ~unknown, np.where(years_unknown, 98, np.minimum(stayed, 97)), 99),
        "MIGRATE5": np.where(age < 5, 0, np.where(came_late, 30, np.where(foreign & (moved == 30), 20, moved))),
        "MIGCAUSE": np.where(foreign | (rng.random(n) < 0.2), reason, 0),
    }


def _school_and_work(rng: np.random.Generator, both: Columns, foreign: np.ndarray) -> Columns:
    age, woman = both["AGE"], both["SEX"] == 2
    n = len(age)
    in_school = np.select(
        [age < 6, age < 13, age < 18, age < 25], [0.4, 0.95, 0.75 - 0.12 * foreign, 0.3 - 0.1 * foreign], 0.02
    )
    attends = rng.random(n) < in_school
    never = rng.random(n) < np.where(age < 6, 0.95, 0.03 + 0.03 * foreign)
    literate = rng.random(n) < np.select([age < 15, age < 45], [0.95, 0.96 - 0.04 * foreign], 0.85 - 0.05 * foreign)
    working = np.select([age < 15, age < 25, age < 60], [0.04, 0.4 + 0.08 * foreign, 0.72], 0.3) - 0.14 * woman
    works = rng.random(n) < np.where(attends, 0.12, working)
    seeks = rng.random(n) < np.where(attends, 0.02, np.where(age < 25, 0.22, 0.09))
    blank = rng.random((n, 3)) < 0.006
    return {
        "SCHOOL": np.where(age < 3, 0, np.where(blank[:, 0], 9, np.where(attends, 1, np.where(never, 4, 3)))),
        "LIT": np.where(age < 10, 0, np.where(blank[:, 1], 9, np.where(literate, 2, 1))),
        "EMPSTAT": np.where(age < 12, 0, np.where(blank[:, 2], 9, np.where(works, 1, np.where(seeks, 2, 3)))),
    }
