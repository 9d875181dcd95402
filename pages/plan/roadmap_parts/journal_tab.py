"""Draft."""


def show_journal(*_given: object) -> None:
    """Nothing yet."""
