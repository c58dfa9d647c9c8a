"""What is handed to operators: units, compose file, image, and documents that name only what there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from config.settings import BASE_DIR

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
