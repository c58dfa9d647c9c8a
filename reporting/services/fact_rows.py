"""Writing what the fact files say: a row that is on record already is changed where it differs."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from reporting.models import StateFact
from reporting.models.fact import Fact
from reporting.models.text import straight
from reporting.services.fact_files import Problem, Row

M = TypeVar("M", bound=models.Model)
ANY = models.Q()


@dataclass
class Loaded:
    """How many rows were new, changed, or as before."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    obligations: int = 0


@dataclass
class FactRows:
    """What was written so far, from which lines, and what was wrong with them."""

    as_at: date
    _keywords: KW_ONLY
    problems: list[Problem] = field(default_factory=list)
    loaded: Loaded = field(default_factory=Loaded)
    places: dict[str, Row] = field(default_factory=dict)
    seen: dict[tuple[str, tuple[Any, ...]], str] = field(default_factory=dict)

    def save(
        self,
        row: Row,
        model: type[M],
        identity: dict[str, Any],
        values: dict[str, Any],
        *,
        among: models.Q = ANY,
    ) -> M | None:
        """Write what the row is about, which no other row may be; note what the model refuses."""
        if self._is_duplicate(row, model, identity):
            return None
        return self.write(row, model, identity, values, among=among)

    def write(
        self,
        row: Row,
        model: type[M],
        identity: dict[str, Any],
        values: dict[str, Any],
        *,
        among: models.Q = ANY,
    ) -> M | None:
        """Write what the row names where it is new or differs; note what the model refuses."""
        # As they will be kept: else the same line would change its row again and again.
        values = {
            name: straight(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        on_record: models.QuerySet[M] = models.QuerySet(model)
        found = on_record.filter(among, **identity).order_by("pk").first()
        instance = found or self._new(row, model, identity)
        if found and all(getattr(found, name) == value for name, value in values.items()):
            self.loaded.unchanged += 1
            return self._placed(row, instance)
        for name, value in values.items():
            setattr(instance, name, value)
        if not self._is_valid(row, instance):
            return None
        instance.save()
        self.loaded.created += not found
        self.loaded.updated += bool(found)
        return self._placed(row, instance)

    def _new(self, row: Row, model: type[M], identity: dict[str, Any]) -> M:
        if issubclass(model, Fact | StateFact):
            return model(**identity, recorded_on=row.day("recorded_on") or self.as_at)
        return model(**identity)

    def _is_duplicate(self, row: Row, model: type[models.Model], identity: dict[str, Any]) -> bool:
        key = (model.__name__, tuple(identity.items()))
        before = self.seen.setdefault(key, row.place)
        if before != row.place:
            row.problem("", _("says again what %(place)s says") % {"place": before})
        return before != row.place

    def _placed(self, row: Row, instance: M) -> M:
        ref = getattr(instance, "ref", None)
        if ref:
            self.places[ref] = row
        return instance

    def _is_valid(self, row: Row, instance: models.Model) -> bool:
        found = len(self.problems)
        try:
            instance.full_clean()
        except ValidationError as error:
            for name, reasons in error.message_dict.items():
                if not self._was_noted(row, name):
                    for reason in reasons:
                        row.problem("" if name == NON_FIELD_ERRORS else name, reason)
        noted_here = any((each.file, each.line) == (row.file, row.line) for each in self.problems)
        return len(self.problems) == found and not noted_here

    def _was_noted(self, row: Row, column: str) -> bool:
        return any(
            (each.file, each.line, each.column) == (row.file, row.line, column)
            for each in self.problems
        )
