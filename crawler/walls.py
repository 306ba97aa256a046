"""Consent walls and paywalls: recognised, never climbed."""

import re
from urllib.parse import urlsplit

CONSENT_ADDRESS = re.compile(
    r"(^|[./])(consent|cmp|myprivacy|privacy-?gate|cookie-?(wall|consent)|guce)([./-]|$)|/(consent|privacy-?gate|cookie-?wall|cookieconsent)(/|\?|$)",
    re.IGNORECASE,
)
CONSENT_WORDS = re.compile(
    r"before you continue|we value your privacy|we and our (\d+ )?(technology )?partners|manage (your )?(cookie|privacy) (settings|preferences)|"
    r"accept (all )?(the )?cookies|your (privacy )?choices|privacygate|wij (vragen|hebben) (je|uw|jouw)? ?toestemming|"
    r"(accepteer|accepteren|accepteert) (alle )?cookies|cookies? (te )?(accepteren|toestaan)|cookie-?instellingen|toestemming voor cookies|"
    r"(uw|je|jouw) privacy|om door te gaan",
    re.IGNORECASE,
)
PAYWALL_WORDS = re.compile(
    r"subscribe to (continue|read|keep)|to continue reading|already a subscriber|subscribers? only|this (article|story) is for subscribers|"
    r"exclusief voor abonnees|alleen voor abonnees|al abonnee\?|lees (dit artikel )?verder met een abonnement|neem een abonnement|"
    r"word abonnee|om verder te lezen|premium-?artikel",
    re.IGNORECASE,
)
SHORT = 45  # words; less is a stub, whatever the reason
WALL_LENGTH = 250  # words; a longer text that mentions cookies or subscriptions is about them


def consent(url: str, title: str, text: str) -> str | None:
    """Why this page is a consent wall instead of the article; null when it is not."""
    parts = urlsplit(url)
    if CONSENT_ADDRESS.search(f"{parts.hostname or ''}{parts.path}"):
        return f"a consent wall answered instead of the article ({parts.hostname})"
    found = CONSENT_WORDS.findall(f"{title}\n{text}")
    if len(found) > 1 and len(text.split()) < WALL_LENGTH:
        return "the page is a consent wall: it asks for cookies before it shows the article"
    return None


def paywall(*, free: bool, text: str, known: bool) -> str | None:
    """Why only a part of the article is open; null when it is whole. `known`: the source is listed with a paywall."""
    if not free:
        return "the page marks itself as paid content (isAccessibleForFree is false)"
    words = len(text.split())
    if PAYWALL_WORDS.search(text[-600:]) and words < WALL_LENGTH:
        return "the page ends in an offer to subscribe"
    if known and words < SHORT * 3:
        return f"the source has a paywall and the page shows {words} words only"
    return f"the page shows {words} words only" if words < SHORT else None
