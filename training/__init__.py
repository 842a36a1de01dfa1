"""Makes `archiver/quotes/weights.json`. A tool for development: it needs numpy and scipy, which the program does not."""
