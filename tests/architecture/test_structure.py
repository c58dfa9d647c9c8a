"""What the plan of the house promises and import-linter cannot see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for folder in ("reporting", "config", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
READERS = ("views", "forms", "queries", "exports", "templatetags", "emails", "rules")
# A document of python-docx has a save of its own, which writes no row.
NO_ROWS = {ROOT / "reporting" / "exports" / "document.py"}
WRITES = {"save", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_file_is_longer_than_400_lines_and_no_function_than_40(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno < 40, function.name


@pytest.mark.parametrize(
    "path", [path for path in CODE if path.parent.name in READERS and path not in NO_ROWS], ids=name
)
def test_what_only_reads_or_shows_writes_nothing(path: Path) -> None:
    """Services are the only callers of what changes a row."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    written = [
        call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in WRITES
    ]
    assert written == []


COVERED_THROUGH = {
    "reporting.exports.fact_lines": "exports.fact_files",
    "reporting.exports.state_facts": "exports.records",
    "reporting.services.calling_off": "services.timetable",
    "reporting.services.fact_columns": "services.loading",
    "reporting.services.state_fact_rows": "services.loading",
    "reporting.rules.cycle": "timetable",
    "reporting.rules.ledger": "timetable",
    "reporting.rules.requests": "timetable",
    "reporting.rules.terms": "timetable",
    "reporting.rules.clause_words": "paragraph",
    "reporting.rules.clauses": "paragraph",
    "reporting.rules.cue_words": "paragraph",
    "reporting.rules.vocabulary": "paragraph",
    "reporting.services.uploads": "api.filing",
    "reporting.queries.kept": "queries.tables",
    "reporting.queries.memory": "queries.dashboard",
    "reporting.queries.timetable": "manage.py timetable",
    "reporting.queries.state_records": "exports.records",
    "reporting.queries.universal": "queries.calendar",
}


@pytest.mark.parametrize("layer", ["rules", "services", "queries", "exports"])
def test_every_module_below_the_pages_is_named_in_a_test(layer: str) -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    folder = ROOT / "reporting" / layer
    modules = {f"reporting.{layer}.{path.stem}" for path in folder.glob("[a-z]*.py")}
    unnamed = {module for module in modules if f"from {module} import" not in tests}
    assert unnamed - COVERED_THROUGH.keys() == set()


def test_no_template_holds_a_script_a_style_or_a_handler() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*json)|<style|\sstyle=|\son[a-z]+=|javascript:"
    )
    found = [
        name(path)
        for path in (ROOT / "templates").rglob("*.html")
        if "emails" not in path.parts and inline.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_task_is_a_few_lines_that_call_a_service() -> None:
    for task in functions(ROOT / "reporting" / "tasks.py"):
        assert (task.end_lineno or 0) - task.lineno <= 8, task.name
