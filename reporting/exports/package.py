"""Rows of any number written into an office document while it is packed.

The libraries that make office documents hold or format each cell as an object, which takes many times
as long as the row itself. So a library makes the document without its rows, with styles, page and
properties, and the rows are written where a mark stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

_ROWS_AT_ONCE = 200
# The quickest level: the next ones take longer and save a few per cent of such text.
_LEVEL = 1
_SPECIAL = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def packed(
    shell: IO[bytes], *, part: str, mark: str, texts: Iterable[str], without: str = ""
) -> IO[bytes]:
    """Return the document with the texts before the mark in that part; the file is its caller's.

    ``without`` is a pattern of what the library wrote about its rows, which would no longer be true.
    """
    made = TemporaryFile()  # noqa: SIM115 - the answer closes it
    with (
        ZipFile(shell) as source,
        ZipFile(made, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        for item in source.infolist():
            content = source.read(item)
            if item.filename != part:
                target.writestr(item.filename, content)
                continue
            before, after = content.split(mark.encode())
            with target.open(item.filename, "w", force_zip64=True) as stream:
                stream.write(re.sub(without.encode(), b"", before))
                for block in _blocks(texts):
                    stream.write(block.encode())
                stream.write(mark.encode() + after)
    made.seek(0)
    return made


def _blocks(texts: Iterable[str]) -> Iterator[str]:
    remaining = iter(texts)
    while block := "".join(islice(remaining, _ROWS_AT_ONCE)):
        yield block


def safe(texts: Sequence[str]) -> Sequence[str]:
    """Return the texts as they may stand in XML; what XML cannot hold is left out."""
    if not _SPECIAL.search("".join(texts)):
        return texts
    return [escape(_FORBIDDEN.sub("", text), quote=False) for text in texts]
