"""Results: what the proof says of revenue, of customers' value, of the score, of plays and of claims."""

from minori.core.text import Text
from minori.web.rights import Ability
from minori.web.screen import Screen

KIND = Screen(
    path="results/",
    urls="minori.web.screens.results.urls",
    home="results",
    label=Text(ja="成果", en="Results"),
    place=50,
    key="r",
    needs=Ability.SEE,
)
