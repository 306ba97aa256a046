"""Consent walls and paywalls: recognised, never climbed."""

import re
from urllib.parse import urlsplit

CONSENT_ADDRESS = re.compile(
    r"(^|[./])(consent|cmp|myprivacy|privacy-?gate|cookie-?(wall|consent)|guce)([./-]|$)|"
    r"/(consent|privacy-?gate|cookie-?wall|cookieconsent)(/|\?|$)",
    re.IGNORECASE,
)
CONSENT_WORDS = re.compile(
    r"before you continue|we value your privacy|(we and our|wij en onze) (\d+ )?(technology )?partners|"
    r"manage (your )?(cookie|privacy) (settings|preferences)|accept (all )?(the )?cookies|your (privacy )?choices|"
    r"privacygate|(wij (vragen|hebben)|hebben wij) (je|uw|jouw)? ?toestemming|"
    r"(accepteer|accepteren|accepteert) (alle )?cookies|"
    r"cookies? (te )?(accepteren|toestaan)|cookie-?instellingen|toestemming voor cookies|(uw|je|jouw) privacy|"
    r"om door te gaan",
    re.IGNORECASE,
)
PAYWALL_WORDS = re.compile(
    r"subscribe to (continue|read|keep)|to continue reading|already a subscriber|subscribers? only|"
    r"this (article|story) is for subscribers|exclusief voor abonnees|alleen voor abonnees|al abonnee\?|"
    r"lees (dit artikel )?verder met een abonnement|neem een abonnement|word abonnee|om verder te lezen|"
    r"premium-?artikel",
    re.IGNORECASE,
)
SHORT = 45  # words; less is a stub, whatever the reason
WALL_LENGTH = 250  # words; a longer text that mentions cookies or subscriptions is about them


def consent(url: str, title: str, text: str) -> str | None:
    """Why this page is a consent wall instead of the article; null when it is not."""
    parts = urlsplit(url)
    if CONSENT_ADDRESS.search(f"{parts.hostname or ''}{parts.path}"):
        return f"a consent wall answered instead of the article ({parts.hostname})"
    short = len(text.split()) < WALL_LENGTH
    if short and len(CONSENT_WORDS.findall(f"{title}\n{text}")) > 1:
        return "the page is a consent wall: it asks for cookies before it shows the article"
    return None


def paywall(*, paid: bool, text: str, known: bool) -> str | None:
    """Why only a part of the article is open; null when it is whole. `known`: the source is listed with a paywall."""
    if paid:
        return "the page marks itself as paid content (isAccessibleForFree is false)"
    words = len(text.split())
    if PAYWALL_WORDS.search(text[-600:]) and words < WALL_LENGTH:
        return "the page ends in an offer to subscribe"
    if known and words < SHORT * 3:
        return f"the source has a paywall and the page shows {words} words only"
    return f"the page shows {words} words only" if words < SHORT else None
