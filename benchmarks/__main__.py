"""`python -m benchmarks [NAME ...]`: run the named benchmarks, or all that do not ask to be named."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

import django

import benchmarks

PREFIX = "bench_"


def available() -> list[str]:
    """Return the names of the benchmarks: the modules of this package called bench_NAME."""
    names = (module.name for module in iter_modules(benchmarks.__path__))
    return sorted(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))


def main(chosen: Sequence[str]) -> int:
    """Run the benchmarks; return 0, or 2 for a name that is none."""
    names = available()
    if unknown := set(chosen) - set(names):
        sys.stderr.write(f"No such benchmark: {', '.join(unknown)}; there are: {names}\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for name in names:
        benchmark = import_module(f"benchmarks.{PREFIX}{name}")
        if name in chosen or not (chosen or getattr(benchmark, "ON_REQUEST", False)):
            sys.stdout.write(f"\n=== {name}\n")
            benchmark.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
