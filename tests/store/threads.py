"""Several threads that do the same at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread


def at_once(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run the work in so many threads that start together and return what they raised."""
    barrier, raised = Barrier(count), []

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        except BaseException as error:
            raised.append(error)

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
