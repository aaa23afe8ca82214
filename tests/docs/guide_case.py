"""The guide's pages, and what stands in them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
_SKIPPED = {".venv", ".git", "demo", "messages"}
MARKDOWN = sorted(path for path in ROOT.rglob("*.md") if not _SKIPPED & set(path.relative_to(ROOT).parts))
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def page(language: str, name: str) -> str:
    return (GUIDE / language / f"{name}.md").read_text(encoding="utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """Code blocks marked with ``kind``, in order."""
    return [block for found, block in _BLOCK.findall(text) if found == kind]


def file_of(block: str) -> str:
    """The file that a block of YAML is of, from its first line: ``# policy/metrics.yaml``."""
    first = block.splitlines()[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else ""


def without_blocks(text: str) -> str:
    return _BLOCK.sub("", text)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", without_blocks(text))


def structure(text: str) -> list[str]:
    """Levels of headings, kinds of code blocks and rows of tables, in order: what a translation keeps."""
    plain = _BLOCK.sub(r"```\1", text)
    found = re.findall(r"^(#+ |```\w*|\|)", plain, re.MULTILINE)
    return [str(part).strip() for part in found]


def sections(text: str) -> dict[str, str]:
    """Text by heading, of any level."""
    parts = _HEADING.split(_BLOCK.sub("", text))
    return dict(zip(parts[2::3], parts[3::3], strict=True))


def anchors(text: str) -> set[str]:
    """Names by which headings are linked to."""
    headings = [heading for _, heading in _HEADING.findall(_BLOCK.sub("", text))]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def cells(row: str) -> list[str]:
    """Cells of a row of a table."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
