"""What the published numbers mean, in both languages; a change of method is a new version."""

from typing import Literal

ReaderLanguage = Literal["en", "nl"]

STANCE_METHOD = "net-stance 1"
LEAD_LAG_METHOD = "lead-lag 1"
CHANGES_METHOD = "changes 1"

STANCE = {
    "en": (
        f"{STANCE_METHOD}. Each article counts with its relevance, 0 when it is off the subject; a story's weight is "
        "shared equally by the sources that carry it. Net stance is the mean over sources of their weighted means, "
        "from -1 (all caution) to +1 (all hype). The 95% interval is cluster-robust over sources (t with k-1 degrees "
        "of freedom). Null under 3 sources or 10 stories; articles without a date are left out and counted; periods "
        "are UTC, weeks ISO."
    ),
    "nl": (
        f"{STANCE_METHOD}. Elk artikel telt mee met zijn relevantie, 0 als het niet over het onderwerp gaat; het "
        "gewicht van een verhaal wordt gelijk verdeeld over de bronnen die het brengen. De nettostemming is het "
        "gemiddelde over bronnen van hun gewogen gemiddelden, van -1 (enkel voorzichtigheid) tot +1 (enkel hype). Het "
        "95%-interval is clusterrobuust over bronnen (t met k-1 vrijheidsgraden). Leeg onder 3 bronnen of 10 verhalen; "
        "artikelen zonder datum blijven erbuiten en worden geteld; perioden in UTC, weken volgens ISO."
    ),
}

FIXED_PANEL = {
    "en": (
        "Fixed panel: only the sources heard in every period that has a value in the open series (its first and last "
        "period aside), and a value only where all of them are heard, so that no change comes from the make-up."
    ),
    "nl": (
        "Vast panel: alleen de bronnen die te horen zijn in elke periode met een waarde in de open reeks (de eerste en "
        "de laatste daargelaten), en alleen een waarde waar ze alle te horen zijn, zodat geen verandering uit de "
        "samenstelling komt."
    ),
}

CHANGES = {
    "en": (
        f"{CHANGES_METHOD}, on {STANCE_METHOD}. Turning points: PELT with least squares weighted by the number of "
        "sources, a penalty of 3·log n times the long-run variance of the series, levels of at least 3 periods. "
        "Unusual: more than 4.5 robust standard deviations from the median of the up to 12 periods before on the same "
        "level, at least 8, and at least 0.05. Only periods with a value are looked at. Contributions are "
        "w/(W·k)·(x - L), after less before, with L the mean of both; they add up to the difference."
    ),
    "nl": (
        f"{CHANGES_METHOD}, op {STANCE_METHOD}. Omslagen: PELT met kleinste kwadraten gewogen naar het aantal bronnen, "
        "een straf van 3·log n maal de langetermijnvariantie van de reeks, niveaus van minstens 3 perioden. "
        "Ongewoon: meer dan 4,5 robuuste standaardafwijkingen van de mediaan van de hoogstens 12 perioden ervoor op "
        "hetzelfde niveau, minstens 8, en minstens 0,05. Alleen perioden met een waarde doen mee. Bijdragen zijn "
        "w/(W·k)·(x - L), na min voor, met L het gemiddelde van beide; ze tellen op tot het verschil."
    ),
}

STANCE_CAPEX = {
    "en": (
        f"{LEAD_LAG_METHOD}. Quarterly net stance ({STANCE_METHOD}) beside the sum of reported capex, null until every "
        "chosen company has filed. Lead and lag: correlation of the quarterly changes of both, with a 95% band that "
        "holds for all lags together (Fisher z, Bonferroni); null under 8 pairs of quarters."
    ),
    "nl": (
        f"{LEAD_LAG_METHOD}. Nettostemming per kwartaal ({STANCE_METHOD}) naast de som van de gerapporteerde "
        "investeringen, leeg tot elk gekozen bedrijf heeft gerapporteerd. Voor- en naijling: correlatie van de "
        "kwartaalveranderingen van beide, met een 95%-band die voor alle verschuivingen samen geldt (Fisher z, "
        "Bonferroni); leeg onder 8 paren kwartalen."
    ),
}

LEAD_LAG_WARNING = {
    "en": (
        "Few quarters, and both series trend: a correlation here is a description, not a forecast and no proof of "
        "cause. Read all lags with their band; do not pick the best one."
    ),
    "nl": (
        "Het zijn weinig kwartalen en beide reeksen hebben een trend: een correlatie is hier een beschrijving, geen "
        "voorspelling en geen bewijs van oorzaak. Lees alle verschuivingen met hun band; kies niet de mooiste uit."
    ),
}
