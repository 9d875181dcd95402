"""Draft."""


def show_timeline(*_given: object) -> None:
    """Nothing yet."""
