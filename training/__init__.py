"""Makes `archiver/quotes/weights.json`. For development: it needs numpy and scipy, which the program does not."""
