"""Run all benchmarks and print a line a number."""

from benchmarks import demo, reading, retrieval, scoring

for part in (scoring, reading, retrieval, demo):
    for name, value in part.measure():
        print(f"{name:<52} {value}", flush=True)
