"""Answers kept by what they follow from: what nobody changed is not worked out again.

A key holds everything that the answer depends on, so a kept answer is never out of date; it is only thrown away.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial, wraps
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from core.analysis.work import Work

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


class Kept:
    """The answers asked for last, as many as weigh no more than a limit together; several threads may ask."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._lock = Lock()
        self._known: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], _Answer], weigh: Callable[[_Answer], int] | None = None) -> _Answer:
        """Return the answer of this key, made now unless it is kept. Without `weigh` each answer weighs one."""
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
                return cast("_Answer", found[0])
        answer = make()
        weight = 1 if weigh is None else weigh(answer)
        with self._lock:
            if key not in self._known and weight <= self._most:
                self._known[key] = answer, weight
                self._weight += weight
                while self._weight > self._most:
                    _key, (_answer, lightened) = self._known.popitem(last=False)
                    self._weight -= lightened
        return answer


def once_a_work(
    compute: Callable[Concatenate[Work, _Given], _Answer],
) -> Callable[Concatenate[Work, _Given], _Answer]:
    """Make a pure function of a work keep its last answers with the work itself; further arguments are hashable.

    For small answers only: whoever gets one looks at it and never changes it.
    """

    @wraps(compute)
    def answered(work: Work, /, *given: _Given.args, **options: _Given.kwargs) -> _Answer:
        key = (compute, given, tuple(sorted(options.items())))
        return work.answers.of(key, partial(compute, work, *given, **options))

    return answered
