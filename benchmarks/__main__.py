"""`python -m benchmarks [NAME ...]`: run the named benchmarks, or all of them."""

import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

import benchmarks


def available() -> list[str]:
    """Return the names of the benchmarks, one for each module of this package."""
    names = (module.name for module in iter_modules(benchmarks.__path__))
    return sorted(name for name in names if not name.startswith("_"))


def main(chosen: Sequence[str]) -> int:
    """Run the benchmarks; return 0, or 2 for a name that is none."""
    names = available()
    if unknown := set(chosen) - set(names):
        sys.stderr.write(f"No such benchmark: {', '.join(unknown)}; there are: {names}\n")
        return 2
    for name in chosen or names:
        sys.stdout.write(f"\n=== {name}\n")
        import_module(f"benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
