"""Draw the small made samples that survey (R), the reference and the engine are all given.

Nobody's data: drawn with a fixed seed. Run `python tests/spec_r/make_inputs.py` and then
`Rscript tests/spec_r/make_goldens.R` after any change; both outputs are checked in.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = (
    "stratum", "cluster", "household", "weight", "status", "sex", "region", "age", "labour", "attendance",
)  # fmt: skip


def household(draw: random.Random, stratum: str, cluster: str, name: str, decimals: int) -> list[dict[str, str]]:
    """Persons of one household: migrants and natives mixed, so that their estimates are correlated."""
    mixed = draw.random() < 0.4
    hard_times = draw.gauss(0, 1)
    household_weight = 20 + 180 * draw.random()
    persons = []
    for _ in range(draw.choice((1, 2, 2, 3, 3, 4, 5))):
        age = draw.choice((4, 11, *range(15, 25), *range(15, 25), *range(25, 80, 4)))
        status = draw.choice(("migrant", "non_migrant")) if mixed else "non_migrant"
        if draw.random() < 0.04:
            status = "unknown"
        seeks = 0.25 + 0.12 * hard_times + (0.12 if status == "migrant" else 0)
        labour = draw.choices(("employed", "unemployed", "outside", ""), (0.55, max(seeks, 0.02), 0.25, 0.07))[0]
        attendance = draw.choices(("yes", "no", ""), (0.35 if age < 25 else 0.04, 0.6, 0.06))[0]
        weight = household_weight * (0.8 + 0.4 * draw.random())
        persons.append(
            {
                "stratum": stratum,
                "cluster": cluster,
                "household": name,
                "weight": f"{weight:.{decimals}f}",
                "status": status,
                "sex": draw.choice(("female", "male")),
                "region": draw.choice(("north", "south", "south")),
                "age": str(age),
                "labour": labour if age >= 15 else "",
                "attendance": attendance,
            }
        )
    return persons


def sample(seed: int, clusters: list[int], households: tuple[int, int], decimals: int) -> list[dict[str, str]]:
    """One sample: `clusters[h]` clusters in stratum h. Cluster labels are used again in other strata."""
    draw = random.Random(seed)
    persons = []
    for h, number in enumerate(clusters, start=1):
        for c in range(1, number + 1):
            for k in range(1, draw.randint(*households) + 1):
                persons += household(draw, f"S{h}", f"C{c}", f"S{h}C{c}H{k}", decimals)
    # A cell in which nobody, and one in which everybody, is unemployed: se 0 in survey.
    for person in persons:
        if person["region"] == "north" and person["labour"] == "unemployed" and person["sex"] == "female":
            person["labour"] = "employed"
    south = [p for p in persons if p["status"] == "migrant" and int(p["age"]) > 60]
    for person in south:
        person["region"], person["labour"], person["sex"] = "island", "unemployed", "male"
    return persons


def write(name: str, persons: list[dict[str, str]]) -> None:
    with (HERE / "inputs" / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(persons)


def main() -> None:
    write("clustered", sample(11, [7, 4, 5, 6, 2], (3, 6), 2))
    unclustered = sample(12, [60, 40, 30], (1, 1), 4)
    for row, person in enumerate(unclustered, start=1):  # every person a cluster of their own
        person["cluster"] = person["household"] = f"P{row}"
    write("unclustered", unclustered)
    write("singletons", sample(13, [4, 1, 3, 1, 2, 5], (2, 5), 3))


if __name__ == "__main__":
    main()
