"""What is rendered once is never out of date."""

from dataclasses import replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import override

from reporting.forms.filters import FilterForm
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Status
from reporting.templatetags import rendered
from reporting.views.presenters.dashboard import DashboardRow

ROW = DashboardRow(
    state="Indonesia",
    url="/states/IDN/",
    report="initial report",
    due=PartialDate(2013, 9, 1),
    basis="treaty",
    source="CMW article 73(1)(a)",
    status=Status.OVERDUE,
    as_at=date(2016, 1, 1),
    due_by=date(2013, 9, 1),
    days=852,
)


def shown(row: DashboardRow) -> str:
    return rendered.row("dashboard/_row.html", row)


def test_a_row_that_says_something_else_is_rendered_anew() -> None:
    assert "2 years 4 months" in shown(ROW)
    assert "3 years" in shown(replace(ROW, as_at=date(2016, 9, 1)))
    assert "Indonesia" not in shown(replace(ROW, state="Chile"))
    with override("fr"):
        assert "1er septembre 2013" in shown(ROW)
    assert "1 September 2013" in shown(ROW)


def test_a_row_escapes_what_people_wrote() -> None:
    assert "<script>" not in shown(replace(ROW, state="<script>", source="<script>"))


def test_a_form_shows_what_it_was_given_and_nothing_of_the_one_before() -> None:
    def form(query: str) -> str:
        return rendered.form_from_address(FilterForm(QueryDict(query)))

    assert 'value="one"' in form("q=one")
    assert 'value="one"' not in form("q=two")
    assert form("status=overdue&page=2").count("checked") == 1
    assert "id_band_error" in form("band=junk")
    assert "id_q_error" in form("q=" + "x" * 500)
    assert "checked" not in form("")


def test_long_searches_are_not_remembered() -> None:
    rendered._form.cache_clear()
    rendered.form_from_address(FilterForm(QueryDict("q=" + "x" * 500)))
    assert rendered._form.cache_info().currsize == 0
