"""Take out of package-lock.json what installing does not need: addresses of hosts."""

import json
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parent.parent / "package-lock.json"
ADDRESSES = ("funding", "resolved")


def without_addresses(lock: dict[str, Any]) -> dict[str, Any]:
    """Return the lock with its packages described by name, version and integrity only."""
    packages = {
        path: {key: value for key, value in package.items() if key not in ADDRESSES}
        for path, package in lock["packages"].items()
    }
    return lock | {"packages": packages}


if __name__ == "__main__":
    LOCK.write_text(json.dumps(without_addresses(json.loads(LOCK.read_text())), indent=2) + "\n")
