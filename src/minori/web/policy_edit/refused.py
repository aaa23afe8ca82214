"""A change that is well-formed and yet not allowed."""

from minori.core.errors import WorkspaceError
from minori.core.text import Text
from minori.web.language import in_words


class Refused(WorkspaceError):
    """Raised when a change may not be made here; its sentence is in the language of the request."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(in_words(why))
