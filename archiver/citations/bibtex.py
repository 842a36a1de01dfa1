"""BibTeX: one `@article` entry in UTF-8, its values safe for LaTeX."""

from __future__ import annotations

from archiver.citations.names import Name, name_of
from archiver.citations.sentences import sentence
from archiver.citations.works import Work

MEDIA_TYPE = "application/x-bibtex"

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: "\\" + char for char in "&%$#_"},
}


def entry(work: Work) -> str:
    """The entry; its key is the id."""
    date = work.published
    fields = {
        "author": " and ".join(_author(name_of(author, work.row.language)) for author in work.authors),
        "title": f"{{{escaped(work.title)}}}",  # a second pair of braces keeps capitals
        "journal": escaped(work.outlet),
        "year": str(date[0]) if date else "",
        "month": str(date[1]) if len(date) > 1 else "",
        "day": str(date[2]) if len(date) > 2 else "",
        "url": _address(work.url),
        "urldate": work.capture_time[:10],
        "language": escaped(work.row.language or ""),
        "note": escaped(sentence(work)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value and value != "{}"]
    return f"@article{{{work.id},\n" + ",\n".join(lines) + "\n}\n"


def escaped(text: str) -> str:
    """Text in which LaTeX finds no command, on one line."""
    return "".join(_ESCAPES.get(char, char) for char in " ".join(text.split()))


def _address(url: str) -> str:
    """A URL for a `url` field, which is verbatim: only what would end the field is percent-encoded."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")


def _author(name: Name) -> str:
    if name.given is None:
        return f"{{{escaped(name.family)}}}"
    return escaped(name.inverted)
