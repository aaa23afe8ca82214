"""Money: decimals with an ISO currency, rounded to the currency's minor unit only on output."""

from decimal import ROUND_HALF_EVEN, Decimal

# ISO 4217 exponents that are not 2, of currencies in circulation.
_MINOR_UNITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
_SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "KRW": "₩"}


def minor_unit(currency: str) -> int:
    """Return how many decimals the currency has."""
    return _MINOR_UNITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round to the currency's minor unit, half to even."""
    return amount.quantize(Decimal(1).scaleb(-minor_unit(currency)), rounding=ROUND_HALF_EVEN)


def shown(amount: Decimal, currency: str) -> str:
    """Write an amount for people: ``¥12,000``, ``$9.50``, ``-€3.00``, ``CHF 5.00``."""
    value = rounded(amount, currency)
    sign = _SIGNS.get(currency, f"{currency} ")
    return f"{'-' if value < 0 else ''}{sign}{abs(value):,}"
