"""Icons and the badges that they stand on."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override
from pytest_django import Settings

from reporting.models.status import STATUS_LABELS
from reporting.rules.status import Status
from reporting.templatetags.icons import POINTING, icon
from reporting.templatetags.statuses import ICONS, badge


def test_an_icon_is_a_drawing_that_is_not_read_aloud() -> None:
    drawn = icon("inbox")
    assert drawn.startswith('<svg class="icon" viewBox="0 0 16 16"')
    assert 'aria-hidden="true"' in drawn
    assert "<path" in drawn


@pytest.mark.parametrize("name", sorted(POINTING))
def test_an_icon_that_points_can_be_turned_round(name: str) -> None:
    assert 'class="icon icon-pointing"' in icon(name)


def test_a_missing_package_is_said_with_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings.NODE_MODULES = tmp_path
    with pytest.raises(ImproperlyConfigured, match="Run `make install`"):
        icon("never-drawn-before")


def test_a_file_without_a_drawing_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.NODE_MODULES = tmp_path
    file = tmp_path / "bootstrap-icons" / "icons" / "empty.svg"
    file.parent.mkdir(parents=True)
    file.write_text("nothing")
    with pytest.raises(ImproperlyConfigured, match="holds no drawing"):
        icon("empty")


def test_every_status_has_a_word_an_icon_and_a_colour() -> None:
    styles = Path("reporting/static/reporting/components.css").read_text(encoding="utf-8")
    plain = {Status.SUPERSEDED, Status.LAPSED, Status.WITHDRAWN}
    for status in Status:
        shown = badge(status)
        assert str(STATUS_LABELS[status]) in shown
        assert "<svg" in shown
        name = status.name.lower().replace("_", "-")
        assert f"status-{name}" in shown
        assert (f".status-{name}" in styles) is (status not in plain)
    assert set(ICONS) == set(Status)


def test_no_two_statuses_look_alike() -> None:
    assert len(set(ICONS.values())) == len(Status)
    assert len({str(label) for label in STATUS_LABELS.values()}) == len(Status)
    with override("ar"):
        assert badge(Status.OVERDUE)
