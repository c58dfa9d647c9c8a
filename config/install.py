"""Install what the lock files name, and nothing that is there already.

Run by path with any Python from 3.11 on: this file imports the standard library only, because it
runs before there is anything else.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LOG = VENV / "install.log"
NODE_MODULES = ROOT / "node_modules"
# A word in the installer's output, and what it means for the person who waits.
REASONS = {
    "No space left on device": "the disk is full",
    "ENOSPC": "the disk is full",
    "DO NOT MATCH THE HASHES": "a package differs from the one that was locked",
    "NewConnectionError": "no network, or the package index does not answer",
    "NameResolutionError": "no network, or the package index does not answer",
    "ConnectTimeoutError": "no network, or the package index does not answer",
    "ProxyError": "the proxy does not answer",
    "ENOTFOUND": "no network, or the package index does not answer",
    "EAI_AGAIN": "no network, or the package index does not answer",
    "ECONNREFUSED": "no network, or the package index does not answer",
    "ETIMEDOUT": "no network, or the package index does not answer",
    "No matching distribution": "the package index has no build of a package for this machine",
    "ensurepip": "its venv module is incomplete; on Debian: apt install python3-venv",
}


class InstallError(Exception):
    """One sentence for the person who ran the command."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run(what: str, command: Sequence[str], *, each_line: Callable[[str], None]) -> None:
    """Run a command with its output in the log; raise InstallError with the reason if it fails."""
    lines = []
    with (
        LOG.open("a") as log,
        subprocess.Popen(  # noqa: S603 - the commands are our own
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            lines.append(line)
            each_line(line)
    if process.returncode:
        raise InstallError(failure(what, "".join(lines)))


def failure(what: str, output: str) -> str:
    """Return the sentence that says why installing failed."""
    found = (reason for word, reason in REASONS.items() if word in output)
    return f"Could not install {what}: {next(found, 'see the log')} ({LOG})."


def counter() -> Callable[[str], None]:
    """Return a listener to pip's output that says how far it is, every ten packages."""
    seen = 0

    def count(line: str) -> None:
        nonlocal seen
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            if seen % 10 == 0:
                say(f"  {seen} packages fetched")
        elif line.startswith("Installing collected packages"):
            say("  unpacking")

    return count


def quiet(_line: str) -> None:
    """Show nothing of an output line."""


def digest(path: Path) -> str:
    """Return a stamp of this lock for this Python."""
    return hashlib.sha256(path.read_bytes() + sys.version.encode()).hexdigest()


def is_current(stamp: Path, lock: Path) -> bool:
    """Return whether the stamp says that this very lock is installed."""
    return stamp.exists() and stamp.read_text() == digest(lock)


def ensure_venv() -> None:
    """Make the virtual environment where there is none that works."""
    if (BIN / "python").exists() and (BIN / "pip").exists():
        return
    say("Making the virtual environment .venv")
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    except subprocess.CalledProcessError as error:
        text = f"Could not make .venv with {sys.executable}: {REASONS['ensurepip']}."
        raise InstallError(text) from error


def ensure_lock(name: str, what: str) -> None:
    """Install the packages of a hashed lock, unless this very lock is installed."""
    lock, stamp = ROOT / name, VENV / f"{name}.stamp"
    if is_current(stamp, lock):
        return
    say(f"Installing {what}")
    flags = ["--require-hashes", "--no-input", "--retries=2", "--timeout=30"]
    pip = [str(BIN / "python"), "-m", "pip", "install"]
    run(what, [*pip, *flags, "-r", str(lock)], each_line=counter())
    stamp.write_text(digest(lock))


def npm() -> str:
    """Return an npm: the one on PATH, else one from the package registry, in .venv."""
    found = shutil.which("npm")
    if found is None:
        ensure_lock("requirements-node.txt", "Node.js, because there is no npm on PATH")
    return found or str(BIN / "npm")


def ensure_front_end() -> None:
    """Get the front-end packages, unless this very lock is installed."""
    lock, stamp = ROOT / "package-lock.json", NODE_MODULES / ".stamp"
    if is_current(stamp, lock):
        return
    command = npm()
    os.environ["PATH"] = f"{os.environ['PATH']}{os.pathsep}{BIN}"  # npm starts node by its name
    say("Getting the front-end packages")
    flags = ["--ignore-scripts", "--no-progress", "--fetch-retries=1"]
    flags += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=2000"]
    run("the front-end packages", [command, "ci", *flags], each_line=quiet)
    stamp.write_text(digest(lock))


def ensure_catalogues() -> None:
    """Compile the texts of every language whose catalogue has changed."""
    command = [str(BIN / "python"), "-m", "config.catalogues", "compile"]
    run("the languages", command, each_line=quiet)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the right to install into this checkout; wait while another process has it."""
    with (ROOT / "requirements.txt").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(*, with_tests: bool) -> None:
    """Bring .venv and node_modules to what the locks say, and the languages to their catalogues."""
    with alone():
        ensure_venv()
        ensure_lock("requirements.txt", "the Python packages")
        if with_tests:
            ensure_lock("requirements-dev.txt", "the packages for tests and checks")
        ensure_front_end()
        ensure_catalogues()


def main() -> int:
    """Install; return 0, or 1 after one sentence on what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tests", action="store_true", help="what tests and checks need, too")
    try:
        install(with_tests=parser.parse_args().tests)
    except InstallError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped while installing; the next run goes on from here.\n")
        return 130
    except OSError as error:
        sys.stderr.write(f"Could not install: {error.strerror} ({error.filename or ROOT}).\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
