"""Numbers as a reader sees them."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from look.numbers import number, size

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read(text: str) -> float:
    """A shown number, read back."""
    mantissa, _, power = text.replace("\N{MINUS SIGN}", "-").partition("×10")
    return float(mantissa) * 10 ** int(power.translate(SUPERSCRIPTS) or "0")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-1, "−1"),
        (9_999_999, "9999999"),
        (12_345_678, "1.235×10⁷"),
        (2**2000, "1.148×10⁶⁰²"),
        (-(2**63), "−9.223×10¹⁸"),
        (2.0, "2"),
        (0.5, "0.5"),
        (-12.5, "−12.5"),
        (0.125, "0.125"),
        (1 / 3, "0.3333"),
        (2 / 3, "0.6667"),
        (126.9477, "126.9"),
        (12345.678, "12346"),
        (-160478.6, "−160479"),
        (9999.96, "10000"),
        (0.00012345, "0.0001234"),
        (0.000012345, "1.234×10⁻⁵"),
        (1e300, "1×10³⁰⁰"),
        (np.int64(-7), "−7"),
        (np.float64(0.25), "0.25"),
        (True, "1"),
    ],
)
def test_a_number_is_shown(value: float, shown: str) -> None:
    assert number(value) == shown


@given(st.integers(-9_999_999, 9_999_999))
def test_whole_numbers_keep_every_digit(value: int) -> None:
    assert int(number(value).replace("−", "-")) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_float_is_shown_to_four_digits(value: float) -> None:
    shown = number(value)
    assert math.isclose(read(shown), value, rel_tol=5.1e-4, abs_tol=1e-320)
    assert "-" not in shown
    assert len(shown) <= 14
    assert not re.search(r"\.\d*0(×|$)", shown), "no zeros trail"


@given(st.floats(1000, 9_999_998))
def test_nothing_is_rounded_before_the_decimal_point(value: float) -> None:
    assert abs(read(number(value)) - value) <= 0.5


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_minus_sign_is_the_only_difference_between_signs(value: float) -> None:
    assert number(-abs(value)).removeprefix("−") == number(abs(value))


def test_sizes_have_a_true_multiplication_sign() -> None:
    assert size(3, 4, 5) == "3×4×5"
    assert size(512) == "512"
