"""Weights of the health score learned from who left and who expanded, as a proposal that a person looks at."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.learning.acceptance_figures import readings_of_weights
from minori.learning.weights import Weighed
from minori.pipeline.proof.weights import FILE, grounds, learned_weights
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind


def _do(_asked: Asked, progress: Progress) -> dict[str, Any]:
    served = workspace()
    with served.session() as session:
        found = learned_weights(session, served.root, served.day(session, None), progress)
    return {
        "as_of": found.as_of.isoformat(),
        "file": FILE,
        "before": found.before,
        "after": found.after,
        "diff": found.diff,
        "aims": [_aim(weighed) for weighed in (found.churn, found.expansion)],
    }


def _aim(weighed: Weighed) -> dict[str, Any]:
    return {**grounds(weighed), "readings": [_reading(reading) for reading in readings_of_weights(weighed)]}


def _reading(reading: Any) -> dict[str, Any]:
    return {**reading.as_object(), "label": reading.figure.label.as_dict(), "unit": reading.figure.unit}


KIND = JobKind(label=Text(ja="重みの学習", en="Learn the weights"), do=_do, lease_seconds=3600)
