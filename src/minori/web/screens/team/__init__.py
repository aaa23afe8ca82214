"""The team: who has how much to do today, against what one can do in a day."""

from minori.core.text import Text
from minori.web.rights import Ability
from minori.web.screen import Screen

KIND = Screen(
    path="team/",
    urls="minori.web.screens.team.urls",
    home="team",
    label=Text(ja="チーム", en="Team"),
    place=16,
    key="e",
    needs=Ability.MANAGE,
)
