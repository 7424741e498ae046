"""Values as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.publishing.query import plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("0E-12"), "0"),
        (Decimal("168000000000.000000000000"), "168000000000"),
        (Decimal("-3.200000000000"), "-3.2"),
        (Decimal("1E+3"), "1000"),
        (0.1, "0.1"),
        ("约3.10", "约3.10"),
    ],
)
def test_values_as_people_write_them(value: object, text: str) -> None:
    assert plain(value) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=12))
def test_no_digit_of_a_figure_is_lost(figure: Decimal) -> None:
    assert Decimal(plain(figure)) == figure
    assert "E" not in plain(figure)
