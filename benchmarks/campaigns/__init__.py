"""The campaigns of `benchmarks.soak`: crash, race and load. Loopback only; each ends by itself."""
