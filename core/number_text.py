"""Numbers as a reader sees them: a true minus sign, no trailing zeros, no more digits than carry meaning."""

from __future__ import annotations

from decimal import Decimal
from numbers import Integral, Real

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number(value: Real | float, digits: int = 4) -> str:
    """`value` for a cell or a sentence.

    Integers keep every digit up to seven. Floats are rounded to `digits` significant digits, but never before the
    decimal point; what is longer than seven digits, or below 0.0001, is written as a power of ten.

    >>> number(-1), number(0.5), number(-0.0), number(2.0), number(1 / 3), number(12345678)
    ('−1', '0.5', '0', '2', '0.3333', '1.235×10⁷')
    """
    if isinstance(value, Integral):
        whole = int(value)
        if abs(whole) < 10_000_000:
            return str(whole).replace("-", MINUS)
        if abs(whole) >= 2**1023:  # beyond every float
            return _power(*f"{Decimal(whole):.{digits - 1}e}".split("e"))
        value = float(whole)
    real = float(value)
    if real == 0:
        return "0"
    mantissa, _, power = f"{real:.{digits - 1}e}".partition("e")
    text = f"{real:.{max(0, digits - 1 - int(power))}f}"
    if 1e-4 <= abs(float(text)) < 1e7:
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace("-", MINUS)
    return _power(mantissa, power)


def _power(mantissa: str, power: str) -> str:
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}{TIMES}10".replace("-", MINUS) + str(int(power)).translate(SUPERSCRIPTS)


def shown_exactly(value: Real | float) -> bool:
    """Whether `number` shows all of `value`, rather than rounding it.

    >>> shown_exactly(0.125), shown_exactly(1 / 3), shown_exactly(-7)
    (True, False, True)
    """
    try:
        return float(number(value).replace(MINUS, "-")) == value
    except ValueError:  # a power of ten
        mantissa, _, power = f"{value:.3e}".partition("e")
        return float(f"{mantissa}e{power}") == value


def size(*extents: int) -> str:
    """Extents joined by a true multiplication sign: `size(3, 3)` is 3×3."""
    return TIMES.join(number(extent) for extent in extents)
