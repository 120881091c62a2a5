"""Caches of a method that go with their object.

`lru_cache` around a bound method, kept on the object itself, is a circle: a base that was replaced would stay until the
garbage collector walks through everything, which stops all answers meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakMethod

P = ParamSpec("P")
R = TypeVar("R")


def weakly(method: Callable[P, R]) -> Callable[P, R]:
    """A bound method that does not keep the object it is bound to, for a part of that object that calls back."""
    weak = WeakMethod(cast(Any, method))

    def told(*args: Any) -> Any:
        held = weak()
        assert held is not None, "who asks holds the object"
        return held(*args)

    return cast(Callable[P, R], told)


def own_cache(method: Callable[P, R], maxsize: int) -> Callable[P, R]:
    """What a bound method told, kept for `maxsize` arguments, without keeping the object it is bound to."""
    return cast(Callable[P, R], lru_cache(maxsize)(weakly(method)))
