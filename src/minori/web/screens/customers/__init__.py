"""Customers: the list, and everything about one of them."""

from minori.core.text import Text
from minori.web.screen import Screen

KIND = Screen(
    path="customers/",
    urls="minori.web.screens.customers.urls",
    home="customers",
    label=Text(ja="顧客", en="Customers"),
    place=20,
    key="c",
)
