"""The numbers that a company is read by, each with its mark; details are one step away."""

from minori.core.text import Text
from minori.kpis.figures import GRR, NRR, UPSELL_RATE
from minori.kpis.value_figures import LTV, TO_CAC
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Tiles, Verdicts, only
from minori.web.screens.results.section import Section
from minori.web.screens.results.sections.revenue import yearly

_OF_SHOPS = ("revenue", "repeat_rate", "purchase_frequency", "basket_amount")


def blocks(asked: Asked) -> list[Block]:
    """Return tiles of the newest figures, two charts, and what the score is worth."""
    years = asked.readings("revenue", by="year")
    value = asked.readings("value", aspect="period")
    newest = yearly(years)
    tiles = [*only(newest, NRR.id, GRR.id, UPSELL_RATE.id, "logo_churn"), *only(value, LTV.id, TO_CAC.id)]
    shop = asked.readings("shop", by="month")
    found: list[Block] = []
    if tiles:
        found.append(Tiles("year", word("results.last_year"), word("results.marks"), readings=tuple(tiles)))
    if shop:
        last = [one for one in shop if one.row.period_from == shop[-1].row.period_from]
        found.append(Tiles("shop", word("results.shop"), readings=tuple(only(last, *_OF_SHOPS))))
    found += asked.pictures("nrr", "waterfall")
    verdicts = [row for row in asked.verdicts("score") if not row.subject]
    if verdicts:
        heads = tuple((Head("score", word("results.score")), row) for row in verdicts)
        found.append(Verdicts("score", word("results.score_true"), rows=heads))
    return [*found, *_plays(asked)]


def _plays(asked: Asked) -> list[Block]:
    proven = [row for row in asked.verdicts("experiments", "pushiness") if row.code not in ("not_enough",)]
    whole = [row for row in proven if row.aspect in ("", "play")]
    if not whole:
        return []
    heads = tuple((Head(row.subject, asked.name("plays", row.subject)), row) for row in whole)
    return [Verdicts("plays", word("results.plays_said"), rows=heads)]


KIND = Section(
    Text(ja="全体", en="Overview"),
    Text(
        ja="売上・顧客の価値・提案の成果を、目安とあわせて示します。数字を選ぶと、意味と内訳が開きます。",
        en="Revenue, the worth of customers and what proposals did, with their marks. Choose a number to see what it means and is made of.",
    ),
    (),
    blocks,
    0,
)
