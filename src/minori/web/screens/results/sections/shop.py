"""A shop's figures by month, quarter or fiscal year."""

from minori.core.text import Text
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block
from minori.web.screens.results.section import Section
from minori.web.screens.results.sections.revenue import rates_table


def blocks(asked: Asked) -> list[Block]:
    """Return one table: periods and figures."""
    readings = asked.readings("shop", by=asked.by)
    return [rates_table(asked, readings)] if readings else []


KIND = Section(
    Text(ja="お店の売上", en="Revenue of the shop"),
    Text(
        ja="注文から求めた売上・リピート率・購入回数・1回あたりの金額です。",
        en="Revenue, repeat rate, frequency and basket, counted from orders.",
    ),
    ("shop",),
    blocks,
    15,
    by_period=True,
    optional=True,
)
