"""Putting words together in both languages at once."""

from collections.abc import Iterable
from decimal import Decimal

from minori.core.text import Text

LIST = Text(ja="、", en=", ")
AND = Text(ja="と", en=" and ")


def filled(template: Text, **values: Text | str) -> Text:
    """Put values in place of ``{name}``, each language with its own words."""
    ja = {name: value if isinstance(value, str) else value.ja for name, value in values.items()}
    en = {name: value if isinstance(value, str) else value.en for name, value in values.items()}
    return Text(ja=template.fill(ja).ja, en=template.fill(en).en)


def joined(texts: Iterable[Text], between: Text = LIST) -> Text:
    """Join texts language by language; there must be at least one."""
    parts = list(texts)
    return Text(ja=between.ja.join(t.ja for t in parts), en=between.en.join(t.en for t in parts))


def same(word: str) -> Text:
    """Return a name or an id that is written alike in both languages."""
    return Text(ja=word.strip() or "–", en=word.strip() or "–")


def stored(amount: Decimal) -> Decimal:
    """Round an amount of money to the four decimals that are stored, half to even."""
    whole = amount.to_integral_value()
    return whole if amount == whole else amount.quantize(Decimal("0.0001"))


def counted(amount: Decimal) -> str:
    """Write a quantity: ``1,200``, ``7.5``."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount.normalize():,f}"
