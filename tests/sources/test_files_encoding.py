from pathlib import Path

import pytest

from minori.core.errors import InputError
from minori.sources.reading.encoding import by_sample
from sources.files_case import FILES, open_text

JAPANESE = "顧客ID,会社名,契約開始日\n0012,株式会社みのり,2024/04/01\n0013,ヤマダ商店,2024/05/01\n"
ROWS = [("0012", "株式会社みのり", "2024/04/01"), ("0013", "ヤマダ商店", "2024/05/01")]


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "read as UTF-16"),
        ("utf-16-be", "read as UTF-16"),
        ("cp932", "read as CP932 (Shift_JIS)"),
        ("euc_jp", "read as EUC-JP"),
    ],
)
def test_encodings_are_found_and_said(tmp_path: Path, codec: str, note: str | None) -> None:
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    case = open_text(tmp_path, mark + JAPANESE.encode(codec))
    assert case.opened.columns == ("顧客ID", "会社名", "契約開始日")
    assert case.rows() == ROWS
    assert case.notes == ([note] if note else [])


def test_notes_are_in_both_languages(tmp_path: Path) -> None:
    note = open_text(tmp_path, JAPANESE.encode("cp932")).opened.notes[0]
    assert note.text.ja == "CP932 (Shift_JIS)として読みました"


@pytest.mark.parametrize("text", ["㈱髙橋①,ﾃｽﾄ", "田中,大阪", "様", "ｶﾌﾞｼｷｶﾞｲｼﾔﾐﾉﾘ,ﾄｳｷﾖｳﾄﾁﾖﾀﾞｸ", "～−¥―"])
def test_cp932_of_every_sort(text: str) -> None:
    assert by_sample(text.encode("cp932", "ignore")).codec == "cp932"


@pytest.mark.parametrize("text", ["café,Zoë,Größe", "Müller;Ångström", "señor,El Niño", "l’école"])
def test_western_text_is_the_last_resort_and_asks_for_a_look(tmp_path: Path, text: str) -> None:
    case = open_text(tmp_path, f"a|b\n{text}|1\n".encode("cp1252"))
    assert case.rows("a") == [(text,)]
    assert case.notes == ["read as Latin-1 (Windows-1252), because nothing else fits; please check"]


def test_bytes_that_cannot_be_read_cost_their_own_row(tmp_path: Path) -> None:
    case = open_text(tmp_path, "会社,x\n山田,1\n".encode() + b"\xff\xfe,2\n" + "鈴木,3\n".encode())
    assert case.rows() == [("山田", "1"), ("鈴木", "3")]
    assert case.bad == [(2, "会社", "signs that the encoding cannot read (\\xff)")]
    assert case.opened.bad[0].value == "\\xff\\xfe"


@pytest.mark.parametrize("damage", [b"\x81", b"\xff\xff", b"\xa0"])
def test_damage_in_cp932(tmp_path: Path, damage: bytes) -> None:
    content = JAPANESE.encode("cp932") + b"0014," + damage + b",2024/06/01\n0015,OK,\n"
    case = open_text(tmp_path, content)
    assert [row for (row,) in case.rows("_row")] == [1, 2, 4]
    assert [row for row, *_ in case.bad] == [3]


def test_damage_to_one_row_of_plain_text(tmp_path: Path) -> None:
    case = open_text(tmp_path, b"a,b\n1,x\n2,\xff\xfe\n3,z\n")
    assert [a for (a,) in case.rows("a")] == ["1", "3"]
    assert [row for row, *_ in case.bad] == [2]


def test_a_declared_encoding_is_taken(tmp_path: Path) -> None:
    case = open_text(tmp_path, "a,b\né,1\n".encode("utf-16-le"), encoding="utf-16-le")
    assert (case.rows(), case.notes) == ([("é", "1")], [])
    marked = open_text(tmp_path, '"x y",b\né,1\n'.encode("utf-8-sig"), encoding="utf-8")
    assert marked.opened.columns == ("x y", "b")


def test_unusable_encodings_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no encoding named 'shift-jisx'"):
        FILES.params.model_validate({"read": "a.csv", "encoding": "shift-jisx"})
    with pytest.raises(InputError, match="set encoding: utf-16-le"):
        open_text(tmp_path, "a,b\n1,2\n".encode("utf-16-le"))
    with pytest.raises(InputError, match="cannot be read as UTF-16"):
        open_text(tmp_path, "a,b\n1,2\n", encoding="utf-16")
