"""Data: sources and their freshness, rows set aside, the mapping, merged identities, personal data."""

from minori.core.text import Text
from minori.web.rights import Ability
from minori.web.screen import Screen

KIND = Screen(
    path="data/",
    urls="minori.web.screens.data.urls",
    home="data",
    label=Text(ja="データ", en="Data"),
    place=60,
    key="d",
    needs=Ability.MANAGE,
)
