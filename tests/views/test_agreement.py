"""The shell and the pages say the same of every State on every day."""

import json
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from reporting.models import StateParty
from reporting.models.status import STATUS_LABELS
from reporting.rules.wording import report_name

DAYS = [date(2005, 1, 1), date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1), date(2026, 11, 22)]
Said = tuple[str, str, str, str, int | None]


def shell(day: date) -> list[Said]:
    """Return what the shell prints: State, what is owed, due date, status, days."""
    out = StringIO()
    call_command("timetable", "--as-at", day.isoformat(), "--format", "json", stdout=out)
    return sorted(
        (row["iso3"], _title(row), row["due_on"], row["status"], row["days"])
        for row in json.loads(out.getvalue())
    )


def _title(row: dict[str, Any]) -> str:
    name = report_name(row["first_report"], row["last_report"])
    kind = row["kind"]
    if row["explanation"].startswith("Under the simplified reporting procedure"):
        kind = "replies to a list of issues prior to reporting"
    return name if kind == "report" else f"{kind} on the {name}"


@dataclass
class Cell:
    """A cell of the table, or a part of an entry of the timeline."""

    text: str = ""
    due: str = ""
    days: int | None = None
    href: str = ""


@dataclass
class Reader(HTMLParser):
    """Reads elements of a page apart by the classes or the labels that they carry."""

    groups: list[dict[str, Cell]] = field(default_factory=list)
    stop: str = ""

    def __post_init__(self) -> None:
        """Start as a parser of characters, not of references to them."""
        super().__init__(convert_charrefs=True)
        self._cell: Cell | None = None
        self._stopped = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a group or a cell, or note what an element says of itself."""
        said = {name: value or "" for name, value in attrs}
        self._stopped = self._stopped or bool(self.stop and said.get("class") == self.stop)
        if self._stopped:
            return
        if (tag, said.get("role")) == ("tr", "row") or said.get("class") == "entry":
            self.groups.append({})
        label = said.get("data-label") or said.get("class", "")
        is_cell = tag in {"td", "th"} or label in {"entry-date", "entry-title", "entry-status"}
        if is_cell and self.groups:
            self._cell = self.groups[-1].setdefault(label, Cell())
        self._note(tag, said)

    def _note(self, tag: str, said: dict[str, str]) -> None:
        if self._cell is None:
            return
        if tag == "time":
            self._cell.due = said["datetime"]
        if tag == "a":
            self._cell.href = said.get("href", "")
        if tag == "span" and said.get("title", "").split(" ")[-1].startswith("day"):
            self._cell.days = int(said["title"].split(" ")[0].replace(",", ""))

    def handle_data(self, data: str) -> None:
        """Collect the text of the cell."""
        if self._cell and not self._stopped:
            self._cell.text = " ".join(f"{self._cell.text} {data}".split())


def on_dashboard(client: Client, day: date) -> list[Said]:
    """Return what all pages of the dashboard's list show."""
    said: list[Said] = []
    for page in range(1, 9):
        answer = client.get("/", {"as_at": day.isoformat(), "page": str(page)})
        reader = Reader()
        reader.feed(answer.content.decode())
        said += [_row(group) for group in reader.groups if "Due" in group]
        if f"page={page + 1}" not in answer.content.decode():
            return sorted(said)
    message = "The list has no end."
    raise AssertionError(message)


def _row(group: dict[str, Cell]) -> Said:
    iso3 = group[""].href.split("/")[2]
    status = _status(group["Status"].text)
    return iso3, group["Report"].text, group["Due"].due, status, _days(group["Late by"], status)


def _status(text: str) -> str:
    return next(each.value for each, label in STATUS_LABELS.items() if text.startswith(str(label)))


def _days(cell: Cell, status: str) -> int | None:
    if cell.days is None:
        return None
    return cell.days if status == "overdue" else -cell.days


def on_page(client: Client, iso3: str, day: date) -> list[Said]:
    """Return what a State's page shows as open."""
    answer = client.get(f"/states/{iso3}/", {"as_at": day.isoformat()})
    assert answer.status_code == 200
    text = answer.content.decode()
    reader = Reader(stop="timeline-projected" if "timeline-projected" in text else "timeline-past")
    reader.feed(text)
    return [_entry(iso3, group) for group in reader.groups if "entry-title" in group]


def _entry(iso3: str, group: dict[str, Cell]) -> Said:
    title = group["entry-title"].text
    status = _status(group["entry-status"].text)
    return (
        iso3,
        title[0].lower() + title[1:],
        group["entry-date"].due,
        status,
        _days(group["entry-status"], status),
    )


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_dashboard_shows_what_the_shell_prints(
    recorded: None, client: Client, day: date
) -> None:
    printed = shell(day)
    assert len(printed) > 25
    assert on_dashboard(client, day) == printed


@pytest.mark.thorough
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_page_of_every_state_shows_what_the_shell_prints(
    recorded: None, client: Client, day: date
) -> None:
    printed = shell(day)
    codes = StateParty.objects.parties(as_at=day).values_list("state__iso3", flat=True)
    shown = [said for iso3 in codes for said in on_page(client, iso3, day)]
    assert sorted(shown, key=str) == sorted(printed, key=str)
