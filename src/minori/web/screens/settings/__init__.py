"""Settings: the team, channels, tokens, what was done and by whom."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="settings/",
    urls="minori.web.screens.settings.urls",
    home="settings",
    label=Text(ja="設定", en="Settings"),
    place=70,
    key="s",
)
