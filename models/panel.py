"""The fixed panel: the sources that are there all the time, so that a change of the series is one of the mood."""

from collections.abc import Collection, Sequence


def fixed_panel(heard: Sequence[Collection[int]]) -> frozenset[int]:
    """The sources in every period, of those that the open series gives a value, in order of time.

    The first and the last period may be cut off, so they have no say when there are others.
    """
    whole = heard[1:-1] or heard
    return frozenset(set.intersection(*map(set, whole))) if whole else frozenset()
