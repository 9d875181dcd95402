"""Draft."""


def show_head_actions(*_given: object) -> None:
    """Nothing yet."""
