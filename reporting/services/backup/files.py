"""The files of a backup, put where the storage keeps them; taken away again where the rest fails."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage

from reporting.services.backup.archive import Reader
from reporting.services.backup.tables import Columns, file_fields

_CHUNK = 1024 * 1024


@dataclass
class Files:
    """What was written, and what the rows named that are being replaced."""

    reader: Reader
    written: list[tuple[Storage, str]] = field(default_factory=list)
    named: set[tuple[Storage, str]] = field(default_factory=set)
    replaced: list[tuple[Storage, str]] = field(default_factory=list)

    def remember(self, columns: Columns) -> None:
        """Note the files of the rows that are about to go."""
        for _place, each in file_fields(columns):
            names = columns.model._base_manager.exclude(**{each.attname: ""})  # noqa: SLF001
            for name in names.values_list(each.attname, flat=True).iterator():
                self.replaced.append((each.storage, name))

    def put(self, name: str, storage: Storage) -> str:
        """Write a file that a row names and return where it is; what is there already stays.

        A file that was lost before the backup stays lost, and its row says so when it is opened.
        """
        expected = self.reader.manifest.sums.get(f"files/{name}")
        if expected is None or (storage.exists(name) and _sum(storage, name) == expected):
            self.named.add((storage, name))
            return name
        with self.reader.open(f"files/{name}") as content:
            kept = storage.save(name, File(content, name=name))
        self.written.append((storage, kept))
        self.named.add((storage, kept))
        return kept

    def take_back(self) -> None:
        """Delete what was written: what was there before is there still."""
        for storage, name in self.written:
            storage.delete(name)

    def drop_what_was_replaced(self) -> None:
        """Delete the files that no row names any more."""
        for storage, name in self.replaced:
            if (storage, name) not in self.named:
                storage.delete(name)


def _sum(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name) as file:
        for chunk in _chunks(file):
            digest.update(chunk)
    return digest.hexdigest()


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
