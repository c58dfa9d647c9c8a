"""CSV and JSON, written line by line as they are sent."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import StringIO
from itertools import islice

from reporting.exports.columns import REMEMBERED, Cell, defused

# Excel takes a CSV for UTF-8 only where it begins with this.
BYTE_ORDER_MARK = "\ufeff"
_ROWS_AT_ONCE = 500


def as_csv(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Go through the text of a CSV file: the names, then a line a row; texts are defused."""
    yield BYTE_ORDER_MARK + _csv([names])
    remaining = map(defused, rows)
    while block := _csv(islice(remaining, _ROWS_AT_ONCE)):
        yield block


def _csv(rows: Iterable[Sequence[Cell]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def as_json(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Go through the text of a JSON array with an object a row; what is not there is ``null``."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    known = lru_cache(REMEMBERED)(encode)
    line = "{" + ", ".join(f"{encode(name).replace('%', '%%')}: %s" for name in names) + "}"
    remaining = (line % tuple(map(known, row)) for row in rows)
    separator = "[\n"
    while block := ",\n".join(islice(remaining, _ROWS_AT_ONCE)):
        yield f"{separator}{block}"
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
