"""What the API says to readers, in both languages."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from models.methods import ReaderLanguage


@dataclass(frozen=True)
class ProblemTexts:
    """Titles and standard explanations by HTTP status."""

    titles: dict[int, str]
    details: dict[int, str]


PROBLEMS: dict[ReaderLanguage, ProblemTexts] = {
    "en": ProblemTexts(
        titles={
            400: "Bad request",
            404: "Not found",
            405: "Method not allowed",
            413: "Too large",
            421: "Wrong host",
            422: "Not valid",
            500: "Internal error",
            503: "Not available",
        },
        details={
            400: "The request cannot be understood.",
            404: "There is nothing here. See /docs for what can be asked.",
            405: "This address does not take this method. See /docs for what can be asked.",
            413: "The request is larger than 1 MB. Send the text in parts.",
            421: "This server answers to localhost, 127.0.0.1 and [::1] only. Use one of these names.",
            422: "Some of what was asked or sent is not valid; see errors. See /docs for what can be asked.",
            500: "Something went wrong here. It was written to the log of the server.",
            503: "This cannot be answered at the moment. See /healthz.",
        },
    ),
    "nl": ProblemTexts(
        titles={
            400: "Verkeerd verzoek",
            404: "Niet gevonden",
            405: "Methode niet toegestaan",
            413: "Te groot",
            421: "Verkeerde hostnaam",
            422: "Niet geldig",
            500: "Interne fout",
            503: "Niet beschikbaar",
        },
        details={
            400: "Het verzoek is niet te begrijpen.",
            404: "Hier is niets. Zie /docs voor wat gevraagd kan worden.",
            405: "Dit adres kent deze methode niet. Zie /docs voor wat gevraagd kan worden.",
            413: "Het verzoek is groter dan 1 MB. Stuur de tekst in delen.",
            421: "Deze server luistert alleen naar localhost, 127.0.0.1 en [::1]. Gebruik een van die namen.",
            422: "Iets van wat gevraagd of gestuurd is, is niet geldig; zie errors. Zie /docs voor wat kan.",
            500: "Er ging hier iets mis. Het staat in het logboek van de server.",
            503: "Dit is nu niet te beantwoorden. Zie /healthz.",
        },
    ),
}

# pydantic's kinds of error; what is not listed is said in English
VALIDATION = {
    "missing": "Dit veld ontbreekt.",
    "extra_forbidden": "Deze naam is onbekend.",
    "literal_error": "Moet een van deze zijn: {expected}.",
    "int_parsing": "Moet een geheel getal zijn.",
    "bool_parsing": "Moet true of false zijn.",
    "string_type": "Moet tekst zijn.",
    "string_too_long": "Mag hoogstens {max_length} tekens lang zijn.",
    "string_pattern_mismatch": "Heeft niet de verwachte vorm ({pattern}).",
    "too_long": "Hoogstens {max_length} waarden.",
    "greater_than_equal": "Moet minstens {ge} zijn.",
    "less_than_equal": "Mag hoogstens {le} zijn.",
    "day": "Moet een dag zijn, zoals 2025-11-01.",
    "json_invalid": "Dit is geen JSON.",
    "model_attributes_type": "Moet een JSON-object zijn.",
}

NO_MODEL = {
    "en": "No model is loaded here, so no text can be analysed. Start the server with `zeepbel serve`.",
    "nl": "Hier is geen model geladen, dus er kan geen tekst worden geanalyseerd. Start de server met `zeepbel serve`.",
}

NO_ENCODER: dict[ReaderLanguage, str] = {
    "en": (
        "The encoder for search by meaning is not installed here, so only words can be searched (mode=words). "
        "Install Zeepbel's requirements again with `make install`."
    ),
    "nl": (
        "De encoder voor zoeken op betekenis is hier niet geïnstalleerd, dus er kan alleen op woorden worden gezocht "
        "(mode=words). Installeer opnieuw met `make install`."
    ),
}

DATES_REVERSED = {
    "en": "`from` is later than `to`. Swap them.",
    "nl": "`from` ligt na `to`. Draai ze om.",
}

DEFINITIONS: dict[str, dict[ReaderLanguage, str]] = {
    "articles": {
        "en": (
            "Articles under the filters. net_stance runs from -1 (all caution) to +1 (all hype); intensity is the "
            "share of sentences that lean; scores are null where an article was not read."
        ),
        "nl": (
            "Artikelen onder de filters. net_stance loopt van -1 (enkel voorzichtigheid) tot +1 (enkel hype); "
            "intensity is het deel van de zinnen dat een kant kiest; scores zijn leeg waar een artikel niet gelezen is."
        ),
    },
    "article": {
        "en": "One article: what was read in it, at most five short quotations, its figures and its copies elsewhere.",
        "nl": "Eén artikel: wat erin gelezen is, hoogstens vijf korte citaten, de cijfers en de kopieën elders.",
    },
    "stance": {
        "en": (
            "Net stance of the news towards the AI boom per period, from -1 (all caution) to +1 (all hype), with its "
            "95% interval; hype_share and caution_share are shares of sentences."
        ),
        "nl": (
            "Nettostemming van het nieuws over de AI-hausse per periode, van -1 (enkel voorzichtigheid) tot +1 (enkel "
            "hype), met het 95%-interval; hype_share en caution_share zijn delen van de zinnen."
        ),
    },
    "changes": {
        "en": (
            "Turning points and unusual periods of net stance, newest first, each held against the periods before it, "
            "with what the sources, stories and sentences contributed to the difference."
        ),
        "nl": (
            "Omslagen en ongewone perioden van de nettostemming, de nieuwste eerst, elk gezet tegenover de perioden "
            "ervoor, met wat de bronnen, verhalen en zinnen aan het verschil bijdroegen."
        ),
    },
    "capex": {
        "en": (
            "Cash purchases of property and equipment per company and calendar quarter, in US dollars, as filed. "
            "Finance leases are not in it, so headlines can be higher. grade: reported, derived or rounded."
        ),
        "nl": (
            "Contante aankopen van vaste activa per bedrijf en kalenderkwartaal, in Amerikaanse dollars, zoals "
            "gerapporteerd. Financiële leases tellen niet mee, dus koppen kunnen hoger zijn. grade: reported "
            "(gerapporteerd), derived (afgeleid als verschil) of rounded (afgerond)."
        ),
    },
    "stance-capex": {
        "en": "Net stance per calendar quarter beside the sum of reported capex of the companies, in US dollars.",
        "nl": (
            "Nettostemming per kalenderkwartaal naast de som van de gerapporteerde investeringen van de bedrijven, in "
            "Amerikaanse dollars."
        ),
    },
    "figures": {
        "en": (
            "Figures that articles cite, with what a check against filings or by arithmetic says: consistent, "
            "inconsistent, unverifiable, or null where nothing could be compared. planted marks a deliberate error of "
            "the sample."
        ),
        "nl": (
            "Cijfers die artikelen noemen, met wat een controle aan jaarstukken of rekenwerk zegt: consistent (klopt), "
            "inconsistent (klopt niet), unverifiable (niet te controleren), of leeg waar niets te vergelijken was. "
            "planted markeert een opzettelijke fout van de voorbeeldkranten."
        ),
    },
    "claims": {
        "en": (
            "Claims: each one quantity (metric, organisations, period, level or change) as articles in both languages "
            "give it, with its first sighting and how far it spread. verdict is the strongest of its figures, an "
            "accusation first; outcome says what became of a plan or forecast once the filings were there."
        ),
        "nl": (
            "Beweringen: elk één grootheid (maatstaf, organisaties, periode, stand of verandering) zoals artikelen in "
            "beide talen die geven, met waar ze het eerst stond en hoever ze kwam. verdict is het sterkste oordeel van "
            "de cijfers, een afkeuring eerst; outcome zegt wat er van een plan of voorspelling werd toen de "
            "jaarstukken er waren."
        ),
    },
    "claim": {
        "en": "One claim: its versions in time, what was known of it when, corrections, and where it stood.",
        "nl": "Eén bewering: haar versies in de tijd, wat er wanneer van bekend was, correcties, en waar ze stond.",
    },
    "guidance": {
        "en": (
            "Plans and forecasts of capital expenditure against what was filed later. ratio is the median of filed "
            "over stated; unverifiable are those within what finance leases may add to the cash line."
        ),
        "nl": (
            "Plannen en voorspellingen van kapitaaluitgaven tegenover wat later werd gerapporteerd. ratio is de "
            "mediaan van gerapporteerd gedeeld door genoemd; unverifiable zijn die binnen wat financiële leases aan de "
            "kasuitgaven kunnen toevoegen."
        ),
    },
    "indicators": {
        "en": "Every published series, with what it is, its unit, its frequency and the version of its method.",
        "nl": "Elke gepubliceerde reeks, met wat ze is, haar eenheid, frequentie en de versie van haar methode.",
    },
    "sources": {
        "en": "The outlets that are followed, how their visits go and what they contribute.",
        "nl": "De bronnen die gevolgd worden, hoe hun bezoeken verlopen en wat ze bijdragen.",
    },
}


def reader_language(request: HTTPConnection) -> ReaderLanguage:
    """The reader's language: `hl=nl` or English."""
    return "nl" if request.query_params.get("hl") == "nl" else "en"
