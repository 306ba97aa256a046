"""Grouping texts of like length, so that little of a batch is padding."""

from collections.abc import Iterator, Sequence


def batches(lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """Indices, shortest first, in groups that padded to their longest have at most `limit` tokens (or one member)."""
    group: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if group and lengths[i] * (len(group) + 1) > limit:
            yield group
            group = []
        group.append(i)
    if group:
        yield group
