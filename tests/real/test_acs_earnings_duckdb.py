"""Mean earnings an hour (8.5.1) and the gap of migrants in the ACS files of 2011 and 2024: SQL by hand says the same.

The files are ../shared/real/acs-pums-2011 and acs-pums-2024 (US Census Bureau, public domain; not part of the project).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")

FILES = {
    "acs-pums-2011/dpus.csv.gz": "read_csv($persons, all_varchar = true)",
    "acs-pums-2024/p_50.parquet": "read_parquet($persons)",
    "acs-pums-2024/p_56.parquet": "read_parquet($persons)",
}
# employees (COW 1 to 5) at work or with a job, the armed forces too, with usual hours: wages of 52 weeks by hours
MEAN = """
select case NATIVITY::int when 1 then 'non_migrant' else 'migrant' end as status, count(*) as n,
       sum(PWGTP::bigint) as population,
       sum(PWGTP::bigint * WAGP::double / 52 / WKHP::double) / sum(PWGTP::bigint) as mean
from {persons}
where AGEP::int >= 16 and ESR::int in (1, 2, 4, 5) and COW::int between 1 and 5 and WKHP::int > 0 and WAGP is not null
group by 1
"""


@pytest.mark.parametrize("name", FILES)
def test_means_and_the_gap_are_those_of_sql_by_hand(name: str, tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        sql = MEAN.format(persons=FILES[name])
        found = connection.execute(sql, {"persons": str(REAL / name)}).fetchall()
    assert {row[0] for row in found} == {"migrant", "non_migrant"}
    table = pipeline.run("usa/acs-pums", [REAL / name], tmp_path / "out").estimates
    of_it = table.filter(pl.col("series") == "mean_hourly", pl.col("disaggregation") == "migratory_status")
    means = {}
    for status, n, population, mean in found:
        row = of_it.filter(pl.col("statistic") == "level", pl.col("migratory_status") == status).row(0, named=True)
        assert (row["n"], row["population"]) == (n, population)
        assert row["estimate"] == pytest.approx(mean, rel=1e-6)  # four decimals are kept
        assert row["measurement"] == "proxy"
        assert "weeks_assumed" in row["proxy_reason"]
        means[status] = mean
    gap = of_it.filter(pl.col("statistic") == "gap").row(0, named=True)
    assert gap["estimate"] == pytest.approx(100 * (1 - means["migrant"] / means["non_migrant"]), rel=1e-5)
