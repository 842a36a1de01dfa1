"""Whose a document is that was told of before: «X said in a statement that … ¶ “…,” the statement added»."""

from __future__ import annotations

from archiver.quotes.authors import document_read, is_document, is_written, known_document, publisher_in
from archiver.quotes.model import QUOTE, SENTENCE_END, Chunks
from archiver.quotes.patterns import sentence_around, sentence_start

_PARAGRAPHS = 3  # from a document to where it was told of first, at most
_LONGEST = 400  # chunks of them
_STEM = 5  # letters that the forms of a noun share


def publisher(chunks: Chunks, at: int) -> int:
    """Who published the known document that the words of chunk `at` are from, in a sentence further above; or -1."""
    codes = chunks.codes
    start, end = sentence_around(codes, at)
    here = known_document(chunks, start, end)
    here = here if here >= 0 else document_read(chunks, at)
    if here < 0 or codes.count(QUOTE, start, end) > 1 or not is_written(chunks, start, end):
        return -1
    noun = _noun(chunks, here)
    above = max(0, chunks.paragraph_of[at] - _PARAGRAPHS)
    first = max(chunks.line_end[above - 1] + 1 if above else 0, start - _LONGEST)
    chunk = start - 1
    while chunk >= first:
        if is_document(chunks, chunk) and _noun(chunks, chunk)[:_STEM] == noun[:_STEM]:
            begins = sentence_start(codes, chunk)
            past = codes.find(SENTENCE_END, chunk)
            found = publisher_in(chunks, begins, past if past >= 0 else start)
            if found >= 0:
                return found
            chunk = begins  # «The statement went on: …» says no more about whose it is
        chunk -= 1
    return -1


def _noun(chunks: Chunks, chunk: int) -> str:
    """The noun for a document as printed, without what is in front of it."""
    place = chunks.mention_at[chunk]
    return chunks.mentions[place].head if place >= 0 else chunks.words(chunk, chunk + 1).lower().split()[-1]
