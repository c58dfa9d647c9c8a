"""Storage of documents that leaves no half of a file, and says every failure as an OSError."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage


class FolderStorage(FileSystemStorage):
    """A folder. What was written of a file before the disk was full would hold the last of its room."""

    def _save(self, name: str, content: Any) -> str:
        try:
            return str(super()._save(name, content))  # type: ignore[misc] # not in the stubs
        except OSError:
            with suppress(OSError):
                Path(self.path(name)).unlink()
            raise


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        message = f"the storage of documents refused or did not answer ({type(error).__name__})"
        raise OSError(message) from error


class BucketStorage(S3Storage):  # type: ignore[misc] # the package is untyped
    """A bucket. A file appears in it whole, or not at all."""

    def _save(self, name: str, content: Any) -> str:
        with _as_os_error():
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_error():
            return super()._open(name, mode)

    def exists(self, name: str) -> bool:
        """Whether a file of that name is there."""
        with _as_os_error():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Delete the file, if it is there."""
        with _as_os_error():
            super().delete(name)
