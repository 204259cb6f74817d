"""Benchmarks: ratios measured in one run, on one machine, written into docs/benchmarks.md. `make bench`."""
