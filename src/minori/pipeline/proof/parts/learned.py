"""The learned chances of acceptance in force: what their forecasts were worth."""

import json
from functools import partial

from minori.core.text import Text
from minori.learning.acceptance_figures import readings_of_kept
from minori.learning.acceptance_versions import in_force
from minori.pipeline.charted import acceptance
from minori.pipeline.proof.model_versions import versions
from minori.pipeline.proof.part import Found, Part, Said, Working

_NOTHING = Text(
    ja="学習した承諾確率がまだありません(minori learn acceptance)",
    en="no chances have been learned yet (minori learn acceptance)",
)
_LEARNED = Text(ja="学習した見込みを使用中", en="learned chances in use")
_NOT_BETTER = Text(ja="型ごとの承諾率を使用中", en="the plays' own rates in use")
_WHY_NOT = Text(
    ja="時間の順の検証で、型ごとの承諾率より確かによい予測にはなりませんでした",
    en="in time order no model forecast surely better than the plays' own rates",
)


def find(work: Working) -> Found:
    """Return what is kept of the version that a run of the day uses."""
    rows = in_force(versions(work.snapshot), work.as_of)
    result = Found(missing=None if rows else _NOTHING)
    for row in sorted(rows, key=lambda row: str(row["part"])):
        part, checked = row["part"], json.loads(row["validation"]) if row["validation"] else None
        result.show(readings_of_kept(checked), subject=part)
        learned = row["learned"]
        why = None if learned else _WHY_NOT
        code, label = ("learned", _LEARNED) if learned else ("rates", _NOT_BETTER)
        result.verdicts.append(Said(code, label, why, part))
        result.draw("acceptance", partial(acceptance.picture, row), part)
    return result


KIND = Part(Text(ja="承諾見込みの検証", en="Chances of acceptance, checked"), find, order=9, reads=("model",))
