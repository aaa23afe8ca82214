"""After the yes, over everything that was ever accepted."""

from datetime import date

from minori.core.ports import Progress
from minori.learning.after_yes import AfterYes
from minori.learning.after_yes import after_yes as read_after_yes
from minori.pipeline.proof.aftermath import followed
from minori.pipeline.session import Session


def after_yes(
    session: Session, as_of: date, *, progress: Progress = lambda _what, _share: None
) -> list[AfterYes]:
    """Return what followed the yeses up to a day, all plays first; nothing where nobody ever said yes."""
    progress("what followed after customers said yes", 0.1)
    found = followed(session, as_of, use=True)
    readings = read_after_yes(found.rows, found.seen, known_until=found.known_until)
    progress("done", 1.0)
    return readings
