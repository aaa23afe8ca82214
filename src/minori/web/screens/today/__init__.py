"""Today: my proposals in the order of what they are worth, and what else needs somebody today."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="",
    urls="minori.web.screens.today.urls",
    home="today",
    label=Text(ja="今日の提案", en="Today"),
    place=1,
    key="t",
)
