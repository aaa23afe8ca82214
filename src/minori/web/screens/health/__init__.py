"""Health and metrics: how the score is made, how it is spread, whether it is true, and how it is changed."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="health/",
    urls="minori.web.screens.health.urls",
    home="health",
    label=Text(ja="ヘルスと指標", en="Health and metrics"),
    place=40,
    key="h",
)
