"""What is handed to operators: units, compose file, image, and documents that name only what there is."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from config.settings import BASE_DIR
from tests.faults.hosts import free_port, listens
from tests.faults.waiting import wait_until

UNITS = sorted((BASE_DIR / "deploy" / "systemd").iterdir())
NAMED = re.compile(r"`((?:tests/)?[\w/]*test_\w+\.py)`")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_the_units_are_read_without_a_word(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace("/srv/reporting/.venv/bin/", "/bin/true ")
        (tmp_path / unit.name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
@pytest.mark.parametrize("unit", [each for each in UNITS if each.suffix == ".service"], ids=str)
def test_a_unit_may_do_little(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout[-400:]


@pytest.mark.parametrize("file", ["compose.yaml", "deploy/systemd/reporting-web.service"])
def test_web_processes_start_only_where_the_check_warns_of_nothing(file: str) -> None:
    text = (BASE_DIR / file).read_text()
    assert "manage.py check --deploy --fail-level WARNING" in text


def test_nothing_that_is_handed_out_holds_a_secret() -> None:
    for file in (BASE_DIR / "deploy").rglob("*.example"):
        for line in file.read_text().splitlines():
            name, _sign, value = line.strip("#").partition("=")
            if name in {
                "SECRET_KEY",
                "POSTGRES_PASSWORD",
                "METRICS_TOKEN",
                "AWS_SECRET_ACCESS_KEY",
            }:
                assert value == "", (file, name)


def test_the_threat_model_names_tests_that_there_are() -> None:
    named = NAMED.findall((BASE_DIR / "docs" / "threat-model.md").read_text())
    there = {path.name for path in (BASE_DIR / "tests").rglob("test_*.py")}
    assert len(named) > 30
    assert {name for name in named if name.rpartition("/")[2] not in there} == set()
    full = [name for name in named if name.startswith("tests/")]
    assert [name for name in full if not (BASE_DIR / name).exists()] == []


def test_every_setting_of_the_example_is_in_the_readme() -> None:
    readme = (BASE_DIR / "README.md").read_text()
    example = (BASE_DIR / "deploy" / "reporting.env.example").read_text()
    names = re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE)
    assert {name for name in names if name not in readme} == set()


def the_proxy(folder: Path, *, at: int, asks: int) -> Path:
    """Return the configuration of the proxy as on Debian, at this port and without privileges."""
    authority = trustme.CA()
    certificate = authority.issue_cert("reports.example.org")
    certificate.private_key_pem.write_to_path(folder / "privkey.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "fullchain.pem")
    text = (BASE_DIR / "deploy" / "nginx.conf").read_text()
    for there, here in (
        ("user nginx;", "user www-data;"),
        ("server web:8000", f"server 127.0.0.1:{asks}"),
        ("/etc/nginx/tls", str(folder)),
        ("/run/nginx.pid", str(folder / "pid")),
        ("/dev/stdout", str(folder / "access.log")),
        ("error_log stderr", f"error_log {folder / 'error.log'}"),
        ("listen 443 ", f"listen 127.0.0.1:{at} "),
        ("listen 80", f"listen 127.0.0.1:{free_port()}"),
    ):
        assert there in text, there
        text = text.replace(there, here)
    (folder / "nginx.conf").write_text(text)
    return folder / "nginx.conf"


@contextmanager
def running(file: Path, *, at: int) -> Iterator[None]:
    """Run the proxy; all that it writes is in logs beside the file."""
    command = ["nginx", "-c", str(file), "-e", str(file.parent / "error.log"), "-g", "daemon off;"]
    with (
        (file.parent / "said.log").open("wb") as said,
        subprocess.Popen(command, stderr=said) as proxy,  # noqa: S603 - our own command
    ):
        try:
            wait_until(lambda: listens(at))
            yield
        finally:
            proxy.terminate()


@contextmanager
def asking(port: int) -> Iterator[ssl.SSLSocket]:
    trusting = ssl._create_unverified_context()  # noqa: S323 - a certificate of this test
    trusting.set_alpn_protocols(["http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as raw,
        trusting.wrap_socket(raw, server_hostname="reports.example.org") as asked,
    ):
        yield asked


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here")
def test_the_proxy_starts_on_debian_and_writes_no_link_that_acts(tmp_path: Path) -> None:
    """Also where the application is down, which is when nginx would write what was asked for."""
    port = free_port()
    file = the_proxy(tmp_path, at=port, asks=free_port())
    with running(file, at=port), asking(port) as asked:
        asked.sendall(
            b"GET /invitation/SECRET12345678/ HTTP/1.1\r\nHost: reports.example.org\r\n\r\n"
        )
        assert b" 502 " in asked.recv(100)
    written = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert " GET 502 " in written
    assert "SECRET" not in written


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here")
def test_whoever_sends_a_line_now_and_then_holds_no_place_in_the_proxy(tmp_path: Path) -> None:
    port = free_port()
    file = the_proxy(tmp_path, at=port, asks=free_port())
    file.write_text(
        file.read_text().replace("client_header_timeout 10s", "client_header_timeout 1s")
    )
    with running(file, at=port), asking(port) as asked:
        asked.sendall(b"GET / HTTP/1.1\r\nHost: reports.example.org\r\n")
        asked.settimeout(0.2)
        for _time in range(25):
            with suppress(TimeoutError):
                assert asked.recv(100) == b""
                break
            asked.sendall(b"X-More: and more\r\n")
        else:
            pytest.fail("It was still held after five seconds.")
