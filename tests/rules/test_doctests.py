"""The examples in the docstrings of the engine are true."""

import doctest
import importlib
import pkgutil

import pytest

import reporting.rules

MODULES = sorted(module.name for module in pkgutil.iter_modules(reporting.rules.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    module = importlib.import_module(f"reporting.rules.{name}")

    assert doctest.testmod(module).failed == 0
