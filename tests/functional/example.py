"""The example that the functional tests run: a made census and the mapping it follows."""

from __future__ import annotations

from pathlib import Path

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"
MAPPING = "ipums/international"
