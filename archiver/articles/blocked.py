"""Pages that stand in for the one asked for: challenges, CAPTCHAs, consent walls.

They are known by the marks of the systems that make them, which hold in every language, not by what they say to people.
"""

from __future__ import annotations

import re

CHALLENGE_STATUSES = frozenset({401, 403, 405, 406, 409, 418, 429, 503})
"""Statuses with which challenges are answered; other errors are errors whatever their page says."""

# Of the pages of Cloudflare, DataDome, HUMAN, Imperva, Akamai, AWS WAF, Sucuri, Kasada, F5, DDoS-Guard and Qrator.
_CHALLENGE = re.compile(
    r"cf-chl-|cf_chl_|/cdn-cgi/challenge-platform/|cf-browser-verification|cf-error-details|geo\.captcha-delivery\.com"
    r"|captcha-delivery|px-captcha|_pxCaptcha|perimeterx|_Incapsula_Resource|incapsula incident|errors\.edgesuite\.net"
    r"|/_sec/cp_challenge|awswaf|aws-waf|sucuri_cloudproxy|sucuri website firewall|KPSDK|ddos-guard|__qrator"
    r"|TSPD_101|distil_r_|g-recaptcha|h-captcha|hcaptcha\.com/1|cf-turnstile|friendlycaptcha|arkoselabs"
    r"|/recaptcha/(?:api|enterprise)|captcha-form|id=[\"']?captcha|validate\.perfdrive",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"<title[^>]{0,200}>\s*(?:just a moment|attention required|access denied|access to this page has been denied"
    r"|pardon our interruption|are you a robot|robot check|human verification|verify(?:ing)? you are (?:a )?human"
    r"|bot verification|security check|ddos-guard|checking your browser|please wait\.\.\.|403 forbidden"
    r"|request rejected|before you continue)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"consent\.(?:google|youtube|yahoo)\.|guce\.|/collectConsent|privacy-mgmt\.com|sourcepoint|cdn\.privacy|contentpass"
    r"|consentmanager|didomi|usercentrics|onetrust|cookiebot|quantcast\.mgr|cmp\.quantcast|tcf-?api|__tcfapi",
    re.IGNORECASE,
)
SHORT = 1500
"""Letters of visible text beyond which a page that answers 200 is not taken for a block page."""

ARTICLE = 400
"""Letters of article text beyond which a consent script is just one more script on an article's page."""


def is_challenge(html: str) -> bool:
    """Whether the page bears the marks of a system that keeps machines out."""
    return bool(_TITLE.search(html[:20000]) or _CHALLENGE.search(html))


def is_consent_wall(html: str) -> bool:
    """Whether the page bears the marks of a system that asks for consent (as do most pages behind such a wall)."""
    return bool(_CONSENT.search(html))
