"""From the WARC files to the index, whatever happened in between.

`entries` makes index rows of extractions · `assertions` stores extractions and takes assertions files in · `pages` finds
snapshots that nobody has extracted yet and gets at their pages · `whole` rebuilds, catches up and extracts anew.
"""

from archiver.rebuild.assertions import Broken, TakenIn, assert_extraction, read_assertions, take_in
from archiver.rebuild.entries import entries_of

__all__ = ["Broken", "TakenIn", "assert_extraction", "entries_of", "read_assertions", "take_in"]
