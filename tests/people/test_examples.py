"""The examples in the docstrings of the room are true."""

import doctest
import importlib
import pkgutil

import pytest

import core.people

MODULES = [module.name for module in pkgutil.iter_modules(core.people.__path__, "core.people.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_room(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
