"""Draft."""


def show_measure(_measure_id: int) -> None:
    """Nothing yet."""
