"""A page's bytes → an article: title, authors, outlet, dates, language and text.

`charset` makes text of the bytes · `blocked` knows pages that stand in for the article · `metadata` reads what the page
says of itself · `dates` reads its dates · `text` finds the article's text · `reading` joins them.
"""

from archiver.articles.charset import Decoded, decode
from archiver.articles.reading import Reading, plain_article, read_article, read_page

__all__ = ["Decoded", "Reading", "decode", "plain_article", "read_article", "read_page"]
