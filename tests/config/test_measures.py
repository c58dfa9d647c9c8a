"""The folder in which the workers of one web server count together."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.measures import Measures

BEGIN = """
import sys
from pathlib import Path
from config.measures import Measures
own = Measures(Path(sys.argv[1]))
print(own.begin(), flush=True)
sys.stdin.read()
"""


def begun(base: Path) -> tuple["subprocess.Popen[str]", Path]:
    """Return another server that counts, and where."""
    command = [sys.executable, "-c", BEGIN, str(base)]
    server = subprocess.Popen(  # noqa: S603 - our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    return server, Path(server.stdout.readline().strip())


def test_a_second_server_erases_nothing_of_the_first(tmp_path: Path) -> None:
    server, theirs = begun(tmp_path)
    with server:
        (theirs / "histogram_7.db").write_text("counted")
        own = Measures(tmp_path)
        mine = own.begin()
        assert mine != theirs
        assert (theirs / "histogram_7.db").read_text() == "counted"
        own.end()
        assert not mine.exists()
        assert theirs.exists()


def test_the_same_number_of_process_on_two_hosts_is_two_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Measures(tmp_path)
    monkeypatch.setattr("socket.gethostname", lambda: "another")
    other = Measures(tmp_path)
    assert one.begin() != other.begin()
    one.end()
    other.end()


def test_what_a_killed_server_left_goes_when_another_starts(tmp_path: Path) -> None:
    server, theirs = begun(tmp_path)
    with server:
        server.kill()
    assert theirs.exists()
    own = Measures(tmp_path)
    mine = own.begin()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [mine.name, f"{mine.name}.held", "lock"]
    )
    own.end()
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
