"""The values that the steps of finding quotes hand to one another. Offsets count code points of the article's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from archiver.languages import Pack

# The codes of chunks that are no class of a pack's words; the rest of them are named in `archiver.languages`.
NAME, NOUN_PHRASE, QUOTE = "XOQ"
QUESTION_MARKS = ("?", "？")
CAPITALIZED, WORD, NUMBER = "Ww0"  # a word with a capital or of a script without case; any other word
SENTENCE_END, PARAGRAPH_END = "$\n"


class Marked(NamedTuple):
    """A stretch of one paragraph in quotation marks; the outer range includes them, the inner one does not.

    `rule` is how the end was found: `pair`, `reopened` (the quotation continues from the paragraph before), `unclosed`
    (continues or lacks its mark), `unopened`, `dash`. `mark` is the opening mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    rule: str
    mark: str
    continues: bool = False
    inner_marks: bool = False


class Mention:
    """Words that point at somebody: `kind` is a class of `archiver.languages` for pronouns and nouns, `X` for names.

    `start` to `end` is what the text prints, `name` the name alone without titles (its words), `chunk` its place in the
    chunks. `role` is the title or role printed with it, `gender` "m", "f", "n", "p" or "" for unknown.
    `definite` nouns may mean somebody already named, most of all a `role_noun`. `bare` is a capital that opens a
    sentence and acts there, where nothing else shows whether it is a name.
    `in_full` names are more than a surname: several words, or in scripts without case three signs and more.
    """

    __slots__ = (
        "bare", "chunk", "definite", "end", "gender", "head", "in_full", "is_organization", "kind", "name", "oblique",
        "paragraph", "role", "role_noun", "sentence", "start",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        chunk: int,
        paragraph: int,
        sentence: int,
        *,
        name: tuple[str, ...] = (),
        role: str | None = None,
        gender: str = "",
        is_organization: bool = False,
        head: str = "",
        definite: bool = False,
        role_noun: bool = False,
        bare: bool = False,
        oblique: bool = False,
    ) -> None:
        self.kind, self.start, self.end, self.chunk = kind, start, end, chunk
        self.paragraph, self.sentence = paragraph, sentence
        self.name, self.role, self.gender, self.head = name, role, gender, head
        self.is_organization, self.definite, self.role_noun = is_organization, definite, role_noun
        self.bare, self.oblique = bare, oblique
        self.in_full = len(name) > 1 or (bool(name) and len(name[0]) > 2 and name[0].upper() == name[0].lower())

    def read_as(self, kind: str) -> Mention:
        """The same as a mention of another kind."""
        return Mention(
            kind, self.start, self.end, self.chunk, self.paragraph, self.sentence, name=self.name, role=self.role,
            gender=self.gender, is_organization=self.is_organization, head=self.head, definite=self.definite,
            role_noun=self.role_noun, bare=self.bare, oblique=self.oblique,
        )  # fmt: skip


class Gloss(NamedTuple):
    """What an acronym (`short`, as printed) stands for: its offsets (a `start` of -1: whatever name ends there).

    `nominative` tells that the words are in the form of a subject, so that they name the body.
    """

    short: str
    start: int
    end: int
    nominative: bool


class Standing:
    """What a mention is wherever the quotation is: its kind, the classes beside it, its place as subject, its verb.

    `verb_end` is the chunk behind the verb that it is the subject of; -1 where it has none behind it.
    """

    __slots__ = ("following", "kind", "previous", "subject", "verb", "verb_end")

    def __init__(self, kind: str, previous: str, following: str, subject: str, verb: str, verb_end: int) -> None:
        self.kind, self.previous, self.following, self.subject = kind, previous, following, subject
        self.verb, self.verb_end = verb, verb_end


@dataclass(slots=True)
class Chunks:
    """A text read once: chunks (words, names, quotations) as one letter each, so that a sentence is a string.

    `codes[i]` is the class of chunk i (`archiver.languages`), or `X` a name, `Q` a quotation, `W` and `w` other words
    with and without a capital, `s` a possessive ending, `0` a number, `$` the end of a sentence, a line end the end of
    a paragraph, or the sign of punctuation itself. `line_end[n]` is the chunk that ends paragraph n; `mention_at[i]`
    the mention that chunk i is, else -1; `quote_at[k]` the chunk that the marked stretch k is; `starts` and `ends` are
    offsets into the text;
    `moved` gives those of a word that is read earlier than it is printed, by the offset of its chunk without width;
    `asides` are the paragraphs that stand beside the prose (captions, links), `glosses` what acronyms stand for, and
    `standing` remembers what is the same of a mention beside all quotations.
    """

    text: str
    pack: Pack
    marked: list[Marked]
    codes: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    mention_at: list[int] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    quote_at: list[int] = field(default_factory=list)
    paragraph_of: list[int] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    line_end: list[int] = field(default_factory=list)
    asides: frozenset[int] = frozenset()
    glosses: dict[str, Gloss] = field(default_factory=dict)
    moved: dict[int, tuple[int, int]] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)

    def words(self, first: int, last: int) -> str:
        """What the text prints from chunk `first` to before chunk `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


# Spoken of by people in a language without a pack: marks are found, speakers are not.
NO_PACK = Pack(code="", dash="–—―-")
