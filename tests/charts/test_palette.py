"""Colours that everybody can read: enough contrast, and bands that colour-blind eyes tell apart."""

from itertools import combinations

import numpy as np
import pytest

from minori.charts.look import BANDS, DARK, LIGHT, Palette

# Severity 1.0 of Machado, Oliveira & Fernandes (2009), IEEE TVCG 15, 1291-1298, table 1, on linear RGB.
_EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
}


def linear(colour: str) -> np.ndarray:
    """Return linear RGB of ``#rrggbb`` (IEC 61966-2-1)."""
    value = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    light = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (D65) of linear RGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    f = np.cbrt(to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize("name", ["ink", "quiet", "main", "second", "loss"])
    def test_text_can_be_read(self, palette: Palette, name: str) -> None:
        assert contrast(getattr(palette, name), palette.paper) >= 4.5

    @pytest.mark.parametrize("colour", [*BANDS.values()], ids=[*BANDS])
    def test_bands_can_be_seen(self, palette: Palette, colour: str) -> None:
        assert contrast(colour, palette.paper) >= 3

    def test_gain_and_loss_can_be_seen(self, palette: Palette) -> None:
        assert min(contrast(c, palette.paper) for c in (palette.gain, palette.loss)) >= 3


@pytest.mark.parametrize("eye", _EYES)
class TestDifference:
    def test_bands(self, eye: str) -> None:
        seen = {name: lab(_EYES[eye] @ linear(colour)) for name, colour in BANDS.items()}
        apart = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in combinations(seen, 2)}
        assert min(apart.values()) >= 20, apart

    @pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
    def test_gain_and_loss(self, palette: Palette, eye: str) -> None:
        gain, loss = (lab(_EYES[eye] @ linear(colour)) for colour in (palette.gain, palette.loss))
        assert np.linalg.norm(gain - loss) >= 25
