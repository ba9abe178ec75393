"""The square: a point a sample, migrants against non-migrants, an arrow from census to census."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from harmonize.report.lettering import width_of
from harmonize.report.square import HEIGHT, LEFT, SIDE, TOP, Point, draw_square
from harmonize.words import words_in
from tests.report.conftest import read, told

WORDS = words_in("en")


def number(value, flag="A"):
    return {"estimate": value, "ci_lower": value - 4, "ci_upper": value + 4, "unit": "percent", "statistic": "level",
            "obs_status": flag, "conf_status": "F"}  # fmt: skip


def square(*points):
    found = [Point(f"{country} {year}", country, year, number(m), number(o)) for country, year, m, o in points]
    return read(draw_square(WORDS, found, "a", "percent", "Electricity"))


def centres(page):
    return [(float(each.get("cx")), float(each.get("cy"))) for each in page.all("circle")]


def test_a_point_above_the_line_of_equality_has_more_of_migrants():
    page = square(("MEX", 2010, 60.0, 40.0), ("MEX", 2020, 40.0, 60.0), ("ZWE", 2012, 50.0, 50.0))
    [line] = [each for each in page.all("line") if each.get("class") == "reference"]
    assert (float(line.get("x1")), float(line.get("y1"))) == (LEFT, TOP + SIDE)
    assert (float(line.get("x2")), float(line.get("y2"))) == (LEFT + SIDE, TOP)
    (above, below, on) = ((x - LEFT) - (TOP + SIDE - y) for x, y in centres(page))
    assert above < -10
    assert below > 10
    assert on == pytest.approx(0, abs=0.02)


def test_arrows_lead_from_one_census_of_a_country_to_its_next():
    page = square(
        ("MEX", 2000, 30.0, 35.0), ("MEX", 2010, 50.0, 60.0), ("MEX", 2020, 80.0, 82.0), ("ZWE", 2012, 20.0, 70.0)
    )
    arrows = [each for each in page.all("line") if each.get("class") == "arrow"]
    assert len(arrows) == 2
    for arrow, ((x1, y1), (x2, y2)) in zip(arrows, pairwise(centres(page)), strict=False):
        start, end = ((float(arrow.get(f"x{n}")), float(arrow.get(f"y{n}"))) for n in (1, 2))
        assert abs(start[0] - x1) + abs(start[1] - y1) < 12
        assert abs(end[0] - x2) + abs(end[1] - y2) < 12


def test_two_samples_of_one_year_have_no_arrow():
    page = square(("MEX", 2010, 30.0, 35.0), ("MEX", 2010, 50.0, 60.0))
    assert [each for each in page.all("line") if each.get("class") == "arrow"] == []


def test_names_that_have_no_room_are_counted():
    crowd = [("MEX", 1900 + place, 50.0 + place / 100, 50.0 + place / 90) for place in range(40)]
    page = square(*crowd)
    shown = [each for each in page.all("text") if each.get("class") == "label"]
    assert 0 < len(shown) < 40
    assert told(next(page.all("p"))) == (
        f"Points without a name, for lack of room: {40 - len(shown)}. They are in the table below."
    )


def test_names_stay_inside_the_square():
    corners = [("AAA", 2000, 0.0, 0.0), ("BBB", 2000, 100.0, 100.0), ("CCC", 2000, 0.0, 100.0), ("DDD", 2000, 100.0, 0)]
    page = square(*corners)
    labels = [each for each in page.all("text") if each.get("class") == "label"]
    assert len(labels) == 4
    for each in labels:
        assert LEFT <= float(each.get("x")) <= LEFT + SIDE - 40
        assert TOP <= float(each.get("y")) <= HEIGHT


def test_a_name_stands_beside_the_arrow_to_its_point():
    """Of the second point, at the bottom, the place above it is where the arrow arrives."""
    page = square(("ZWE", 2002, 70.2, 69.0), ("ZWE", 2012, 67.1, 69.4))
    [arrow] = [each for each in page.all("line") if each.get("class") == "arrow"]
    [label] = [each for each in page.all("text") if told(each) == "ZWE 2012"]
    left, base = float(label.get("x")), float(label.get("y"))
    x1, y1, x2, y2 = (float(arrow.get(name)) for name in ("x1", "y1", "x2", "y2"))
    at_label = x1 + (x2 - x1) * (base - 4 - y1) / (y2 - y1)  # where the arrow is at the height of the letters
    assert y1 < base - 4 < y2
    assert not left - 1 < at_label < left + width_of("ZWE 2012") + 1


def test_a_report_of_several_samples_has_squares_with_a_point_for_each(page_of_many, many):
    titles = [told(each.find("title")) for each in page_of_many.all("svg") if each.get("role") == "img"]
    assert "Living in a dwelling with electricity. Migrants against non-migrants" in titles
    section = next(page_of_many.all("section", id="indicator-7-1-1"))
    [figure] = [each for each in section.iter("figure") if "square" in each.get("class")]
    assert len([*figure.iter("circle")]) == len(many.record["samples"])
    names = {told(each) for each in figure.iter("text") if re.fullmatch(r"[A-Z]{3} \d{4}", told(each))}
    assert {"MEX 2003", "MEX 2012"} <= names


def test_one_sample_has_no_square(page_of_one):
    assert [*page_of_one.all("figure", class_="square")] == []
