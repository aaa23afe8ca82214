"""A screen: a folder below ``screens`` whose ``KIND`` names its place in the app."""

from dataclasses import dataclass

from minori.core.registry import Registry
from minori.core.text import Text
from minori.web.rights import Ability


@dataclass(frozen=True)
class Screen:
    """One entry of the app's navigation.

    ``path`` is what its addresses begin with ("" for the first page), ``urls`` the module of its routes, ``home``
    the name of its first route. ``place`` orders the navigation; None keeps it out. ``key`` is pressed after ``g``.
    """

    path: str
    urls: str
    home: str
    label: Text
    place: int | None = None
    key: str = ""
    needs: Ability = Ability.SEE


SCREENS: Registry[Screen] = Registry("screen", "minori.web.screens", Screen)
