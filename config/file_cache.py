"""The cache in files, which all processes of one machine share: of several who add, one succeeds."""

import pickle
from pathlib import Path
from time import time
from typing import IO, Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Django's, in which two who add at one moment could both be told that they were first."""

    def __init__(self, folder: str | Path, params: dict[str, Any]) -> None:
        """Keep the files in that folder."""
        super().__init__(str(folder), params)
        self._folder = Path(folder)

    def add(self, *args: Any, **options: Any) -> bool:
        """Write the value where there is none; return whether this call wrote it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / ".adding").open("ab") as file:
            locks.lock(file, locks.LOCK_EX)  # until the file is closed
            return super().add(*args, **options)

    def _is_expired(self, f: IO[bytes]) -> bool:
        """Look, and leave the file: by now another may stand at its place, which Django would delete."""
        try:
            expires = pickle.load(f)  # noqa: S301 # nosec B301 # from our own folder, where Django reads the value behind it so
        except EOFError:
            return True
        return expires is not None and expires < time()
