"""Small monotone gradient boosting (scikit-learn's histogram trees), kept as plain numbers.

A stored model is a list of trees that this module reads by itself: nothing is unpickled, and a newer scikit-learn
cannot change what an older model says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from minori.stats.arrays import Flags, Floats, Ints
from minori.stats.threads import one_thread

LEARNING_RATE = 0.05


@dataclass(frozen=True)
class Tree:
    """A binary tree as arrays by node: a leaf has feature −1; ``value`` of an inner node is its rows' average."""

    feature: Ints
    threshold: Floats
    unknown_left: Flags
    left: Ints
    right: Ints
    value: Floats

    def walk(self, x: Floats) -> Iterator[tuple[Ints, Ints, Floats]]:
        """Walk all rows down, a level at a time: yield the rows that moved, the column they were asked, the change."""
        node = np.zeros(len(x), dtype=np.int64)
        rows = np.arange(len(x)) if self.feature[0] >= 0 else np.zeros(0, dtype=np.int64)
        while len(rows):
            at = node[rows]
            column = self.feature[at]
            value = x[rows, column]
            left = np.where(np.isnan(value), self.unknown_left[at], value <= self.threshold[at])
            node[rows] = np.where(left, self.left[at], self.right[at])
            yield rows, column, self.value[node[rows]] - self.value[at]
            rows = rows[self.feature[node[rows]] >= 0]


@dataclass(frozen=True)
class Boosting:
    """A sum of trees; the last column the trees see is the offset."""

    kind: ClassVar[str] = "boosting"
    start: float
    trees: tuple[Tree, ...]

    def logit(self, x: Floats, offset: Floats) -> Floats:
        """Return log-odds of each row."""
        seen = np.column_stack([x, offset])
        total = np.full(len(x), self.start)
        for tree in self.trees:
            total += tree.value[0]
            for rows, _, change in tree.walk(seen):
                total[rows] += change
        return total

    def contributions(self, x: Floats) -> Floats:
        """Return what each column adds to the log-odds: the changes along each row's path (Saabas 2014)."""
        seen = np.column_stack([x, np.full(len(x), np.nan)])
        added = np.zeros_like(seen)
        for tree in self.trees:
            for rows, column, change in tree.walk(seen):
                added[rows, column] += change
        return added[:, :-1]

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        trees = [{name: getattr(tree, name).tolist() for name in _TYPES} for tree in self.trees]
        return {"kind": self.kind, "start": self.start, "trees": trees}

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "Boosting":
        """Rebuild from plain data."""
        trees = (
            Tree(**{name: np.array(tree[name], dtype=kind) for name, kind in _TYPES.items()})
            for tree in data["trees"]
        )
        return cls(float(data["start"]), tuple(trees))


_TYPES: dict[str, type] = {
    "feature": np.int64,
    "threshold": np.float64,
    "unknown_left": np.bool_,
    "left": np.int64,
    "right": np.int64,
    "value": np.float64,
}


def fit_boosting(
    x: Floats, y: Floats, signs: Ints, offset: Floats, *, trees: int = 100, leaves: int = 6
) -> Boosting:
    """
    Fit without chance: no sampling, no early stop.

    Parameters
    ----------
    x, y, signs
        As of ``fit_sign_ridge``; NaN goes to the side that fits better.
    offset
        Read as one more column in which more is likelier.
    trees, leaves
        Size of the model.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # heavy

    model = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=LEARNING_RATE,
        max_leaf_nodes=leaves,
        min_samples_leaf=int(min(20, max(5, len(y) // 20))),
        l2_regularization=1.0,
        monotonic_cst=[*signs.tolist(), 1],
        early_stopping=False,
        random_state=0,
    )
    with one_thread():
        model.fit(np.column_stack([_seen(x), offset]), y.astype(np.int64))
    # Its trees have no public reader; the tests hold what is read here against its own predictions.
    found = tuple(_tree(step[0].nodes) for step in model._predictors)
    return Boosting(float(np.ravel(model._baseline_prediction)[0]), found)


def _seen(x: Floats) -> Floats:
    """Return the columns with those of which nothing is known made constant: scikit-learn cannot cut them."""
    return np.where(np.isnan(x).all(axis=0), 0.0, x)


def _tree(nodes: npt.NDArray[np.void]) -> Tree:
    leaf = nodes["is_leaf"].astype(bool)
    left, right = nodes["left"].astype(np.int64), nodes["right"].astype(np.int64)
    value, rows = nodes["value"].astype(np.float64), nodes["count"].astype(np.float64)
    for node in np.flatnonzero(~leaf)[::-1]:  # children stand behind their parents
        both = [left[node], right[node]]
        value[node] = float(value[both] @ rows[both] / rows[both].sum())
    return Tree(
        np.where(leaf, -1, nodes["feature_idx"]).astype(np.int64),
        nodes["num_threshold"].astype(np.float64),
        nodes["missing_go_to_left"].astype(bool),
        left,
        right,
        value,
    )
