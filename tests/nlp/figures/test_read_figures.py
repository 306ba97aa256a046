"""`read_figures` on sentences of our own, a field at a time, and on any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.records import Figure
from nlp.figures import read_figures
from nlp.sentences import Sentence

PUBLISHED = "2025-11-10"


def read(lang: str, *texts: str, published: str | None = PUBLISHED) -> list[Figure]:
    return read_figures([Sentence(t, 0, len(t)) for t in texts], lang, published)


def one(lang: str, *texts: str, published: str | None = PUBLISHED) -> Figure:
    figures = read(lang, *texts, published=published)
    assert len(figures) == 1, [f.text for f in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("lang", "sentence", "text", "value", "value_to", "unit"),
    [
        ("nl", "De omzet was 1.310 miljard euro.", "1.310 miljard euro", 1.31e12, None, "EUR"),
        ("nl", "De winst was € 2,4 mrd.", "€ 2,4 mrd", 2.4e9, None, "EUR"),
        ("nl", "Het kost 260mrd dollar.", "260mrd dollar", 260e9, None, "USD"),
        ("nl", "Er ligt anderhalf biljoen dollar klaar.", "anderhalf biljoen dollar", 1.5e12, None, "USD"),
        ("nl", "Het plan kost driekwart miljard euro.", "driekwart miljard euro", 0.75e9, None, "EUR"),
        ("nl", "Er gaat zeventig à tachtig miljoen pond in om.", "zeventig à tachtig miljoen pond", 7e7, 8e7, "GBP"),
        ("nl", "De prijs ligt tussen de € 30 en € 45.", "tussen de € 30 en € 45", 30, 45, "EUR"),
        ("nl", "Ze pompen er tientallen miljarden dollars in.", "tientallen miljarden dollars", 1e10, 1e11, "USD"),
        ("nl", "De miljardenorder ging niet door.", "miljardenorder", 1e9, 1e12, None),
        ("nl", "De rente steeg met 40 basispunten.", "40 basispunten", 40, None, "basis_point"),
        ("nl", "Het aandeel werd vertienvoudigd.", "vertienvoudigd", 10, None, "x"),
        ("nl", "De kosten daalden met een factor twintig.", "factor twintig", 20, None, "x"),
        ("nl", "Drie op de vier kantoren gebruiken het.", "Drie op de vier", 75, None, "percent"),
        ("nl", "Eén op de zes klanten betaalt.", "Eén op de zes", 16.6667, None, "percent"),
        ("nl", "Het resultaat was min 2,5 procent.", "min 2,5 procent", -2.5, None, "percent"),
        ("nl", "De hal vraagt 1,5 GW.", "1,5 GW", 1.5e9, None, "W"),
        ("en", "It sold for $3.25-$4.5bn.", "$3.25-$4.5bn", 3.25e9, 4.5e9, "USD"),
        ("en", "The order is worth 45bn Swedish kronor.", "45bn Swedish kronor", 45e9, None, "SEK"),
        ("en", "He paid NT$900 million for it.", "NT$900 million", 9e8, None, "TWD"),
        ("en", "They won a $48 million contract.", "$48 million", 48e6, None, "USD"),
        ("en", "It needs two trillion dollars.", "two trillion dollars", 2e12, None, "USD"),
        ("en", "A quarter of a billion euros is gone.", "A quarter of a billion euros", 0.25e9, None, "EUR"),
        ("en", "Costs run to hundreds of millions of pounds.", "hundreds of millions of pounds", 1e8, 1e9, "GBP"),
        ("en", "A multi-trillion-dollar bet.", "multi-trillion-dollar", 1e12, 1e15, "USD"),
        ("en", "A 200-basis-point cut followed.", "200-basis-point", 200, None, "basis_point"),
        ("en", "It lost $-12 on each.", "$-12", -12, None, "USD"),
        ("en", "Capacity grew sixfold.", "sixfold", 6, None, "x"),
        ("en", "The plant yields 350 megawatts.", "350 megawatts", 3.5e8, None, "W"),
        ("en", "The coupon is 5⅞%.", "5⅞%", 5.875, None, "percent"),
        ("en", "Margins were a tenth of one percent.", "a tenth of one percent", 0.1, None, "percent"),
        ("en", "It cost three dollars 40.", "three dollars 40", 3.4, None, "USD"),
        ("en", "Sales of EUR 12.5 million.", "EUR 12.5 million", 12.5e6, None, "EUR"),
    ],
)
def test_number_and_unit(
    lang: str, sentence: str, text: str, value: float, value_to: float | None, unit: str | None
) -> None:
    figure = one(lang, sentence)
    assert (figure.text, figure.unit) == (text, unit)
    assert figure.value == pytest.approx(value)
    assert figure.value_to == (pytest.approx(value_to) if value_to else None)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "Op 12 mei 2021 om 20.30 uur sprak de 54-jarige topman op Dam 16."),
        ("nl", "GPT-4.5 draait op de H100 en de S&P 500 steeg niet."),
        ("nl", "Drie partijen bieden mee in de tweede helft van 2026."),
        ("nl", "De chip van 3 nanometer kwam na zeven kwartalen."),
        ("en", "On 12 June 2024, at 9.30am, he turned 41 after 20 years at number 10."),
        ("en", "Llama 3.1 came in version 12.4, in Chapter 11, on 5G."),
        ("en", "A third company joined the two giants in the first half of the year."),
        ("en", "See https://www.example.com/search?q=30%25 for more."),
    ],
)
def test_what_is_no_figure(lang: str, sentence: str) -> None:
    assert read(lang, sentence) == []


@pytest.mark.parametrize(
    ("lang", "sentence", "text", "value", "noun"),
    [
        ("nl", "Het bedrijf schrapt 1.700 vaste banen.", "1.700 vaste banen", 1700, "banen"),
        ("nl", "Het park van 120 hectare ligt er al.", "120 hectare", 120, "hectare"),
        ("nl", "De hallen slurpen 640 TWh.", "640 TWh", 640, "TWh"),
        ("nl", "Er staan twee reactoren.", "twee reactoren", 2, "reactoren"),
        ("en", "It cut 4,000 support jobs.", "4,000 support jobs", 4000, "jobs"),
        ("en", "Some 1.2 million paying users stayed.", "Some 1.2 million paying users", 1.2e6, "users"),
        ("en", "The 1,100-acre site is empty.", "1,100-acre", 1100, "acre"),
        ("en", "Four turbines arrived.", "Four turbines", 4, "turbines"),
    ],
)
def test_counted_things(lang: str, sentence: str, text: str, value: float, noun: str) -> None:
    figure = one(lang, sentence)
    assert (figure.text, figure.value, figure.unit, figure.noun) == (text, value, "count", noun)


def test_power_hours_are_counted_and_measure_power() -> None:
    figure = one("en", "The halls used 12 TWh of electricity.")
    assert (figure.unit, figure.noun, figure.metric) == ("count", "TWh", "power")


def test_pair_shares_scale_and_currency() -> None:
    low, high = read("nl", "De omzet groeide van 6,2 naar ruim 7,5 miljard euro.")
    assert (low.value, low.unit, low.role, low.direction) == (6.2e9, "EUR", "from", "up")
    assert (high.value, high.text, high.qualifier, high.role) == (7.5e9, "ruim 7,5 miljard euro", "over", "to")


def test_pair_in_reverse_order() -> None:
    to, start = read("en", "Spending tumbled to $40bn in 2025, from $60bn in 2024.")
    assert (to.role, to.period, start.role, start.period) == ("to", "2025", "from", "2024")
    assert to.direction == "down"


def test_years_between_do_not_part_a_pair() -> None:
    low, high = read("en", "The share rose from 2 percent in 2011 to as much as 9 percent in 2025.")
    assert (low.role, low.period) == ("from", "2011")
    assert (high.role, high.period, high.qualifier) == ("to", "2025", "at_most")


def test_change_and_result_are_no_range() -> None:
    by, to = read("en", "Sales rose 5% to 12%.")
    assert (by.role, by.value_to, to.role) == ("by", None, "to")


def test_bare_number_shares_the_noun() -> None:
    assert [(f.value, f.noun) for f in read("nl", "Het telde 25 medewerkers en nu 100.")] == [
        (25, "medewerkers"),
        (100, "medewerkers"),
    ]
    assert [f.value for f in read("en", "Only 240 of the 1,200 pilot projects survived.")] == [240, 1200]


def test_currency_of_the_sentence_fills_in() -> None:
    assert [f.unit for f in read("nl", "Meta leent $30 miljard en Oracle 18 miljard.")] == ["USD", "USD"]
    assert one("nl", "Oracle leent 18 miljard.").unit is None


@pytest.mark.parametrize(
    ("lang", "sentence", "qualifier", "text"),
    [
        ("nl", "Het kost maar liefst 5 miljard euro.", None, "5 miljard euro"),
        ("nl", "Het kost om en nabij de 5 miljard euro.", "approx", "om en nabij de 5 miljard euro"),
        ("nl", "Het kost nog geen 5 miljard euro.", "under", "nog geen 5 miljard euro"),
        ("nl", "Het kost 5 miljard euro of meer.", "at_least", "5 miljard euro of meer"),
        ("nl", "Het kan tot 5 miljard euro kosten.", "at_most", "tot 5 miljard euro"),
        ("en", "It costs a mere $5bn.", None, "$5bn"),
        ("en", "It costs just shy of $5bn.", "almost", "just shy of $5bn"),
        ("en", "It costs upwards of $5bn.", "over", "upwards of $5bn"),
        ("en", "It costs $5bn or so.", "approx", "$5bn or so"),
        ("en", "It costs as much as $5bn.", "at_most", "as much as $5bn"),
    ],
)
def test_qualifier(lang: str, sentence: str, qualifier: str | None, text: str) -> None:
    figure = one(lang, sentence)
    assert (figure.qualifier, figure.text) == (qualifier, text)


@pytest.mark.parametrize(
    ("lang", "sentence", "metric"),
    [
        ("nl", "De kapitaaluitgaven van Amazon waren 30 miljard dollar.", "capex"),
        ("nl", "ASML boekte een omzet van 7,7 miljard euro.", "revenue"),
        ("nl", "De nettowinst was 2 miljard euro.", "profit"),
        ("nl", "Oracle heeft 100 miljard dollar aan schulden.", "debt"),
        ("nl", "De start-up haalde 2 miljard dollar op.", "investment"),
        ("nl", "De beurswaarde bedraagt 4.000 miljard dollar.", "market_cap"),
        ("nl", "Het aandeel zakte 7 procent.", "price_change"),
        ("nl", "Zo'n 60 procent van de werknemers gebruikt het.", "other"),
        ("en", "Capital spending came to $30bn.", "capex"),
        ("en", "The lab is valued at $180bn.", "valuation"),
        ("en", "Investors poured $5bn into start-ups.", "investment"),
        ("en", "HBM made up 40% of its revenue.", "revenue"),
        ("en", "Shares fell 7%.", "price_change"),
        ("en", "GDP will grow 2%.", "growth"),
        ("en", "The share of bank loans to funds is 14%.", "loan_share"),
        ("en", "Its workforce is 30% smaller.", "other"),
    ],
)
def test_metric(lang: str, sentence: str, metric: str) -> None:
    assert one(lang, sentence).metric == metric


def test_metric_of_what_was_said_before() -> None:
    first, second = read("en", "Meta's capital spending was $27bn.", "That was 18% more than a year earlier.")
    assert (first.metric, second.metric, second.role, second.direction) == ("capex", "capex", "by", "up")


def test_worth_is_market_value_of_a_listed_company_only() -> None:
    assert one("en", "Nvidia is worth $4tn.").metric == "market_cap"
    assert one("en", "OpenAI is worth $500bn.").metric == "valuation"


@pytest.mark.parametrize(
    ("lang", "sentence", "period"),
    [
        ("nl", "In het derde kwartaal was de omzet 5 miljard euro.", "2025-Q3"),
        ("nl", "In het vierde kwartaal was de omzet 5 miljard euro.", "2024-Q4"),
        ("nl", "Vorig jaar was de omzet 5 miljard euro.", "2024"),
        ("nl", "In de eerste drie maanden van dit jaar was de omzet 5 miljard euro.", "2025-Q1"),
        ("nl", "Tussen 2015 en 2024 was de omzet 5 miljard euro.", "2015/2024"),
        ("nl", "De komende vijf jaar kost het 5 miljard euro.", "2025/2030"),
        ("nl", "De raming tot 2030 is 5 miljard euro.", "../2030"),
        ("nl", "In september en oktober was de omzet 5 miljard euro.", "2025-09/2025-10"),
        ("en", "Revenue was $5bn in the second quarter of last year.", "2024-Q2"),
        ("en", "Revenue was $5bn in Q2 2023.", "2023-Q2"),
        ("en", "Revenue was $5bn in June.", "2025-06"),
        ("en", "Revenue will reach $5bn by 2030.", "2030"),
        ("en", "It has spent $5bn since 2019.", "2019/.."),
        ("en", "Revenue now stands at $5bn.", "2025-11"),
        ("en", "Revenue was $5bn, more than in 2024.", None),
    ],
)
def test_period(lang: str, sentence: str, period: str | None) -> None:
    assert one(lang, sentence).period == period


def test_relative_period_needs_a_publication_date() -> None:
    assert one("en", "Revenue was $5bn last year.", published=None).period is None
    assert one("en", "Revenue was $5bn in 2024.", published=None).period == "2024"
    assert one("en", "Revenue was $5bn last year.", published="not a date").period is None


@pytest.mark.parametrize(
    ("lang", "sentence", "modality"),
    [
        ("nl", "De omzet bedroeg 5 miljard euro.", "reported"),
        ("nl", "Amazon wil 5 miljard euro investeren.", "planned"),
        ("nl", "De markt zal naar verwachting 5 miljard euro bereiken.", "forecast"),
        ("nl", "De markt wordt op 5 miljard euro geschat.", "estimated"),
        ("nl", "Het bedrijf beweert dat het 5 miljard euro heeft.", "claimed"),
        ("en", "Revenue was $5bn.", "reported"),
        ("en", "Amazon plans to spend $5bn.", "planned"),
        ("en", "Goldman Sachs expects Amazon to spend $5bn.", "forecast"),
        ("en", "Revenue could reach $5bn.", "forecast"),
        ("en", "The bill is estimated at $5bn.", "estimated"),
    ],
)
def test_modality(lang: str, sentence: str, modality: str) -> None:
    assert one(lang, sentence).modality == modality


def test_forecast_claims_the_figure_next_to_it_only() -> None:
    real, expected = read("en", "Revenue of $13.6bn beat the average forecast of $13.2bn.")
    assert (real.modality, expected.modality) == ("reported", "forecast")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "Er komt geen biljoen dollar."),
        ("nl", "Meta ontkent dat het 5 miljard dollar uitgaf."),
        ("en", "There is no trillion-dollar bill."),
        ("en", "Meta denied that it had spent $5bn."),
    ],
)
def test_denied(lang: str, sentence: str) -> None:
    assert one(lang, sentence).denied


def test_qualifying_negation_denies_nothing() -> None:
    assert not one("nl", "Het kost nog geen 5 miljard euro.").denied


@pytest.mark.parametrize(
    ("lang", "texts", "subjects"),
    [
        ("nl", ["Google steekt 5 miljard euro in Duitsland."], ["Alphabet"]),
        ("nl", ["De zoekgigant gaf 17 miljard dollar uit."], ["Alphabet"]),
        ("nl", ["ASML verkocht meer.", "De omzet was 7 miljard euro."], ["ASML"]),
        ("nl", ["Volgens Goldman Sachs gaf de sector 5 miljard dollar uit."], []),
        ("nl", ["Bedrijven als Oracle, die honderden miljarden lenen, groeien."], ["Oracle"]),
        ("en", ["Amazon, Alphabet and Meta spent $60bn."], ["Amazon", "Alphabet", "Meta"]),
        ("en", ["Amazon and Meta are building.", "These two companies spent $60bn."], ["Amazon", "Meta"]),
        ("en", ["Oracle grew.", "The company placed $18bn of bonds."], ["Oracle"]),
        ("en", ["Only 5% of companies saw a return, according to MIT."], []),
        ("en", ["SoftBank put $5bn into OpenAI."], ["SoftBank", "OpenAI"]),
    ],
)
def test_subjects(lang: str, texts: list[str], subjects: list[str]) -> None:
    assert one(lang, *texts).subjects == subjects


def test_attribution() -> None:
    assert one("en", "The market will hit $5bn, Gartner said.").attribution == "Gartner"
    assert one("nl", "Volgens het IMF is de groei 3 procent.").attribution == "International Monetary Fund"
    assert one("en", "The market was $5bn.").attribution is None


def test_sentence_index_and_offsets() -> None:
    figure = one("nl", "Niets te melden.", "De omzet was 5 miljard euro.")
    assert (figure.sentence, figure.start, figure.end) == (1, 13, 27)


def test_other_languages_have_no_figures() -> None:
    assert read("de", "Der Umsatz betrug 5 Milliarden Euro.") == []


WORDS = (
    "3 € $ % - – , . ( ) 1.5 1,5 ½ miljard billion mrd k tot to van from en and een half the kwart third of van zo'n "
    "tussen between bijna verdubbeld tens Meta 2025 Q3 eerste kwartaal GW keer times won dollar euro's US$ x op de in "
    "’ İ ß ² ٣ \u00a0 \u200b 🙂 procent jaar no geen"
)
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=25).map(" ".join)), max_size=3),
    st.sampled_from(["nl", "en"]),
    st.sampled_from([None, "2025", "2025-06", "2025-02-31", "2025-06-01T10:00:00Z", ""]),
)
def test_any_text_gives_figures_at_their_offsets(texts: list[str], lang: str, published: str | None) -> None:
    for figure in read(lang, *texts, published=published):
        assert figure.text == texts[figure.sentence][figure.start : figure.end]
        assert figure.text
        assert figure.value_to is None or figure.value < figure.value_to


@given(st.floats(min_value=0.01, max_value=9999, allow_nan=False).map(lambda x: round(x, 2)))
def test_both_decimal_conventions_mean_the_same(number: float) -> None:
    english = f"{number:,.2f}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    assert one("en", f"It cost ${english} billion.").value == one("nl", f"Het kostte ${dutch} miljard.").value
