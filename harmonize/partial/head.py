"""What a state file says of the part that it is of, beside the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from harmonize import __version__
from harmonize.facts import Facts, Seen, Signature
from harmonize.harmonised.description import Description
from harmonize.harmonised.reading import one_description
from harmonize.ledger import Ledger
from harmonize.plan import Plan
from harmonize.quality.sums import QualitySums
from harmonize.readers.header import Header
from harmonize.run_record import inputs

FORMAT = 7


@dataclass(frozen=True)
class Head:
    """Facts and counts of one part, all of them of kinds that JSON has.

    description: of the harmonised files. columns, decimals: of the extract, see Extract. by, indicators,
    options, allow_unmapped: what was asked for. inputs: name, size and checksum of each file. applied: of each
    file what its description says of the extract that it was made of, with all its rows. weight: the largest sum
    of all rows, see State. ledger: rows, households, the counts of each sample and unmapped code, quality. facts:
    sample -> the variables `asked` and categories `met` in these rows, and those `absent` and `unmet` in the
    tabulation.
    """

    state: int
    version: str
    description: dict[str, Any]
    columns: list[str]
    decimals: dict[str, int]
    by: list[str]
    indicators: list[str]
    options: dict[str, Any]
    allow_unmapped: bool
    inputs: list[dict[str, Any]]
    applied: list[dict[str, Any]]
    weight: float
    ledger: dict[str, Any]
    facts: dict[str, dict[str, list[Any]]]

    @classmethod
    def of(
        cls,
        told: Sequence[Description],
        extract: Header,
        plan: Plan,
        ledger: Ledger,
        facts: Facts,
        weight: float,
        by: Sequence[str],
        indicators: Sequence[str],
        *,
        allow_unmapped: bool,
    ) -> Head:
        """told: of each file. ledger: with the blanks of what was not asked, which other parts may have asked."""
        applied = [{name: each.content[name] for name in ("inputs", "samples", "rows")} for each in told]
        return cls(
            FORMAT, __version__, one_description(told).content, sorted(plan.harmoniser.columns), extract.decimals,
            list(by), sorted(set(indicators)), plan.options.as_json(), allow_unmapped, inputs(extract.files), applied,
            weight, cls.counts(ledger), cls.decided(ledger, facts),
        )  # fmt: skip

    @staticmethod
    def counts(ledger: Ledger) -> dict[str, Any]:
        """A ledger, as `counted` gives it back."""
        return {
            "rows": ledger.rows,
            "households": ledger.households,
            "samples": [[*key, dict(sorted(counts.items()))] for key, counts in sorted(ledger.samples.items())],
            "unmapped": [[*key, persons] for key, persons in sorted(ledger.unmapped.items())],
            "quality": ledger.quality.as_json(),
        }

    @staticmethod
    def decided(ledger: Ledger, facts: Facts) -> dict[str, dict[str, list[Any]]]:
        """Of each sample what its rows told, and what it was tabulated by, as `seen` and `signature` give it back."""
        found: dict[str, dict[str, list[Any]]] = {}
        for sample, _, _ in sorted(ledger.samples):
            asked, met = facts.seen(sample)
            absent, unmet = facts.signature(sample)
            found[sample] = {
                "asked": sorted(asked), "met": sorted(met), "absent": sorted(absent), "unmet": sorted(unmet)
            }  # fmt: skip
        return found

    def as_json(self) -> dict[str, Any]:
        """For json.dumps."""
        return asdict(self)

    def counted(self) -> Ledger:
        """The ledger of the part."""
        found = Ledger(rows=self.ledger["rows"], households=self.ledger["households"])
        for sample, country, year, counts in self.ledger["samples"]:
            found.samples[sample, country, year] = Counter(counts)
        for sample, variable, column, code, persons in self.ledger["unmapped"]:
            found.unmapped[sample, variable, column, code] = persons
        found.quality = QualitySums.of_json(self.ledger["quality"])
        return found

    def seen(self, sample: str) -> Seen:
        """What the rows of the part told of a sample."""
        facts = self.facts[sample]
        return frozenset(facts["asked"]), frozenset(_pair(each) for each in facts["met"])

    def signature(self, sample: str) -> Signature:
        """What the sample was tabulated by."""
        facts = self.facts[sample]
        return frozenset(facts["absent"]), frozenset(_pair(each) for each in facts["unmet"])


def _pair(texts: Sequence[str]) -> tuple[str, str]:
    variable, category = texts
    return variable, category
