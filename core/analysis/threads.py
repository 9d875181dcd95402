"""How many processor cores one calculation takes."""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def compute_in_one_thread() -> None:
    """Let each calculation of this process run in the thread that asked for it.

    The matrices here are small: the helpers of BLAS, which wait for work in a loop, were measured to take as much of
    the processor as the calculations themselves, and in a server they take it from the other people.
    """
    threadpool_limits(limits=1)
