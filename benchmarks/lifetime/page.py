"""The measured figures as a section of a page."""

from collections.abc import Mapping, Sequence
from typing import Any

Run = Mapping[str, Any]
_NAMES = ("r", "α", "a", "b", "p", "q", "v")


def section(found: Mapping[str, Sequence[Run]], *, customers: int, command: str) -> str:
    """Return the section in Markdown: medians by total time, peaks, ratios, and whether all found the same."""
    median = {
        name: sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2] for name, runs in found.items()
    }
    ours = median["minori"]
    lines = [
        f"# Lifetime value of {customers:,} customers",
        "",
        "BG/NBD and gamma-gamma fitted, then purchases, the chance to be alive and spend predicted for each customer; in",
        "whole days over two years, drawn from a known world. Every run is a process of its own, in turn. The first seconds",
        "are wall time of the work. CPU seconds are of the whole process, with imports and reading: what else goes on on the",
        "machine disturbs them less.",
        "",
        f"    {command}",
        "",
        "| plan | BG/NBD s | gamma-gamma s | prediction s | in all s | CPU s | peak MB | time ÷ minori | CPU ÷ minori |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, run in median.items():
        parts = (run["buying"], run["spending"], run["predicting"], run["seconds"], run["cpu_seconds"])
        peak = max(run["peak_bytes"] for run in found[name]) / 1e6
        ratios = (f"{run[of] / ours[of]:.2f}" for of in ("seconds", "cpu_seconds"))
        figures = [*(f"{part:.2f}" for part in parts), f"{peak:.0f}", *ratios]
        lines.append(f"| {name} | {' | '.join(figures)} |")
    return "\n".join([*lines, "", *_notes(median)]) + "\n"


def _notes(median: Mapping[str, Run]) -> list[str]:
    notes = []
    for name, run in median.items():
        said = ", ".join(f"{n} {value:.4g}" for n, value in zip(_NAMES, run["parameters"], strict=True))
        groups = f" from {run['groups']:,} distinct histories" if "groups" in run else ""
        notes.append(f"- {name}{groups}: {said}; {run['totals'][0]:,.0f} purchases expected")
    return notes


def check_equal(found: Mapping[str, Sequence[Run]], tolerance: float) -> None:
    """Raise ValueError if two plans did not find the same totals, as a share of them."""
    first = found["minori"][0]["totals"]
    for name, runs in found.items():
        for ours, theirs in zip(first, runs[0]["totals"], strict=True):
            if abs(theirs - ours) > tolerance * abs(ours):
                raise ValueError(f"{name} and minori differ: {runs[0]['totals']} and {first}")
