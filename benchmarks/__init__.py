"""What `make bench` runs: one module bench_NAME a question, whose `run` prints ratios."""
