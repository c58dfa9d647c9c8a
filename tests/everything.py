"""`python -m tests.everything fill|dump`: a row in every table of a database, and what is in all of them.

Runs in processes of their own, on the database and the folder that the environment names. ``dump`` asks
Django's models, so that what the backup writes is compared with what it does not itself read.
"""

import hashlib
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import django

WHEN = datetime(2026, 11, 22, 12, 30, 15, 123456, tzinfo=UTC)
# Text that a file, a database or a careless program could break.
TEXT = "Être “là” \\ \r\n\t' \" \u2028 العربية 中文 \U0001f600 %s {}"
PDF = b"%PDF-1.4 " + bytes(range(256)) * 4000
# Where rows must hang together, or mean something.
CHOSEN: dict[str, dict[str, Any]] = {
    "reporting.contact": {"role": "focal point", "email": "siti@example.org"},
    "reporting.milestone": {"state_party_id": None, "report": None},
    "reporting.mute": {
        "state_party_id": None,
        "obligation_key": None,
        "contact_id": None,
        "starts_on": date(2026, 1, 1),
    },
    "reporting.reminder": {"person_id": None, "event": "", "days_before": -1},
    "reporting.session": {"capacity": 3, "number": 45},
    "reporting.user": {"email": "everything@example.org"},
    "reporting.submissiondocument": {"draft": UUID(int=7)},
}


def fill() -> None:
    """Load the recorded facts and put a row into every table that has none; number each table on."""
    from django.apps import apps
    from django.core.management import call_command

    from reporting.services.backup.tables import LEFT_OUT

    call_command("load_facts", stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    for _round in range(4):  # a row that points to another one waits for it
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label_lower not in LEFT_OUT and not model._base_manager.exists():
                _fill(model)
    empty = [
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in LEFT_OUT and not model._base_manager.exists()
    ]
    assert empty == [], f"Nothing could be put into {empty}"
    _number_on()


def _number_on() -> None:
    """Use a number up: a report that was logged and is gone keeps its number for itself."""
    from reporting.models import Submission

    last = Submission.objects.order_by("pk").last()
    assert last is not None
    last.pk, last.draft = None, None
    last.save()
    last.delete()


def _fill(model: Any) -> None:
    fields = model._meta.concrete_fields
    if any(_target(each) and not _target(each)._base_manager.exists() for each in fields):
        return
    chosen = CHOSEN.get(model._meta.label_lower, {})
    values = {
        each.attname: _sample(each, model)
        for each in fields
        if not (each.primary_key and each.get_internal_type().endswith("AutoField"))
    }
    model(**{**values, **chosen}).save_base(raw=True, force_insert=True)


def _target(field: Any) -> Any:
    needed = field.remote_field and not field.null and field.remote_field.model
    return needed if needed and needed is not field.model else None


def _sample(field: Any, model: Any) -> Any:
    kind = field.get_internal_type()
    if field.remote_field:
        row = field.remote_field.model._base_manager.order_by("pk").last()
        return row.pk if row else None
    if kind == "FileField":
        return field.storage.save("0123456789abcdef.pdf", _content())
    if field.choices:
        return [value for value, _label in field.flatchoices][-1]
    samples: dict[str, Any] = {
        "DateTimeField": WHEN,
        "DateField": date(2026, 11, 22),
        "UUIDField": UUID(int=5),
        "JSONField": {"z": [1, None, TEXT], "a": {"n": 1.5}},
        "BooleanField": True,
        "EmailField": "somebody@example.org",
        "GenericIPAddressField": "192.0.2.7",
        "TextField": TEXT,
        "PartialDateField": "2024-11",
    }
    if type(field).__name__ in samples:
        return samples[type(field).__name__]
    return samples.get(kind, TEXT[: field.max_length] if kind == "CharField" else 1)


def _content() -> Any:
    from django.core.files.base import ContentFile

    return ContentFile(PDF)


def dump() -> dict[str, Any]:
    """Return every row of every table that is backed up, and the sum of every file."""
    from django.apps import apps
    from django.core.files.storage import storages

    from reporting.services.backup.tables import LEFT_OUT

    tables = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower not in LEFT_OUT:
            rows = model._base_manager.order_by("pk").select_related()
            tables[model._meta.label_lower] = [_row(each) for each in rows]
    folder = Path(storages["private"].location)  # type: ignore[attr-defined] # it is on the disk
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return {"tables": tables, "files": files}


def _row(row: Any) -> list[str]:
    return [_said(row, each) for each in row._meta.concrete_fields]


def _said(row: Any, field: Any) -> str:
    """Say a value; a row of which every database has its own number is said by its name."""
    if field.remote_field and field.remote_field.model._meta.app_label in {"contenttypes", "auth"}:
        target = getattr(row, field.name)
        return repr(target and target.natural_key())
    value = getattr(row, field.attname)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    return repr(value.astimezone(UTC) if isinstance(value, datetime) else value)


def main() -> None:
    """Do what the argument says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        sys.stdout.write(json.dumps(dump()))


if __name__ == "__main__":
    main()
