"""The report in a real browser: nothing runs over, nothing overlaps, and axe finds nothing, light and dark."""

from __future__ import annotations

import importlib.resources
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest

from harmonize.report.lettering import width_of

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[dev]'")
axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed: pip install '.[dev]'")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
WIDTHS, SCHEMES = (360, 1280), ("light", "dark")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here: apt install chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["page_of_one", "page_of_many"])
def shown(request, chromium, tmp_path) -> Iterator[Callable[..., Any]]:
    """`shown(width, scheme)`: the page of a report, every part of it unfolded; requests that it makes fail the test."""
    path = tmp_path / "report.html"
    path.write_text(request.getfixturevalue(request.param).text, encoding="utf-8")
    pages = []
    asked: list[str] = []

    def call(width: int, scheme: str = "light") -> Any:
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("request", lambda each: asked.append(each.url))
        page.on("console", lambda each: asked.append(each.text))
        page.goto(path.as_uri())
        page.evaluate(OPEN)
        pages.append(page)
        return page

    yield call
    for page in pages:
        page.close()
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}


# of every kind of part one: axe takes a second for a few hundred elements
@pytest.mark.parametrize("shown", ["short_page_of_one", "short_page_of_many"], indirect=True)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_barrier(shown, width, scheme):
    page = shown(width, scheme)
    page.evaluate((importlib.resources.files(axe) / "axe.min.js").read_text(encoding="utf-8") + ";0")
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)
    assert len(found["passes"]) > 20
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_the_page_never_scrolls_sideways_tables_do(shown, width):
    page = shown(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = """() => [...document.querySelectorAll('main *')].filter(each => !each.closest('.scroll')
        && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(each => each.outerHTML)"""
    assert page.evaluate(over) == []
    scrolled = page.evaluate("[...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)")
    assert scrolled or width > 400


def boxes(page: Any) -> list[list[dict[str, Any]]]:
    """Of each drawing that is told the places of its texts in the units of its view, and the view."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll('svg[role=img]')].map(svg => {
            const view = svg.viewBox.baseVal;
            return [{text: '', x: view.x, y: view.y, width: view.width, height: view.height},
                    ...[...svg.querySelectorAll('text')].map(each => {
                        const {x, y, width, height} = each.getBBox();
                        return {text: each.textContent, x, y, width, height};
                    })];
        })"""
    )


