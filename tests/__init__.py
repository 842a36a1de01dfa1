"""The tests: one file per module or promise."""
