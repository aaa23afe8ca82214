"""What a sample company's folder holds, and that it follows from the seed alone."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from minori.core.errors import InputError
from minori.policy.workspace import read_workspace
from minori.sample.worlds import WorldName
from minori.sample.write import Written, truth_of, write_company

UNTIL = date(2025, 3, 31)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _write(folder: Path, world: WorldName, seed: int) -> Written:
    return write_company(folder, world=world, customers=30, days=140, until=UNTIL, seed=seed)


@pytest.mark.parametrize("world", ["b2b_saas", "shop"])
class TestBothWorlds:
    def test_same_seed_gives_the_same_bytes(self, tmp_path: Path, world: WorldName) -> None:
        _write(tmp_path / "one", world, 7)
        _write(tmp_path / "two", world, 7)
        assert _files(tmp_path / "one") == _files(tmp_path / "two")

    def test_another_seed_gives_another_company(self, tmp_path: Path, world: WorldName) -> None:
        _write(tmp_path / "one", world, 7)
        _write(tmp_path / "two", world, 8)
        one, two = _files(tmp_path / "one"), _files(tmp_path / "two")
        exports = [name for name in one if name.startswith("exports")]
        assert exports
        assert all(one[name] != two[name] for name in exports)

    def test_truth_comes_again_from_the_seed(self, tmp_path: Path, world: WorldName) -> None:
        written = _write(tmp_path, world, 7)
        again = truth_of(world=world, customers=30, days=140, until=UNTIL, seed=7)
        for name, value in vars(again).items():
            assert np.array_equal(value, getattr(written.truth, name)), name

    def test_refuses_a_company_without_customers(self, tmp_path: Path, world: WorldName) -> None:
        with pytest.raises(InputError, match="at least 1 customer"):
            write_company(tmp_path, world=world, customers=0, until=UNTIL, seed=1)

    def test_one_customer_is_enough(self, tmp_path: Path, world: WorldName) -> None:
        written = write_company(tmp_path, world=world, customers=1, days=56, until=UNTIL, seed=3)
        assert len(written.truth.customer_ids) == 1


def test_folder_holds_exports_and_definitions_and_nothing_of_the_truth(written: Written) -> None:
    names = set(_files(written.folder))
    exports = {f"exports/{name}" for name in written.rows}
    assert names - exports <= {"sources.yaml", "minori.yaml", "policy/catalog.yaml"}
    text = b"".join(data for name, data in _files(written.folder).items() if not name.endswith(".gz"))
    for hidden in (b"need", b"readiness", b"annoyance", b"mood", b"episode"):
        assert hidden not in text.splitlines()[0]
    assert not any("truth" in name for name in names)


def test_settings_are_a_workspace_with_owners_in_the_team(company: Written) -> None:
    file = read_workspace(company.folder)
    assert (file.company.time_zone, file.company.currency, file.policy.extends) == (
        "Asia/Tokyo",
        "JPY",
        "b2b_saas",
    )
    header, *rows = (company.folder / "exports" / "accounts.csv").read_text(encoding="utf-8").splitlines()
    owner = header.split(",").index("csm")
    assert {row.split(",")[owner] for row in rows} <= set(file.team)


def test_english_company_speaks_english(tmp_path: Path) -> None:
    write_company(tmp_path, world="b2b_saas", customers=30, days=140, until=UNTIL, seed=7, language="en")
    for name in ("accounts.csv", "users.csv", "tickets.csv", "statements.csv", "departments.csv"):
        assert (tmp_path / "exports" / name).read_text(encoding="utf-8").isascii(), name
