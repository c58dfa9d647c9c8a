"""What the settings compute from the environment and from the folder of variable data."""

import hashlib
import os
import re
import secrets
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# sun_path holds 104 bytes on macOS and 108 on Linux, with the closing zero.
LONGEST_SOCKET_PATH = 100
PLAIN_PATH = re.compile(r"[\w./-]+", re.ASCII)
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;"
    ),
}


def refuse_if(condition: bool, sentence: str) -> None:  # noqa: FBT001 - it reads as a sentence
    """Raise ImproperlyConfigured with this sentence where the condition holds."""
    if condition:
        raise ImproperlyConfigured(sentence)


def writable_folder(path: Path) -> Path:
    """Return the folder of variable data, made if it is missing and open to its owner only.

    Raise ImproperlyConfigured, in one sentence, where nothing can be written.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(_cannot_write(path, error.strerror)) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(_cannot_write(path, "permission denied"))
    return path


def close_to_others(path: Path) -> None:
    """Let nobody but its owner into this folder, where that is who runs this."""
    state = path.stat()
    if state.st_uid == os.getuid() and state.st_mode & 0o077:
        path.chmod(0o700)


def _cannot_write(path: Path, reason: str | None) -> str:
    return f"The data folder {path} cannot be written ({reason}); set VAR_DIR to one that can."


def own_file(path: Path) -> None:
    """Make the file of a database for its owner only, whatever command comes first; one that is there stays.

    SQLite would make it by the umask, and gives the files beside it the mode of this one.
    """
    with suppress(OSError):  # there already, or the folder cannot be written: SQLite says so
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def kept_secret(path: Path) -> str:
    """Return the secret in this file; the first process that asks makes it, the others read it.

    The file appears complete and with mode 600, or not at all: a hard link never replaces one.
    """
    if not path.exists():
        _make_secret(path)
    return path.read_text().strip()


def _make_secret(path: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        Path(path).hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first
    finally:
        Path(draft).unlink()


def broker_socket(folder: Path) -> Path:
    """Return where the embedded broker of this data folder listens.

    Inside the folder, unless that path is too long for a socket or needs quoting in a URL: then in
    a folder of a short name, the same for every process of this user and this data folder.
    """
    inside = folder / "broker" / "broker.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(inside)):
        return inside
    base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(base) / f"reporting-{os.getuid()}-{digest}" / "broker.sock"


def database(env: environ.Env, folder: Path) -> dict[str, Any]:
    """Return the settings of the database: DATABASE_URL, or SQLite in this folder."""
    if env.str("DATABASE_URL", default=""):
        with warnings.catch_warnings(action="ignore"):  # what follows says it better
            named: dict[str, Any] = env.db_url("DATABASE_URL")
    else:
        named = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "db.sqlite3"}
    refuse_if(
        not named.get("ENGINE"),
        "DATABASE_URL is no address of a database, as in postgres://user:password@host/name.",
    )
    if "sqlite3" not in named["ENGINE"]:
        return named
    if not str(named["NAME"]).startswith((":", "file:")):  # in memory
        own_file(Path(named["NAME"]))
    return named | {"OPTIONS": SQLITE_OPTIONS | named.get("OPTIONS", {})}


def with_pool(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the database settings with a pool of connections, where the engine has pools."""
    if "postgresql" not in settings["ENGINE"]:
        return settings
    pool = {"min_size": 1, "max_size": 8, "timeout": 10}
    options = settings.get("OPTIONS", {}) | {"pool": pool}
    return settings | {"OPTIONS": options, "CONN_MAX_AGE": 0}
