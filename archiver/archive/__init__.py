"""The entry point: an open archive, with one method per verb.

facade       Archive: opens the folder; each method is a call into one of the modules below
writing      capture, add, catch up, rebuild, extract again
deciding     what people decide: review, withdraw, release, erase
persons      speakers joined or separated by people
reading      search, look up, texts and records, as one viewer sees them
comparisons  a quote beside others: claims, statements, occurrences, captures of its page
replaying    a saved page shown again
proofs       verification, evidence packages
signing      keys and signatures of the archive
health       what works and what does not
resources    index, extractor, writers: opened at first use, closed together
values       what became of a URL or file, of a rebuild
"""

from archiver.archive.facade import Archive
from archiver.archive.proofs import verify_file
from archiver.archive.values import Kept, Outcome, Part, Rebuilt, ReplayedPage

__all__ = ["Archive", "Kept", "Outcome", "Part", "Rebuilt", "ReplayedPage", "verify_file"]
