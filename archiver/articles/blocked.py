"""Pages served instead of the requested one: challenges, CAPTCHAs, consent walls.

They are known by the marks of the systems that make them, which hold in every language. Pages that were let through
bear many of these marks too, so they count only if there is no article beside them.
"""

from __future__ import annotations

import re

CHALLENGE_STATUSES = frozenset({401, 403, 405, 406, 409, 418, 429, 503})
"""Statuses with which challenges are answered; other errors are errors regardless of what their page says."""

LITTLE = 250
"""Weight of text below which a mark alone makes a block page of a page that answers 200."""

NOTHING = 60
"""The same for the marks of consent, which short articles bear too."""

SHORT = 1500
"""The same for a page whose title says that it is one."""

# Cloudflare, DataDome, HUMAN, Imperva, Akamai, AWS WAF, Sucuri, Kasada, F5, DDoS-Guard, Qrator, and CAPTCHAs.
_CHALLENGE = """
cf-chl- cf_chl_ /cdn-cgi/challenge-platform/ cf-browser-verification cf-error-details cf-turnstile captcha-delivery.com
px-captcha perimeterx _incapsula_resource errors.edgesuite.net /_sec/cp_challenge awswaf aws-waf sucuri_cloudproxy kpsdk
ddos-guard __qrator tspd_101 distil_r_ g-recaptcha h-captcha hcaptcha.com/1 friendlycaptcha arkoselabs
validate.perfdrive /recaptcha/api /recaptcha/enterprise captcha-form id="captcha id=captcha
"""
_CONSENT = """
consent.google. consent.youtube. consent.yahoo. guce. /collectconsent privacy-mgmt.com sourcepoint contentpass
consentmanager didomi usercentrics onetrust cookiebot quantcast __tcfapi
"""
_TITLE = re.compile(
    r"<title[^>]{0,200}>\s*(?:just a moment|attention required|access denied|access to this page has been denied"
    r"|pardon our interruption|are you a robot|robot check|human verification|verify(?:ing)? you are (?:a )?human"
    r"|bot verification|security check|ddos-guard|checking your browser|please wait\.\.\.|403 forbidden"
    r"|request rejected|before you continue)",
    re.IGNORECASE,
)


def is_challenge(html: str) -> bool:
    """Whether the page bears the marks of a system that keeps machines out."""
    return _says_so(html) or _bears(html, _CHALLENGE)


def is_substitute(html: str, weight: int) -> bool:
    """Whether a page that answers 200 with text of so little `weight` is a challenge or a consent wall."""
    if weight < LITTLE and (_says_so(html) or _bears(html, _CHALLENGE)):
        return True
    if weight < NOTHING and _bears(html, _CONSENT):
        return True
    return weight < SHORT and _says_so(html)


def _says_so(html: str) -> bool:
    return bool(_TITLE.search(html, 0, 20_000))


def _bears(html: str, marks: str) -> bool:
    lowered = html.lower()
    return any(mark in lowered for mark in marks.split())