def touch(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two texts overlap by more than the room above and below letters."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 0.5 and down > 0.3 * min(one["height"], other["height"])


def test_words_in_charts_stay_inside_and_never_overlap(shown):
    found = boxes(shown(1280))
    assert len(found) > 10
    for view, *texts in found:
        assert len(texts) > 4
        for each in texts:
            assert each["x"] >= view["x"] - 1, each
            assert each["x"] + each["width"] <= view["width"] + 1, each
            assert each["y"] >= view["y"] - 1, each
            assert each["y"] + each["height"] <= view["height"] + 1, each
        assert [(a["text"], b["text"]) for a, b in combinations(texts, 2) if touch(a, b)] == []


def test_words_in_charts_take_no_more_room_than_was_kept_for_them(shown):
    texts = [each for drawing in boxes(shown(1280)) for each in drawing[1:]]
    assert len(texts) > 200
    too_wide = {each["text"] for each in texts if each["width"] > 1.1 * width_of(each["text"])}  # names are bold
    assert too_wide == set()


def test_the_axis_of_drawn_differences_is_over_them(chromium, page_of_one, tmp_path):
    (tmp_path / "report.html").write_text(page_of_one.text, encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((tmp_path / "report.html").as_uri())
    middle = "each => { const {x, width} = each.getBoundingClientRect(); return x + width / 2; }"
    ticks = [each for each in page.query_selector_all("th.drawn text") if each.text_content() == "0"]
    [over] = [each.evaluate(middle) for each in ticks]
    zeros = [each.evaluate(middle) for each in page.query_selector_all("td.drawn .zero")]
    page.close()
    assert len(zeros) > 2
    assert zeros == pytest.approx([over] * len(zeros), abs=1)


def test_the_first_table_is_read_on_a_telephone_without_scrolling(chromium, page_of_one, tmp_path):
    """Each number stands under the name of its series, with the heading of its column before it."""
    path = tmp_path / "report.html"
    path.write_text(page_of_one.text, encoding="utf-8")
    page = chromium.new_page(viewport={"width": 360, "height": 900})
    page.goto(path.as_uri())
    region = page.locator(".scroll:has(> .headline)")
    assert region.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    labels = region.locator("td.number:visible").evaluate_all("all => all.map(each => each.dataset.label)")
    assert {"Migrants", "Non-migrants"} <= set(labels)
    assert None not in labels
    page.close()


def test_tables_of_texts_are_read_on_a_telephone_without_scrolling(shown):
    """What was measured and why, the samples, the quality of the data: rows as lists, each text with its heading."""
    regions = shown(360).locator(".scroll:has(> .texts)")
    found = regions.evaluate_all("all => all.map(each => [each.innerText, each.scrollWidth - each.clientWidth])")
    assert len(found) >= 4
    assert [text for text, over in found if over] == []
    labels = regions.locator("td").evaluate_all("all => all.map(each => getComputedStyle(each, '::before').content)")
    assert '"Why"' in labels
    assert "none" not in labels


def test_captions_of_wide_tables_are_read_on_a_telephone(shown):
    ends = shown(360).evaluate(
        "[...document.querySelectorAll('caption')].map(each => each.getBoundingClientRect().right)"
    )
    assert len(ends) > 10
    assert max(ends) <= 360


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_breaks_within_a_range_of_ages_or_before_the_sign_of_percent(shown, width):
    page = shown(width)
    lines = """() => [...document.querySelectorAll('.whole')].map(
        each => [each.textContent, new Set([...each.getClientRects()].map(box => box.top)).size])"""
    found = page.evaluate(lines)
    assert {"15–24", "non-migrants"} <= {text for text, _ in found}
    assert [text for text, n in found if n > 1] == []
    loose = page.evaluate("""() => {
        const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode())
            if (!walker.currentNode.parentElement.closest('.whole, svg')) found.push(walker.currentNode.data);
        return found;
    }""")
    assert len(loose) > 1000
    assert [each for each in loose if re.search(r"\d[–-]\d|\d %|[Nn]on-m", each)] == []


def test_charts_can_be_seen_whole_on_a_telephone(shown):
    page = shown(360)
    measured = "const {width, height} = each.getBoundingClientRect(); return [width, height];"
    sizes = page.evaluate(f"[...document.querySelectorAll('svg[role=img]')].map(each => {{ {measured} }})")
    assert len(sizes) > 10
    assert all(300 < width <= 340 and height > 40 for width, height in sizes)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_text_and_mark_stands_out_from_the_paper(shown, scheme):
    page = shown(1280, scheme)
    names = ("ink", "soft", "link", "migrant", "other", "all", "faded", "warn")
    read = "name => getComputedStyle(document.documentElement).getPropertyValue('--' + name)"
    paper = luminance(page.evaluate(read, "paper"))
    found = {name: luminance(page.evaluate(read, name)) for name in names}
    assert {name for name, light in found.items() if contrast(light, paper) < 4.5} == set()
    # migrants and non-migrants differ in how light they are, not in hue alone
    assert contrast(found["migrant"], found["other"]) > 1.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(each, 16) / 255 for each in re.findall(r"[0-9a-f]{2}", colour)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((one, other), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_dark_is_dark_and_print_is_not(shown):
    page = shown(1280, "dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 23, 29)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_tables_that_were_folded_are_printed(shown):
    page = shown(1280)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
    height = "document.querySelector('.series details.data table').getBoundingClientRect().height"
    seen = "document.querySelector('.series details.data table').checkVisibility({contentVisibilityAuto: true})"
    assert not page.evaluate(seen)
    page.emulate_media(media="print")
    page.wait_for_function(seen)  # a frame or two: what was skipped is laid out when it is painted
    assert page.evaluate(height) > 30


def test_the_first_key_leads_past_the_head_and_each_stop_is_marked(shown):
    page = shown(1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
