"""What elements of a page are for, by their tag, class, id, role and style.

Class names are read as words: parts between hyphens, underscores and changes of case. They are habits of publishers and
their systems, not rules, so nothing is left out by its name alone if it holds most of a page's prose.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from archiver.articles.letters import words

UNSEEN, CAPTION, BESIDE, POST, PULLED, BYLINE, NEVER = (1 << place for place in range(7))
"""What an element is by its names and role: nothing to be seen, a caption, a box beside the article, an embedded post,
a pulled quotation, a byline; and a box that is not the article however much it holds: consent, comments."""

LONG = 800
"""Characters beyond which an element that is named like a card, a caption or unseen text is something else."""

SKIPPED = words(
    "script style noscript iframe head title meta link base template object embed applet svg math canvas audio video "
    "map select option datalist textarea button input progress meter dialog menu del s strike rt rp rtc nav "
    "track source param area"
)
_BESIDE_TAGS = frozenset({"footer", "aside", "form"})
BLOCKS = words(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr "
    "ul search amp-story-page"
)
LINES = frozenset({"p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "legend"})
_INLINE = words(
    "a abbr b bdi bdo big cite code em font i ins kbd label mark q ruby samp small span strong sub sup time u var wbr"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Names of classes and ids, whole words between hyphens, underscores and changes of case.
_UNSEEN = re.compile(
    r"(?<![a-z])(?:sr-only|sronly|visually-?hid(?:den|e)|screen-?reader(?:-only|-text)?|sr-text|assistive-text"
    r"|element-invisible|a11y-hidden|u-hidden|is-hidden|tool-?tip(?:-?text|-content)?|popover|hover-?card|info-?card"
    r"|profile-card|pop-?up|modal|lightbox|off-?screen|no-display)(?![a-z-])"
)
_CAPTION = re.compile(
    r"(?<![a-z])(?:caption|captions|wp-caption-text|img-credit|image-credit|photo-credit|photocredit|bildunterschrift"
    r"|bildnachweis|legende|pie-de-foto|pie-foto|media-credit|image-caption|copyright-info)(?![a-z])"
)
_BESIDE = re.compile(
    r"(?<![a-z])(?:comments?|kommentare?|disqus|respond|cookies?|consent|gdpr|cmp|onetrust|didomi|cookiebot|truste"
    r"|newsletters?|paywall|regwall|piano|subscri(?:be|ption|ptions|ber)|abos?|abonn[a-z]*|signup|sign-up|register"
    r"|registration|login|promos?|promotion|promoted|sponsor(?:ed)?|advert[a-z]*|ads?|adslot|adbox|anzeigen?|werbung"
    r"|publicidad|publicite|publicidade|reklam[a-z]*|pubblicita|banner|teaser-?list|related|recirc[a-z]*|recommend[a-z]*"
    r"|read-?more|read-?also|more-?stories|more-?news|more-?on|see-?also|also-?read|most-?read|most-?viewed|popular"
    r"|trending|latest|outbrain|taboola|breadcrumbs?|sidebar|side-bar|widgets?|toolbar|social|share|sharing|shares"
    r"|follow|tags?|taglist|tag-list|topics|keywords|nav|navi|navbar|navigation|menu|submenu|footer|masthead|copyright"
    r"|author-?bio|bio|about-?author|author-?box|biography|pagination|pager|rating|voting|poll|quiz|donat(?:e|ion)"
    r"|support-?us|membership|upsell|cta|call-?to-?action|feedback|meter|metered|overlay|skip-?link|noprint|no-print"
    r"|link-?list|impressum)(?![a-z])"
)
_NEVER = re.compile(
    r"(?<![a-z])(?:cookie-?(?:banner|consent|notice|list|policy|law|wall|bar|modal|settings)|consent|gdpr|cmp|onetrust"
    r"|didomi|cookiebot|truste|sp-message|usercentrics|comments?|comment-?(?:list|section|area|thread|body|content)|disqus"
    r"|kommentare|outbrain|taboola)(?![a-z])"
)
_POST = re.compile(
    r"(?<![a-z])(?:twitter-(?:tweet|video)|tweet|bluesky-embed|mastodon-embed|instagram-media|fb-(?:post|video)"
    r"|facebook-post|telegram-(?:post|embed)|tiktok-embed|text-post-media|threads-embed|reddit-embed-bq)(?![a-z])"
)
_PULLED = re.compile(r"(?<![a-z])pull-?(?:ed-?)?quotes?(?![a-z])|(?<![a-z])blickfang(?![a-z])")
_BYLINE = re.compile(
    r"(?<![a-z])(?:authors?(?:-?name|-?names|-?link)?|by-?lines?|by-?author|written-?by|writers?|autor(?:en|es|in)?"
    r"|auteurs?|autore|firma|signature|contributors?|credit-?author|vcard|fn)(?![a-z-])"
)
_SAYS_OF_PAGE = re.compile(
    r"(?:tag|tags|category|cat|has|no|not|with|without|post|postid|js|page|theme|single|template)-|[^:\[(]*[:\[(]"
)
_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\s:]+")
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WITHHELD = re.compile(r"paywall|premium|metered|restricted|subscriber-content|\bs:[0-9a-f]+$")
_UNSEEN_ROLES = frozenset({"tooltip", "dialog", "alertdialog"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_BESIDE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "banner", "menu", "form"})


def kind_of(element: Any, tag: str) -> int:
    """What an element is, as flags; UNSEEN alone where nothing of it is to be read."""
    get = element.get
    names = f"{get('class') or ''} {get('id') or ''}"
    kind = _kind_of_names(names) if len(names) > 1 else 0
    role = get("role")
    if get("rel") == "author" or get("itemprop") == "author":
        kind |= BYLINE
    if kind & (UNSEEN | CAPTION) and _is_long(element):
        kind = kind & ~(UNSEEN | CAPTION) | (BESIDE if kind & UNSEEN else 0)
    hidden = get("hidden") is not None or _HIDDEN_STYLE.search(get("style") or "")
    if role in _UNSEEN_ROLES or (hidden and not _is_withheld(element, names)):
        return kind | UNSEEN
    if tag in _BESIDE_TAGS or role in _BESIDE_ROLES:
        kind |= BESIDE
    if tag in _INLINE:
        kind &= ~BESIDE
    if tag in _CAPTIONS:
        kind |= CAPTION
    return kind


def names_of(element: Any, tag: str) -> str:
    """What distinguishes boxes: the words in their class and id that make them one, else their tag."""
    return _box_words(f"{element.get('class') or ''} {element.get('id') or ''}") or tag


@lru_cache(maxsize=4096)
def _box_words(names: str) -> str:
    return " ".join(_BESIDE.findall(_spelled(names)))


@lru_cache(maxsize=1 << 15)
def _kind_of_names(names: str) -> int:
    """What a class attribute and an id say about an element."""
    spelled = _spelled(names)
    return (
        (UNSEEN if _UNSEEN.search(spelled) else 0)
        | (CAPTION if _CAPTION.search(spelled) else 0)
        | (BESIDE if _BESIDE.search(spelled) else 0)
        | (POST if _POST.search(spelled) else 0)
        | (PULLED if _PULLED.search(spelled) else 0)
        | (BYLINE if _BYLINE.search(spelled) else 0)
        | (NEVER if _NEVER.search(spelled) else 0)
    )


def _spelled(names: str) -> str:
    """Names in lower case with hyphens between their words, without those that speak of the page around."""
    return " ".join(_CASE.sub("-", name).lower() for name in names.split() if not _SAYS_OF_PAGE.match(name))


def _is_withheld(element: Any, names: str) -> bool:
    """Whether a hidden element is the article, until a script shows it: paywalled, or streamed (React's `S:0`)."""
    return bool(_WITHHELD.search(names.lower())) and _is_long(element)


def _is_long(element: Any) -> bool:
    """Whether an element contains more than a remark."""
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > LONG:
            return True
    return False


def q_marks(language: str | None) -> tuple[str, str]:
    """The marks that browsers put around `<q>`."""
    return _MARKS.get((language or "")[:2], ("“", "”"))


_MARKS = {
    "de": ("„", "“"), "cs": ("„", "“"), "sk": ("„", "“"), "sl": ("„", "“"), "pl": ("„", "”"), "hu": ("„", "”"),
    "ro": ("„", "”"), "fr": ("« ", " »"), "es": ("«", "»"), "it": ("«", "»"), "pt": ("«", "»"), "ru": ("«", "»"),
    "uk": ("«", "»"), "no": ("«", "»"), "el": ("«", "»"), "fa": ("«", "»"), "ja": ("「", "」"), "zh": ("“", "”"),
    "sv": ("”", "”"), "fi": ("”", "”"), "he": ("”", "”"),
}  # fmt: skip
