"""The quarterly review of one customer: a page that prints, and a deck that can be edited."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="qbr/",
    urls="minori.web.screens.qbr.urls",
    home="qbr-home",
    label=Text(ja="定例レビュー", en="Quarterly review"),
)
