"""How a chart is to look: language, light or dark, how wide."""

from dataclasses import dataclass, field

from minori.core.text import Language

PHONE, DESK = 360, 720
LEAST_WIDTH = 280
_NARROW = 520


@dataclass(frozen=True)
class Palette:
    """Quiet colours: every text at least 4.5 : 1 on ``paper``, every mark at least 3 : 1."""

    paper: str
    ink: str
    quiet: str  # axis labels, notes
    grid: str
    main: str
    second: str
    faint: str  # a mark that stands behind: counts, a present range
    gain: str
    loss: str


LIGHT = Palette(
    paper="#ffffff",
    ink="#1f2a33",
    quiet="#5a6772",
    grid="#e4e8eb",
    main="#1d6f8f",
    second="#a86412",
    faint="#c9d2d8",
    gain="#2c7d83",
    loss="#b3541e",
)
DARK = Palette(
    paper="#14191e",
    ink="#e8ecef",
    quiet="#9fabb5",
    grid="#2a323a",
    main="#62b5d4",
    second="#e0a458",
    faint="#414c56",
    gain="#5cb3b0",
    loss="#e08a52",
)

BANDS = {
    "thriving": "#2f67b4",
    "healthy": "#459d7c",
    "watch": "#c47f10",
    "act": "#c2303c",
    "unknown": "#7389a6",
}
"""Fixed on light and dark paper alike, so that a colour means the same on a screen and in print."""


@dataclass(frozen=True)
class Look:
    """Language, theme, and the width of the whole picture in pixels."""

    language: Language = "ja"
    dark: bool = False
    width: int = DESK
    palette: Palette = field(init=False)

    def __post_init__(self) -> None:
        if self.width < LEAST_WIDTH:
            raise ValueError(f"a chart is at least {LEAST_WIDTH} pixels wide, not {self.width}")
        object.__setattr__(self, "palette", DARK if self.dark else LIGHT)

    @property
    def narrow(self) -> bool:
        """Whether there is little room, as on a phone."""
        return self.width < _NARROW
