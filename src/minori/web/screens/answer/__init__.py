"""Answers: the pages behind the links in mail, for people without an account."""

from minori.core.text import Text
from minori.web.rights import Ability
from minori.web.screen import Screen

KIND = Screen(
    path="a/",
    urls="minori.web.screens.answer.urls",
    home="answer",
    label=Text(ja="お客様のお返事", en="Customers' answers"),
    needs=Ability.OPEN,
)
