"""Every page, joined: importing this registers them all on `frame.blueprint`."""

from api.pages import (
    articles,
    browse,
    compare,
    folders,
    quote,
    review,
    samples,
    save,
    saved,
    search,
    searches,
    signin,
    snapshot,
)
from api.pages.frame import blueprint, problem_page, wants_page

__all__ = [
    "articles",
    "blueprint",
    "browse",
    "compare",
    "folders",
    "problem_page",
    "quote",
    "review",
    "samples",
    "save",
    "saved",
    "search",
    "searches",
    "signin",
    "snapshot",
    "wants_page",
]
