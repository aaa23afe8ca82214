"""The meeting of CS and sales: which customers, what troubles them, who proposes what by when."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="meeting/",
    urls="minori.web.screens.meeting.urls",
    home="meeting",
    label=Text(ja="CS・営業会議", en="CS and sales"),
    place=15,
    key="m",
)
