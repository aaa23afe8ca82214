"""What every model of a chance can do, whatever it is inside."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from minori.stats.arrays import Floats


class ChanceModel(Protocol):
    """A fitted model over the columns it was fitted on."""

    @property
    def kind(self) -> str:
        """Its kind, as stored."""

    def logit(self, x: Floats, offset: Floats) -> Floats:
        """Return log-odds of each row; NaN in ``x`` is unknown, ``offset`` the log-odds a row starts from."""

    def contributions(self, x: Floats) -> Floats:
        """Return what each column adds to each row's log-odds, against the average row of the training."""

    def as_object(self) -> dict[str, Any]:
        """Return plain data, from which ``restored`` rebuilds it."""


def restored(data: Mapping[str, Any]) -> ChanceModel:
    """Rebuild a model from plain data; raises KeyError for a kind that is not known."""
    from minori.stats.boosting import Boosting
    from minori.stats.equal_points import EqualPoints, Rate
    from minori.stats.sign_ridge import SignRidge
    from minori.stats.woe import WoeModel

    models: dict[str, Callable[[Mapping[str, Any]], ChanceModel]] = {
        Rate.kind: Rate.restored,
        EqualPoints.kind: EqualPoints.restored,
        SignRidge.kind: SignRidge.restored,
        WoeModel.kind: WoeModel.restored,
        Boosting.kind: Boosting.restored,
    }
    return models[data["kind"]](data)
