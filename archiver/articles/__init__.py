"""A page's bytes → an article: title, authors, agency, outlet, dates, language and text; or why there is none.

| part | does |
|---|---|
| `charset`, `confusions` | decode the bytes, regardless of their declared charset |
| `source` | separates the page's markup from its code |
| `elements`, `blocks` | what the page shows, block by block, and which of it is beside an article |
| `structured`, `metadata` | JSON-LD, meta elements, links: what the page says of itself |
| `candidates`, `state` | the texts that the page may hold: trafilatura's, Resiliparse's, that of a script's state |
| `choice`, `text` | which blocks are the article, and its lines |
| `scrambled`, `letters` | text that is not language; folding, weighing, characters that are invisible |
| `passages` | block quotations and posts, and who the page says spoke |
| `titles`, `authors`, `languages` | the headline, the people, the language |
| `printed`, `calendars`, `dates`, `published` | dates as printed and as stated, and which of them counts |
| `kinds`, `blocked` | what a page is if it is not an article |
| `phrases` | what pages say about themselves in many languages (`phrases.toml`) |
| `reading` | joins them |
"""

from archiver.articles.charset import Decoded, decode
from archiver.articles.reading import PageReading, plain_article, read_article, read_page, shown_text

__all__ = ["Decoded", "PageReading", "decode", "plain_article", "read_article", "read_page", "shown_text"]
