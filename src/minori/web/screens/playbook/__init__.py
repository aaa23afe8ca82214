"""The playbook: what every play is, what it did, and how it is changed."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="playbook/",
    urls="minori.web.screens.playbook.urls",
    home="playbook",
    label=Text(ja="プレイブック", en="Playbook"),
    place=30,
    key="p",
)
