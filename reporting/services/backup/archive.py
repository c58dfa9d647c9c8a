"""The archive: a ZIP of tables and files that ends with a list of what is in it, each with its sum.

Everything is written and read piece by piece, so that its size does not matter to the memory.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DamagedDataError  # noqa: N812 - it names an exception as exceptions are

from django.utils.translation import gettext

FORMAT, VERSION = "reporting backup", 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024


class BackupError(Exception):
    """Why nothing was written, or nothing restored: one sentence for whoever runs the command."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the archive; ``last`` is the highest number that a row of it has ever had."""

    columns: list[str]
    rows: int
    last: int | None


@dataclass(slots=True)
class Manifest:
    """What is in an archive.

    ``migrations`` are those of its tables, by application; ``missing`` the files that rows name and
    the storage had lost already.
    """

    made_at: str
    migrations: dict[str, list[str]]
    tables: dict[str, Table] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables.values())


class Writer:
    """Puts members into a new archive and keeps their sums."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        """Take the archive, which is open for writing, and the list to fill."""
        self.manifest = manifest
        self._archive = archive

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool) -> None:
        """Write a member; documents are packed already by their own formats."""
        digest = hashlib.sha256()
        with self._archive.open(self._info(name, packed=packed), "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
        self.manifest.sums[name] = digest.hexdigest()

    def finish(self) -> None:
        """Write the list of what is in it."""
        content = {"format": FORMAT, "version": VERSION, **asdict(self.manifest)}
        self._archive.writestr(self._info(MANIFEST, packed=True), json.dumps(content, indent=1))

    def _info(self, name: str, *, packed: bool) -> ZipInfo:
        when = datetime.fromisoformat(self.manifest.made_at)
        info = ZipInfo(name, when.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o600 << 16
        return info


class Reader:
    """Reads an archive that is what it says, every byte of it."""

    def __init__(self, path: Path) -> None:
        """Open it; raise BackupError where it is no archive of ours, or of a later format."""
        self.path = path
        try:
            self._archive = ZipFile(path)
            self.manifest = _manifest(self._archive)
        except OSError as error:
            sentence = gettext("“%(path)s” cannot be read: %(reason)s.")
            raise BackupError(sentence % {"path": path, "reason": error.strerror}) from error
        except (BadZipFile, KeyError, ValueError, TypeError, DamagedDataError) as error:
            sentence = gettext("“%(path)s” is no backup of this application, or it is damaged.")
            raise BackupError(sentence % {"path": path}) from error

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def check(self) -> None:
        """Read everything once; raise BackupError where it is not what was written."""
        if {*self._archive.namelist()} != {*self.manifest.sums, MANIFEST}:
            raise self._damaged()
        for name, expected in self.manifest.sums.items():
            digest = hashlib.sha256()
            for chunk in self._chunks(name):
                digest.update(chunk)
            if digest.hexdigest() != expected:
                raise self._damaged()

    def open(self, name: str) -> IO[bytes]:
        """Open a member."""
        return self._archive.open(name)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (BadZipFile, EOFError, KeyError, OSError, RuntimeError, DamagedDataError) as error:
            raise self._damaged() from error

    def _damaged(self) -> BackupError:
        sentence = gettext("“%(path)s” is damaged: its contents are not what was written.")
        return BackupError(sentence % {"path": self.path})


def _manifest(archive: ZipFile) -> Manifest:
    """Return the list of what is in it; raise ValueError where it is none of ours."""
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ValueError
    content: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if content.pop("format") != FORMAT:
        raise ValueError
    if content.pop("version") > VERSION:
        sentence = gettext(
            "This backup was made by a newer version of the application: restore it with that one."
        )
        raise BackupError(sentence)
    tables = {name: Table(**table) for name, table in content.pop("tables").items()}
    return Manifest(tables=tables, **content)
