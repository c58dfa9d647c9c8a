"""What `make bench` runs: one module a question, each with a `run` that prints its ratios."""
