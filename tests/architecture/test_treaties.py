"""A treaty is known by name to its regime and to the data, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.rules.regimes import REGIMES
from tests.architecture.test_structure import CODE, ROOT, name

NAMED = re.compile(rf"\b({'|'.join(REGIMES)})\b")
# An example of a symbol shows its form: CMW/C/IDN/CO/1.
EXAMPLE = re.compile(r"\b[A-Z]{3,5}/C/[A-Z]{3}/[A-Z0-9/.-]*|\bcmw c egy 1\b")
OWN = ROOT / "reporting" / "rules" / "regimes.py"
# What is measured is measured on one treaty by name.
RUNS = [path for path in CODE if path != OWN and ROOT / "benchmarks" not in path.parents]


def strings(path: Path) -> Iterator[str]:
    """Go through the names and texts of the code; what documents it, and comments, may give examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documented:
                yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias | ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg | ast.keyword) and node.arg:
            yield node.arg


@pytest.mark.parametrize("path", RUNS, ids=name)
def test_no_code_but_the_regimes_knows_a_treaty_by_name(path: Path) -> None:
    assert [text for text in strings(path) if NAMED.search(EXAMPLE.sub("", text))] == []


def test_no_template_script_or_style_knows_a_treaty_by_name() -> None:
    folders = (ROOT / "templates", ROOT / "reporting" / "static")
    found = [
        name(path)
        for path in (path for folder in folders for path in folder.rglob("*.*"))
        if NAMED.search(EXAMPLE.sub("", path.read_text(encoding="utf-8")))
    ]
    assert found == []
