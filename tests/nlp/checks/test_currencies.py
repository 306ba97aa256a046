"""Exchange rates and converted amounts."""

from nlp.checks.currencies import dollars


def test_the_yearly_bands_are_in_order_and_contain_a_rate_of_the_year() -> None:
    rates = dollars()
    assert all(0.9 < band.low < band.high < 1.8 for (_, code), band in rates.items() if code != "USD")
    assert rates[2022, "EUR"].low < 1 < rates[2022, "EUR"].high  # the euro fell below par that year
    assert {year for year, _ in rates} == set(range(2010, 2027))
