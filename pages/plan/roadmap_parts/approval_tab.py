"""Draft."""


def show_approval(*_given: object) -> None:
    """Nothing yet."""
