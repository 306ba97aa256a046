"""How often the 95% interval of the index holds the value that it estimates, in simulated newsrooms.

`python -m benchmarks.coverage` prints the table of docs/method.md (a minute). A newsroom has k sources. Each has a
stance of its own about that of all outlets of its kind, which is what the interval is for; its articles vary about its
stance, weigh as relevance and shared stories make them weigh, and some sources have fifty times as many as others.
"""

from collections.abc import Callable, Iterator
from math import sqrt
from typing import Any

import numpy as np

from models.series import interval
from models.stance_capex import lead_lag

QUARTERS = (12, 16, 24, 40)
SOURCES = (3, 4, 5, 8, 12, 20, 40)
NEWSROOMS = 10_000
MEAN, BETWEEN, WITHIN = 0.1, 0.15, 0.3  # net stance; standard deviations of sources and of a source's articles
TYPICAL, SKEW = 8, 1.2  # articles of a source: median and log-normal sigma

Draw = Callable[[np.random.Generator, int], Any]


def _normal(chance: np.random.Generator, size: int) -> Any:
    return chance.normal(size=size)


def _none(_chance: np.random.Generator, size: int) -> Any:
    return np.zeros(size)


def _heavy(chance: np.random.Generator, size: int) -> Any:
    return chance.standard_t(3, size) / sqrt(3)


def _skewed(chance: np.random.Generator, size: int) -> Any:
    """Most sources near each other, a few very far to one side: a log-normal, centred and scaled."""
    return (chance.lognormal(size=size) - np.exp(0.5)) / sqrt(np.exp(2) - np.exp(1))


def _camps(chance: np.random.Generator, size: int) -> Any:
    """One source in ten belongs to a camp far from the others."""
    return (np.where(chance.random(size) < 0.1, 1.0, 0.0) - 0.1) / 0.3


def _owners(chance: np.random.Generator, size: int) -> Any:
    """Three sources in a row have one owner, whose stance they share to a half."""
    owner = np.repeat(chance.normal(size=-(-size // 3)), 3)[:size]
    return sqrt(0.5) * owner + sqrt(0.5) * chance.normal(size=size)


SETTINGS: dict[str, Draw] = {
    "normal source effects, as assumed": _normal,
    "no source effects": _none,
    "heavy tails (t with 3 degrees)": _heavy,
    "strongly skewed (log-normal)": _skewed,
    "a camp of one in ten": _camps,
    "three sources an owner": _owners,
}


def coverage(draw: Draw, sources: int, newsrooms: int, seed: int) -> float:
    """The share of newsrooms whose interval holds the mean of the sources that could have been drawn."""
    chance = np.random.default_rng(seed)
    held = 0
    for _ in range(newsrooms):
        found = interval(_means(chance, MEAN + BETWEEN * draw(chance, sources)))
        held += found.lower <= MEAN <= found.upper
    return held / newsrooms


def _means(chance: np.random.Generator, stances: Any) -> list[float]:
    """The weighted mean of each source's articles."""
    sizes = np.maximum(1, np.exp(chance.normal(np.log(TYPICAL), SKEW, len(stances)))).astype(int)
    owner = np.repeat(np.arange(len(stances)), sizes)
    weights = chance.uniform(0.5, 1, len(owner)) / chance.choice([1, 1, 1, 2, 4], len(owner))
    nets = stances[owner] + chance.normal(0, WITHIN, len(owner))
    sums = np.bincount(owner, weights * nets) / np.bincount(owner, weights)
    return [float(mean) for mean in sums]


def rows(newsrooms: int = NEWSROOMS) -> Iterator[tuple[str, list[float]]]:
    """For each setting the coverage by number of sources."""
    for number, (name, draw) in enumerate(SETTINGS.items()):
        yield name, [coverage(draw, sources, newsrooms, 100 * number + sources) for sources in SOURCES]


def band(quarters: int, pairs_of_series: int = NEWSROOMS) -> float:
    """The share of unrelated pairs of series whose band of lead and lag holds 0 at every lag."""
    chance = np.random.default_rng(quarters)
    held = 0
    for _ in range(pairs_of_series):
        moods, spending = (chance.normal(size=quarters).cumsum().tolist() for _ in range(2))
        lags = [(one.lower, one.upper) for one in lead_lag(moods, spending)]
        held += all(low is None or upp is None or low <= 0 <= upp for low, upp in lags)
    return held / pairs_of_series


def main() -> None:
    """Print the table, with the Monte Carlo standard error of a coverage of 95%."""
    print("| sources | " + " | ".join(str(sources) for sources in SOURCES) + " |")
    print("| --- |" + " --- |" * len(SOURCES))
    for name, held in rows():
        print(f"| {name} | " + " | ".join(f"{share:.1%}" for share in held) + " |")
    print(f"\n{NEWSROOMS:,} newsrooms a cell; Monte Carlo standard error {sqrt(0.95 * 0.05 / NEWSROOMS):.1%}.")
    told = ", ".join(f"{band(quarters):.1%} with {quarters} quarters" for quarters in QUARTERS)
    print(f"The band of lead and lag holds 0 at every lag of two unrelated series in {told}.")


if __name__ == "__main__":
    main()
