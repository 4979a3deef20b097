"""Benchmarks: whole processes, side by side on the machine at hand, as ratios."""
