from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cursors import Key, decode, encode
from models.errors import QueryError

keys = st.floats(allow_nan=False) | st.datetimes(timezones=st.just(UTC))
rows = st.integers(min_value=1, max_value=2**63 - 1)


@given(keys, rows)
def test_a_cursor_gives_back_where_the_page_ended(key: Key, row: int) -> None:
    assert decode("newest", encode("newest", key, row)) == (key, row)


@pytest.mark.parametrize(("said", "otherwise"), [("-", "+"), ("_", "/")])
def test_another_spelling_of_the_same_bytes_is_refused(said: str, otherwise: str) -> None:
    cursors = (encode("newest", 1.0, row) for row in range(1, 1000))
    cursor = next(cursor for cursor in cursors if said in cursor)
    with pytest.raises(QueryError):
        decode("newest", cursor.replace(said, otherwise))


@given(keys, rows, st.data())
def test_any_change_is_noticed(key: Key, row: int, data: st.DataObject) -> None:
    cursor = encode("newest", key, row)
    at = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda character: character != cursor[at]))
    with pytest.raises(QueryError):
        decode("newest", cursor[:at] + other + cursor[at + 1 :])


def test_a_cursor_of_another_search_is_refused() -> None:
    with pytest.raises(QueryError) as caught:
        decode("oldest", encode("newest", 1.0, 1))
    assert "cursor" in str(caught.value)
    assert "cursor" in caught.value.dutch


@given(st.text(max_size=50))
def test_no_text_breaks_it(cursor: str) -> None:
    with pytest.raises(QueryError):
        decode("newest", cursor)
