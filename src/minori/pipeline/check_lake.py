"""What is odd about a workspace beside its policy: work that was begun and not finished."""

from collections.abc import Iterator

from minori.core.text import Text
from minori.lake.snapshot import Snapshot
from minori.pipeline.check import Remark
from minori.pipeline.erasing.forget import unfinished

_UNFINISHED = Text(
    ja="個人データの消去が途中で止まっています。もう一度実行してください: minori forget {who} --by …",
    en="an erasure of personal data was interrupted; run it again: minori forget {who} --by …",
)


def lake_remarks(snapshot: Snapshot) -> Iterator[Remark]:
    """Yield what somebody has to do about the lake."""
    for who in unfinished(snapshot):
        yield Remark("lake", None, _UNFINISHED.fill({"who": who}))
