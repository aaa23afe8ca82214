"""Definition files as files: which may be edited, how one version takes the place of another, how one is tried."""

import contextlib
import difflib
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    TagToken,
)

from minori.core.errors import DefinitionError, WorkspaceError
from minori.policy.load import FOLDER, PARTS, PINNED
from minori.policy.workspace import FILE

LARGEST = 200_000  # bytes of a file that is edited by program
DEEPEST = 40
_OPENS = (BlockMappingStartToken, BlockSequenceStartToken, FlowMappingStartToken, FlowSequenceStartToken)
_CLOSES = (BlockEndToken, FlowMappingEndToken, FlowSequenceEndToken)
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}"
_KNOWN = re.compile(
    rf"{FOLDER}/(?:(?:{'|'.join(PARTS)})\.yaml|plays/{_NAME}\.yaml|messages/(?:ja|en)/(?:roles/)?{_NAME}\.md)"
)


@dataclass(frozen=True)
class FileChange:
    """A new version of a definition file, named from the workspace: ``policy/health.yaml``. Empty: there is none."""

    file: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff; empty if nothing changes."""
        return difference(self.before, self.after, self.file)


class Changed(WorkspaceError):
    """Raised when a file is no longer what a change was made from."""

    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(f"{file} was changed meanwhile; look at the proposal again")


class ChangedBeside(WorkspaceError):
    """Raised when definitions changed between the check of a change and its writing; check it again."""

    def __init__(self) -> None:
        super().__init__("other definitions were changed meanwhile; try again")


def check_plain(text: str, file: str) -> None:
    """Refuse YAML that is small to write and huge to read: aliases, and nesting that no definition needs.

    Raises DefinitionError; also for what is no YAML at all.
    """
    depth = 0
    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
            if isinstance(token, AliasToken | AnchorToken | TagToken) or depth > DEEPEST:
                what = f"nesting deeper than {DEEPEST}" if depth > DEEPEST else "anchors, aliases and tags"
                line = token.start_mark.line + 1
                raise DefinitionError(
                    f"{what}: not in a definition that is edited here", file=file, line=line
                )
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DefinitionError(f"not YAML: {error.problem or error.context}", file=file, line=line) from None


def stamp(root: Path, within: str = FOLDER) -> str:
    """Return what tells one state of all definitions from another, without reading them: names, sizes, times.

    ``within`` is the folder of the workspace that is looked at.
    """
    files = [root / FILE, *(root / within).rglob("*.yaml"), *(root / within).rglob("*.md")]
    seen = sorted((str(file), s.st_size, s.st_mtime_ns, s.st_ino) for file in files if (s := _stat(file)))
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def digest(text: str) -> str:
    """Return what names a version of a file: SHA-256 of its bytes, empty for a file that is not there."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def known_file(file: str) -> bool:
    """Return whether a name is that of a definition file of the company's own, and so may be edited."""
    return _KNOWN.fullmatch(file) is not None


def path_of(root: Path, file: str) -> Path:
    """Return where a definition file lies; raises WorkspaceError for a name that is none, or a path that leads away."""
    if not known_file(file):
        raise WorkspaceError(f"{file!r} is no definition file of this workspace")
    path = root / file
    if path.resolve() != (root / FOLDER).resolve() / file.removeprefix(f"{FOLDER}/"):
        raise WorkspaceError(f"{file} is a link to somewhere else and is not edited here")
    return path


def read_definition(root: Path, file: str) -> str:
    """Return the text of a definition file, line ends as they are; empty if it is not there."""
    return _text_of(path_of(root, file), file)


def difference(before: str, after: str, name: str) -> str:
    """Return a unified diff of two versions of a file; empty if they are the same."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def replace_files(root: Path, changes: Sequence[FileChange], *, checked: str | None = None) -> None:
    """Put new versions of definition files in place, each at once or not at all; an empty one removes its file.

    ``checked`` is the stamp of the definitions with which the changes were found to be right.

    Raises
    ------
    Changed
        If a file is no longer what its change was made from; then none is touched.
    ChangedBeside
        If other definitions are not those that the changes were checked with.
    WorkspaceError
        If a name is that of no definition file, or a version is too large.
    """
    paths = [path_of(root, change.file) for change in changes]
    for change in changes:
        if len(change.after.encode()) > LARGEST:
            raise WorkspaceError(f"{change.file} would be larger than {LARGEST:,} bytes")
    with _held(root / FOLDER):
        for path, change in zip(paths, changes, strict=True):
            if _text_of(path, change.file) != change.before:
                raise Changed(change.file)
        if checked is not None and stamp(root) != checked:
            raise ChangedBeside
        for path, change in zip(paths, changes, strict=True):
            _put(path, change.after)


def replace_file(path: Path, before: str, after: str) -> None:
    """Put a new version in place of one file of ``policy/``, at once or not at all.

    Raises
    ------
    WorkspaceError
        If the file is no longer what ``before`` says (empty: it did not exist).
    """
    with _held(path.parent):
        if _text_of(path, path.name) != before:
            raise Changed(path.name)
        _put(path, after)


@contextlib.contextmanager
def tried(root: Path, changes: Mapping[str, str]) -> Iterator[Path]:
    """Give a folder that has the workspace's definitions with other versions of some files, to be loaded and checked.

    ``changes`` are texts by file; an empty one means that the file is not there. Nothing of the workspace is written.
    """
    with tempfile.TemporaryDirectory(prefix="minori-policy-") as folder:
        trial, own = Path(folder), root / FOLDER
        if own.is_dir():
            shutil.copytree(own, trial / FOLDER, ignore=_not_pinned(own))
        (trial / FOLDER).mkdir(exist_ok=True)
        if (own / PINNED).is_dir():
            (trial / FOLDER / PINNED).symlink_to((own / PINNED).resolve())
        for file, text in changes.items():
            path_of(root, file)
            if file.endswith(".yaml"):
                check_plain(text, file)
            _put(trial / file, text)
        yield trial


def _not_pinned(own: Path) -> Callable[[str, list[str]], set[str]]:
    """Return what copying is to leave out: the pinned preset, which is only read, and what is no definition."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        inside = Path(folder) == own
        return {
            name
            for name in names
            if (inside and name == PINNED) or (Path(name).suffix not in ("", ".yaml", ".md"))
        }

    return left_out


def _text_of(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ""
    if len(raw) > LARGEST:
        raise WorkspaceError(f"{name} is larger than {LARGEST:,} bytes and is not edited here")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise DefinitionError(f"not UTF-8 at byte {error.start}; save it as UTF-8", file=name) from None


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Let one process after the other compare and replace; the lock goes with the process that holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _put(path: Path, text: str) -> None:
    if not text:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode if path.is_file() else 0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
