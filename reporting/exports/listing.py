"""The heading of a list of what States sent, to be filled in."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from reporting.exports.files import as_csv
from reporting.exports.workbook import Sheet, as_xlsx
from reporting.services.listing.rows import COLUMNS

_WIDTH = 16


def template_csv() -> Iterator[str]:
    """Go through the lines of the file, which is its heading."""
    return as_csv(COLUMNS, [])


def template_xlsx() -> IO[bytes]:
    """Return the workbook, in which every cell is text."""
    name = _("Reports sent")
    many = len(COLUMNS)
    sheet = Sheet(
        title=name,
        name=name,
        heading=COLUMNS,
        widths=[_WIDTH] * many,
        numeric=[False] * many,
    )
    return as_xlsx(sheet, [])
