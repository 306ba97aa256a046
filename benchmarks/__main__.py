"""Run all benchmarks and print a line a number."""

from benchmarks import demo, meaning, reading, retrieval, scoring, search

for part in (scoring, reading, retrieval, search, meaning, demo):
    for name, value in part.measure():
        print(f"{name:<52} {value}", flush=True)
