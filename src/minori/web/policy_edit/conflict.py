"""Two people changed one file."""

from minori.core.errors import WorkspaceError


class Conflict(WorkspaceError):
    """Raised when somebody else changed a file since a change was made from it.

    ``mine`` and ``theirs`` are unified diffs, both from the version that the change was made from; empty where that
    version is not known.
    """

    def __init__(self, file: str, mine: str = "", theirs: str = "") -> None:
        self.file, self.mine, self.theirs = file, mine, theirs
        super().__init__(f"{file} was changed meanwhile")
