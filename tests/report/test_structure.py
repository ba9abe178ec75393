"""The report stands by itself, and can be read by ear and by keyboard."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest

from harmonize.indicators import INDICATORS
from harmonize.report.page import report
from harmonize.report.release import Release, Run
from harmonize.words import words_in
from tests.report.conftest import MEASURED, only, told


@pytest.fixture(params=["one", "many"])
def found(request):
    return request.getfixturevalue(f"page_of_{request.param}")


def test_it_takes_nothing_from_the_network_and_runs_no_script(found):
    assert [*found.all("script")] == []
    for each in found.root.iter():
        assert not {name for name in each.attrib if name.startswith("on") or name in ("src", "action", "srcset")}
        assert each.get("href", "#").startswith(("#", "data:"))
    style = told(found.root.find("head").find("style"))
    assert "--paper" in style
    assert not re.search(r"url\(|@import|@font-face|//", style)


def test_it_has_the_landmarks_and_a_way_past_them(found):
    assert [each.tag for each in found.root.find("body")] == ["a", "header", "nav", "main", "footer"]
    assert found.root.find("body")[0].get("href") == "#content"
    assert found.root.get("lang") == "en"
    assert next(found.all("main")).get("id") == "content"


def test_headings_follow_each_other_without_a_gap(found):
    levels = [int(each.tag[1]) for each in found.root.iter() if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_two_elements_have_the_same_id_and_every_link_leads_somewhere(found):
    ids = Counter(each.get("id") for each in found.root.iter() if each.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    named = [name for each in found.root.iter() for name in each.get("aria-labelledby", "").split()]
    links = [each.get("href")[1:] for each in found.all("a")]
    assert len(links) > 20
    assert set(named) | set(links) <= set(ids)


def test_every_table_has_a_caption_and_scrolls_in_a_region_of_its_own(found):
    regions = [*found.all("div", class_="scroll")]
    assert len(regions) == len([*found.all("table")]) > 10
    for region in regions:
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        table = region.find("table")
        assert table.find("caption").get("id") == region.get("aria-labelledby")
        assert all(each.get("scope") for each in table.iter("th"))


def test_every_picture_has_a_title_and_a_description_or_is_told_beside(found):
    drawn = [*found.all("svg")]
    shown = [each for each in drawn if each.get("role") == "img"]
    assert len(shown) > 10
    for each in shown:
        names = each.get("aria-labelledby").split()
        assert [part.get("id") for part in (each.find("title"), each.find("desc"))] == names
        assert told(each.find("title"))
    assert all(each.get("aria-hidden") == "true" for each in drawn if each not in shown)


def test_every_indicator_that_is_measured_has_its_section_and_its_words(found):
    sections = {each.get("id"): told(each) for each in found.all("section", class_="indicator")}
    assert [*sections] == [f"indicator-{number.replace('.', '-')}" for number in MEASURED]
    for number in MEASURED:
        text = sections[f"indicator-{number.replace('.', '-')}"]
        assert INDICATORS[number].title in text
        assert "Universe" in text
        assert all(caveat in text for caveat in INDICATORS[number].caveats)


def test_what_is_not_measured_is_there_with_its_reason(page_of_one, one):
    lacking = one.methods.filter(one.methods["measurement"] == "unavailable")
    assert lacking.height
    table = next(each for each in page_of_one.all("table") if each.find("caption").get("id") == "lacking")
    text = told(table)
    for row in lacking.iter_rows(named=True):
        assert row["title"] in text
        assert row["reasons"] in text


def test_a_proxy_says_why_above_its_charts(page_of_one, one):
    reasons = one.methods.filter((one.methods["measurement"] == "proxy") & (one.methods["indicator"] == "8.6.1"))
    section = told(next(page_of_one.all("section", id="indicator-8-6-1")))
    assert f"Proxy because{reasons['reasons'][0]}" in section


def test_it_says_who_is_a_migrant_how_many_are_counted_and_how_to_cite_it(page_of_one, one):
    [sample] = one.record["samples"]
    text = page_of_one.words
    assert "Here a migrant is: foreign-born (nativity)." in text
    assert f"{sample['persons']:,}{sample['migrants']}" in told(next(page_of_one.all("section", id="migrants")))
    cited = told(next(page_of_one.all("section", id="citing")))
    for part in ("title", "id", "version"):
        assert one.record["mapping"][part] in cited
    assert one.record["mapping"]["source"]["citation"].rstrip(".") in cited
    assert f"harmonize {one.record['versions']['harmonize']}" in cited


def test_two_runs_of_one_sample_are_told_apart_by_the_names_of_the_runs_alone(page, one):
    both = page(*(replace(one, name=name) for name in ("march", "june")))
    heads = {told(each) for each in both.all("h3")}
    assert {"Costa Rica 2011 (march)", "Costa Rica 2011 (june)"} <= heads
    assert not {each for each in heads if "188201101" in each}
    assert "Costa Rica 2011 (188201101, march)" in told(next(both.all("section", id="migrants")))
    alone = next(page(replace(one, name="march")).all("p", class_="samples"))
    assert told(alone) == "Costa Rica 2011"


def test_of_more_than_eight_samples_there_are_tables_by_sex_and_by_urban_and_rural(page, one):
    def groups_of(samples):
        runs = (replace(only(one, "7.1.1"), name=f"r{i}")
                for i in range(samples))  # fmt: skip
        told_ = page(*runs)
        return told_, {told(each): each for each in told_.all("caption") if "electricity:" in told(each)}

    nine, tables = groups_of(9)
    assert {name.rpartition(": ")[2] for name in tables} == {"Sex", "Urban or rural"}
    rows = [told(each) for each in nine.all("th") if told(each).startswith("Costa Rica 2011 (r7): ")]
    assert [each.rpartition(": ")[2] for each in rows] == ["Male", "Female", "Urban", "Rural"]
    assert "Further groups within the samples are in estimates.csv." in told(next(nine.all("main")))
    many, none = groups_of(41)
    assert none == {}
    assert "Groups within the samples are in estimates.csv." in told(next(many.all("main")))


def test_samples_of_one_report_are_told_apart_by_name(page_of_many, many):
    rows = told(next(page_of_many.all("section", id="migrants")))
    for sample in many.record["samples"]:
        assert f"{sample['year']}" in rows
    assert "Costa Rica 2003" in rows
    assert "Zimbabwe 2012" in rows


def test_a_full_count_is_told_without_intervals(pair: Run) -> None:
    none = pl.lit(None, pl.Float64)
    counted = Run(pair.estimates.with_columns(ci_lower=none, ci_upper=none), pair.methods, pair.record)
    told = report(Release.of([counted]), words_in("en"))
    assert "interval</dt><dd>a full count, without a sampling error</dd>" in told
    for words in ("interval]", "Of twenty", "A line is the interval", "a dot with its interval", "In brackets"):
        assert words not in told, words
        assert words in report(Release.of([pair]), words_in("en")), words
