"""Definition files as files: only known names, all or none, nobody's change lost, a trial leaves no trace."""

import threading
from pathlib import Path

import pytest

from minori.core.errors import DefinitionError, WorkspaceError
from minori.policy.edit_files import (
    Changed,
    ChangedBeside,
    FileChange,
    digest,
    known_file,
    path_of,
    read_definition,
    replace_files,
    stamp,
    tried,
)
from minori.policy.load import load_policy

HEALTH, PLAY = "policy/health.yaml", "policy/plays/mine.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "policy" / "plays").mkdir(parents=True)
    (tmp_path / HEALTH).write_text("bands: {watch: 40}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "file",
    [
        "policy/../minori.yaml",
        "minori.yaml",
        "sources.yaml",
        "/etc/passwd",
        "policy/plays/../../minori.yaml",
        "policy/plays/.hidden.yaml",
        "policy/preset/b2b_saas/health.yaml",
        "policy/messages/fr/a.md",
        "policy/messages/ja/a.html",
        "policy/plays/a.yaml\n",
        "policy/health.yml",
        "",
    ],
)
def test_other_names_are_not_edited(root: Path, file: str) -> None:
    assert not known_file(file)
    with pytest.raises(WorkspaceError):
        path_of(root, file)


def test_a_link_that_leads_away_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    (root / PLAY).symlink_to(outside)
    with pytest.raises(WorkspaceError, match="link"):
        read_definition(root, PLAY)


def test_all_files_change_or_none(root: Path) -> None:
    changes = [
        FileChange(PLAY, "", "id: mine\n"),
        FileChange(HEALTH, "somebody else's\n", "bands: {watch: 30}\n"),
    ]
    with pytest.raises(Changed, match="health"):
        replace_files(root, changes)
    assert not (root / PLAY).exists()
    assert read_definition(root, HEALTH) == "bands: {watch: 40}\n"


def test_an_empty_version_removes_the_file(root: Path) -> None:
    replace_files(root, [FileChange(PLAY, "", "id: mine\n")])
    assert digest(read_definition(root, PLAY)) == digest("id: mine\n")
    replace_files(root, [FileChange(PLAY, "id: mine\n", "")])
    assert not (root / PLAY).exists()
    assert sorted(path.name for path in (root / "policy").rglob("*")) == ["health.yaml", "plays"]


def test_a_change_beside_the_check_is_noticed(root: Path) -> None:
    seen = stamp(root)
    (root / "policy" / "metrics.yaml").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ChangedBeside):
        replace_files(root, [FileChange(PLAY, "", "id: mine\n")], checked=seen)
    assert not (root / PLAY).exists()


def test_of_many_at_once_one_wins(root: Path) -> None:
    before, won, ready = read_definition(root, HEALTH), list[int](), threading.Barrier(8)

    def write(number: int) -> None:
        ready.wait()
        try:
            replace_files(root, [FileChange(HEALTH, before, f"bands: {{watch: {number}}}\n")])
            won.append(number)
        except Changed:
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_definition(root, HEALTH) == f"bands: {{watch: {won[0]}}}\n"
    assert len(won) == 1


def test_a_trial_leaves_no_trace(root: Path) -> None:
    before = stamp(root)
    with tried(root, {HEALTH: "bands: {watch: 20}\n"}) as trial:
        assert load_policy(trial, extends="b2b_saas").policy.health.bands.watch == 20
        kept = trial
    assert not kept.exists()
    assert stamp(root) == before
    assert load_policy(root, extends="b2b_saas").policy.health.bands.watch == 40


def test_a_trial_refuses_what_is_small_to_write_and_huge_to_read(root: Path) -> None:
    bomb = "a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(DefinitionError, match="aliases"), tried(root, {HEALTH: bomb}):
        pass


def test_what_is_too_large_is_not_written(root: Path) -> None:
    with pytest.raises(WorkspaceError, match="larger"):
        replace_files(root, [FileChange(PLAY, "", "#" * 300_000)])
