"""What the rules for changes find, and what they find where there is nothing, in simulated series.

`python -m benchmarks.shifts` prints the tables of docs/method.md (two minutes). A value is the mean of 3 to 12 sources;
its noise is measured in the standard deviation of a value of seven of them. Neighbours are independent, or correlated
as where a mood lingers.
"""

from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np

from models.shifts import Value, turning_points, unusual

SERIES = 1000
LENGTHS = (12, 24, 52, 104)
LINGERING = (0.0, 0.3, 0.6)  # correlation of neighbours
SIZES = (1.5, 2.0, 3.0, 6.0)  # of a step
SPIKES = (4.0, 6.0, 8.0)
NOISE = 0.05  # net stance, so that what is found is far above the least that counts
NEAR = 2  # periods that a turning point may be off


def series(
    chance: np.random.Generator, length: int, lingering: float = 0.0, step: float = 0.0, spike: float = 0.0
) -> list[Value]:
    """A level with noise; a step or a single spike in the middle, in standard deviations."""
    sources = chance.integers(3, 13, length)
    drawn = chance.normal(size=length)
    noise = [drawn[0]]
    for one in drawn[1:]:
        noise.append(lingering * noise[-1] + sqrt(1 - lingering**2) * one)
    values = np.array(noise) / np.sqrt(sources / 7)
    values[length // 2 :] += step
    values[length // 2] += spike
    return [Value(NOISE * float(value), int(count)) for value, count in zip(values, sources, strict=True)]


def false_alarms(length: int, lingering: float, many: int = SERIES) -> tuple[float, float]:
    """The share of series without a change that have a turning point, and of their periods that are unusual."""
    chance = np.random.default_rng(length)
    drawn = [series(chance, length, lingering) for _ in range(many)]
    turned = [turning_points(values) for values in drawn]
    odd = [len(unusual(values, turns)) for values, turns in zip(drawn, turned, strict=True)]
    return sum(map(bool, turned)) / many, sum(odd) / (many * (length - 8))


def found(length: int, step: float = 0.0, spike: float = 0.0, many: int = SERIES) -> float:
    """The share of series whose step or spike in the middle is found, a step within two periods."""
    chance = np.random.default_rng(length + round(10 * (step + spike)))
    drawn = [series(chance, length, step=step, spike=spike) for _ in range(many)]
    middle = length // 2
    if spike:
        return sum(any(one.at == middle for one in unusual(values, [])) for values in drawn) / many
    return sum(any(abs(turn - middle) <= NEAR for turn in turning_points(values)) for values in drawn) / many


def _alarms() -> Iterator[Sequence[str]]:
    for length in LENGTHS:
        alarms = [false_alarms(length, lingering) for lingering in LINGERING]
        yield [str(length), *(f"{turns:.1%}" for turns, _ in alarms), *(f"{odd:.1%}" for _, odd in alarms)]


def _finds() -> Iterator[Sequence[str]]:
    for length in LENGTHS:
        spikes = [f"{found(length, spike=s):.0%}" if length // 2 >= 8 else "" for s in SPIKES]
        yield [str(length), *(f"{found(length, step=size):.0%}" for size in SIZES), *spikes]


def _print(columns: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    for row in (columns, ["---"] * len(columns), *rows):
        print("| " + " | ".join(row) + " |")
    print()


def main() -> None:
    kinds = ("a turning point", "unusual, of periods")
    _print(["periods", *(f"{kind}, ρ {rho}" for kind in kinds for rho in LINGERING)], _alarms())
    _print(["periods", *(f"step of {size} σ" for size in SIZES), *(f"spike of {size} σ" for size in SPIKES)], _finds())
    print(f"{SERIES:,} series a cell; Monte Carlo standard error {sqrt(0.05 * 0.95 / SERIES):.1%} at 5%, "
          f"{0.5 / sqrt(SERIES):.1%} at 50%.")  # fmt: skip


if __name__ == "__main__":
    main()
