"""Carrying out coroutines of an ASGI application in a test."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def completed(coroutine: Coroutine[object, object, None]) -> None:
    """Carry a coroutine out in a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, coroutine).result()
