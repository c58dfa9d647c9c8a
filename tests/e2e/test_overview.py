"""The pictures in a real browser: drawn, played, followed; and what stands in where they cannot be."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.faults import assert_no_fault
from tests.snapshot import Rows, put_back

SETTLED = "#pictures[data-settled]"
# Where on the canvas of the map the middle of a State is drawn.
MIDDLE = """(code) => {
  const chart = Chart.getChart(document.querySelector("#map canvas"));
  for (const [number, dataset] of chart.data.datasets.entries()) {
    const index = dataset.data.findIndex((each) => each.code === code);
    if (index >= 0) {
      const { x, y } = chart.getDatasetMeta(number).data[index].getCenterPoint();
      return { x, y };
    }
  }
}"""
COLOURS = """() => [...document.querySelectorAll("#pictures canvas")].map((canvas) =>
  Chart.getChart(canvas).options.plugins.legend.labels.color)"""

# The browser tells of a change of scheme when it draws next.
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
YEARS = "Chart.getChart(document.querySelector('#received canvas')).data.labels"


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


def test_the_pictures_are_drawn_over_their_tables(page: Page) -> None:
    page.goto("/overview/")
    page.locator(SETTLED).wait_for()
    assert page.locator("#pictures canvas:visible").count() == 5
    assert page.locator("#pictures table:visible").count() == 0
    assert_no_fault(page)
    page.locator("#due summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#due table")).to_be_visible()


def test_pictures_follow_the_scheme_of_colours_and_print_in_the_light_one_with_their_tables(
    page: Page,
) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/overview/")
    page.locator(SETTLED).wait_for()
    light = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    page.evaluate(NEXT_FRAME)
    dark = page.evaluate(COLOURS)
    assert (len(set(light)), len(set(dark))) == (1, 1)
    assert light != dark
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(COLOURS) == light
    assert page.locator("#pictures table:visible").count() == 5
    assert page.locator("input:visible, button:visible, nav:visible").count() == 0


def test_the_slider_moves_the_pictures_and_a_button_plays_on(page: Page) -> None:
    page.goto("/overview/")
    page.locator(SETTLED).wait_for()
    page.locator("#year").focus()
    page.keyboard.press("Home")
    expect(page.locator("#day-shown")).to_have_text("31 December 2003")
    expect(page.locator("#map-sentence")).to_have_text(
        "24 States parties. Due soon: 22; Upcoming: 2."
    )
    assert page.locator("#received tbody tr").count() == 1
    assert len(page.evaluate(YEARS)) == 24
    page.get_by_role("button", name="Play the history").click()
    expect(page.locator("#day-shown")).to_have_text("31 December 2004")
    page.get_by_role("button", name="Pause").click()
    page.locator("#map summary").click()
    page.get_by_role("link", name="Mexico").click()
    assert page.url.endswith("/states/MEX/?as_at=2004-12-31")


def test_the_heading_and_the_day_line_follow_the_slider_so_that_paper_names_one_day(
    page: Page,
) -> None:
    page.goto("/overview/")
    page.locator(SETTLED).wait_for()
    page.locator("#year").fill("2010")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview as at 31 December 2010")
    assert page.title().startswith("Overview as at 31 December 2010 ")
    page.emulate_media(media="print")
    days = page.locator("h1, .as-at-day strong, [data-shows=day]").all_text_contents()
    assert len(days) == 7
    assert {day.strip()[-16:] for day in days} == {"31 December 2010"}
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back to today").click()
    assert page.url.endswith("/overview/")


def test_a_click_on_the_map_opens_the_state_however_small(page: Page) -> None:
    page.goto("/overview/?as_at=2017-12-31")
    page.locator(SETTLED).wait_for()
    page.locator("#map canvas").click(position=page.evaluate(MIDDLE, "CPV"))
    page.wait_for_url("**/states/CPV/?as_at=2017-12-31")


def test_where_something_does_not_come_the_table_stands_in(visit: Visit) -> None:
    page = visit("/sign-in/")
    page.route("**/world*.json", lambda route: route.abort())
    page.route("**/history.json*", lambda route: route.abort())
    page.goto("/overview/")
    page.locator(SETTLED).wait_for()
    assert not page.locator("#map canvas").is_visible()
    assert page.locator("#map table").is_visible()
    assert page.locator("#due canvas").is_visible()
    page.get_by_role("button", name="Play the history").click()
    expect(page.get_by_role("alert")).to_contain_text("The history could not be loaded.")
    expect(page.get_by_role("button", name="Play the history")).to_be_visible()


@pytest.mark.parametrize("script", ["chart.js", "overview.js"])
def test_where_a_script_does_not_come_the_tables_stand_in(visit: Visit, script: str) -> None:
    page = visit("/sign-in/")
    page.route(f"**/{script}", lambda route: route.abort())
    page.goto("/overview/?as_at=2017-12-31")
    page.evaluate("document.getAnimations().forEach((waiting) => waiting.finish())")
    for place, least, most in ((".picture-numbers", 100, 5_000), (".picture-canvas", 0, 0)):
        heights = page.locator(place).evaluate_all("all => all.map((each) => each.clientHeight)")
        assert len(heights) == 5
        assert all(least <= height <= most for height in heights), heights


def test_without_scripts_there_are_tables_and_a_slider_that_leads_on(visit: Visit) -> None:
    page = visit("/overview/?as_at=2017-12-31", java_script_enabled=False)
    assert page.locator("canvas:visible").count() == 0
    assert page.locator("#pictures table:visible").count() == 5
    page.get_by_label("The end of another year").press("ArrowLeft")
    page.get_by_role("button", name="Open this year").click()
    assert page.url.endswith("/overview/?as_at=2016-12-31")


MIRRORED = """(canvas) => {
  const { options, scales } = Chart.getChart(canvas);
  const { legend, tooltip } = options.plugins;
  return [legend.rtl, tooltip.rtl, tooltip.textDirection, scales.x.options.reverse, scales.y.position];
}"""
# How far the last label of the axis, which leans to the left, reaches beyond the canvas.
CUT_OFF = """(canvas) => {
  const { x } = Chart.getChart(canvas).scales;
  x.ctx.font = Chart.helpers.toFont(x.options.ticks.font).string;
  const wide = x.ctx.measureText(x.ticks.at(-1).label).width;
  return wide * Math.cos((x.labelRotation * Math.PI) / 180) - x.getPixelForTick(x.ticks.length - 1);
}"""
TOLD = """(canvas) => {
  const { options, data } = Chart.getChart(canvas);
  const dataset = { label: data.datasets[0].label };
  return options.plugins.tooltip.callbacks.label({ dataset, formattedValue: "8" });
}"""


def test_in_arabic_axes_legends_and_tooltips_are_mirrored_and_no_label_is_cut_off(
    visit: Visit,
) -> None:
    page = visit("/overview/?as_at=2026-11-22", locale="ar")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.reload()
        page.locator(SETTLED).wait_for()
        for name in ("overdue", "due", "received", "waiting"):
            canvas = page.locator(f"#{name} canvas")
            assert canvas.evaluate(MIRRORED) == [True, True, "rtl", True, "right"]
            assert canvas.evaluate(CUT_OFF) <= 0, (name, width)


def test_a_tooltip_writes_name_and_number_as_the_language_does(visit: Visit) -> None:
    page = visit("/overview/?as_at=2026-11-22", locale="fr")
    page.locator(SETTLED).wait_for()
    assert page.locator("#overdue canvas").evaluate(TOLD) == "Rapports initiaux\u00a0: 8"
