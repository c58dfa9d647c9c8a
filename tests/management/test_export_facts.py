"""`manage.py export_facts`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reporting.models import StateParty
from tests.factories import SubmissionFactory

pytestmark = pytest.mark.usefixtures("recorded")


def test_it_says_how_many_lines_each_file_has(tmp_path: Path) -> None:
    out = StringIO()
    call_command("export_facts", str(tmp_path / "new" / "folder"), stdout=out)
    assert out.getvalue().splitlines()[3:6] == [
        "state_parties.csv: 60",
        "submissions.csv: 91",
        "reviews.csv: 96",
    ]
    assert (tmp_path / "new" / "folder" / "decisions.csv").is_file()


def test_it_fails_in_the_open_where_something_is_left_out(tmp_path: Path) -> None:
    party = StateParty.objects.get(state__iso3="FJI")
    for symbol in ("CMW/C/FJI/1", "CMW/C/FJI/1/Rev.1"):
        SubmissionFactory.create(state_party=party, symbol=symbol)
    err = StringIO()
    with pytest.raises(CommandError, match="Left out: 1; everything else is written"):
        call_command("export_facts", str(tmp_path), stdout=StringIO(), stderr=err)
    assert "CMW/C/FJI/1/Rev.1" in err.getvalue()


def test_a_folder_that_cannot_be_written_is_a_bad_argument(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written") as caught:
        call_command("export_facts", str(tmp_path / "file" / "folder"))
    assert caught.value.returncode == 2
