from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError

from minori.core.errors import InputError
from minori.sources.kind import Opening
from sources.files_case import FILES, open_files, open_text


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    write(tmp_path / "outside.csv", "a\n1\n")
    write(tmp_path / "acme/exports/may.csv", "id,plan\n1,basic\n")
    write(tmp_path / "acme/exports/june.csv", "PLAN,id,seats\npro,2,5\n")
    return tmp_path / "acme"


def test_files_join_by_the_names_of_columns(workspace: Path) -> None:
    case = open_files(workspace, "exports/*.csv")
    assert case.opened.files == ("exports/june.csv", "exports/may.csv")
    assert [name.lower() for name in case.opened.columns] == ["plan", "id", "seats"]
    assert case.rows("id", "plan", "seats", "_row") == [("2", "pro", "5", 1), ("1", "basic", None, 1)]


def test_the_order_of_files_never_matters(workspace: Path) -> None:
    names = ["exports/may.csv", "exports/june.csv"]
    one, other = open_files(workspace, names), open_files(workspace, names[::-1])
    twice = open_files(workspace, [*names, "exports/*.csv"])
    assert one.rows("id", "_file") == other.rows("id", "_file") == twice.rows("id", "_file")
    assert one.opened.columns == other.opened.columns


@pytest.mark.parametrize("read", ["../outside.csv", "exports/../../outside.csv", "../*.csv"])
def test_nothing_outside_the_workspace_is_read(workspace: Path, read: str) -> None:
    with pytest.raises(InputError, match="outside the workspace"):
        open_files(workspace, read)


def test_links_are_followed_before_the_check(workspace: Path) -> None:
    (workspace / "link.csv").symlink_to(workspace.parent / "outside.csv")
    (workspace / "folder").symlink_to(workspace.parent)
    (workspace / "fine.csv").symlink_to(workspace / "exports/may.csv")
    for read in ("link.csv", "folder/outside.csv", "*.csv", str(workspace.parent / "outside.csv")):
        with pytest.raises(InputError, match="outside the workspace"):
            open_files(workspace, read)
    assert open_files(workspace, "fine.csv").opened.files == ("exports/may.csv",)


def test_a_wrong_name_is_told_with_near_ones(workspace: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean 'june\.csv' or 'may\.csv' in exports/\?"):
        open_files(workspace, "exports/juni.csv")
    with pytest.raises(InputError, match=r"exports/ holds: june\.csv, may\.csv"):
        open_files(workspace, "exports/zzzz*.parquet")
    with pytest.raises(InputError, match="the workspace holds: exports"):
        open_files(workspace, "nowhere/at/all.csv")
    with pytest.raises(InputError, match="is a folder"):
        open_files(workspace, "exports")
    with pytest.raises(InputError, match="not a pattern"):
        open_files(workspace, "exports/**.csv")


def test_names_that_look_like_patterns(tmp_path: Path) -> None:
    write(tmp_path / "a1.csv", "x,y\n9,9\n")
    write(tmp_path / "k=v/a.csv", "x,y\n5,6\n")
    assert open_text(tmp_path, "x,y\n1,2\n", "a[1].csv").rows() == [("1", "2")]
    assert open_files(tmp_path, "k=v/a.csv").opened.columns == ("x", "y")


def test_hidden_and_lock_files_are_left_out(workspace: Path) -> None:
    write(workspace / "exports/~$may.csv", "lock")
    write(workspace / "exports/.may.csv", "hidden")
    assert open_files(workspace, "exports/*").opened.files == ("exports/june.csv", "exports/may.csv")


def test_endings_tell_the_format_unless_it_is_declared(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"data\.dat: unknown ending; known: \.csv"):
        open_text(tmp_path, "a,b\n1,2\n", "data.dat")
    assert open_text(tmp_path, "a,b\n1,2\n", "data.dat", format="csv").rows() == [("1", "2")]


@pytest.mark.parametrize(
    "settings",
    [
        {"read": "a.csv", "sheets": "x"},
        {"read": ""},
        {"read": []},
        {"read": "a.csv", "separator": ",,"},
        {"read": "a.csv", "header_row": 0},
        {"read": "a.csv", "header_row": 1, "columns": ["a"]},
        {"read": "a.csv", "format": "xml"},
    ],
)
def test_settings_are_checked(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        FILES.params.model_validate(settings)


def test_a_connection_that_may_mix_rows_still_numbers_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" + "".join(f"{n},x\n" for n in range(1, 5001)))
    connection = duckdb.connect(config={"preserve_insertion_order": False})
    FILES.open(Opening(connection, "input", tmp_path), FILES.params.model_validate({"read": "a.csv"}))
    assert connection.execute("select count(*) from input where a::bigint <> _row").fetchall() == [(0,)]
