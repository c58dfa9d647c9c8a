"""What is said, in one sentence, where starting is not possible."""

import errno
import shutil
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from config.embedded.commands import private_folder
from config.embedded.preflight import check_port, check_space, chosen_port
from config.embedded.problem import FULL_DISK, Problem, sentence


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "8000 ", "٨"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="a port is a number from 1 to 65535"):
        chosen_port(text)


def test_a_port_that_another_process_holds_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is taken; choose another one: PORT="):
            check_port(port)


def test_a_disk_that_is_nearly_full_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=49_999_999))
    with pytest.raises(Problem, match=r"The disk is full: .* needs 50 MB"):
        check_space(tmp_path)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("database or disk is full"),
    ],
)
def test_a_disk_that_fills_up_while_preparing_is_named(error: Exception) -> None:
    assert sentence(error) == FULL_DISK


def test_a_database_that_does_not_answer_is_named_in_one_line() -> None:
    assert sentence(OperationalError("connection failed:\n  is it running?")) == (
        "The database cannot be used: connection failed: is it running?"
    )


def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(Problem, match="is open to others"):
        private_folder(tmp_path)
