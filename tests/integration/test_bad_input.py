"""What is no disclosure, or only half of one: a ReadError that says why, never a wrong fact."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from disclosures import DisclosureSpec, example, expected_facts, read_bytes, read_text, write
from disclosures.strategies import specs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analytics.documents import read_document
from analytics.errors import ReadError

TEXT = write(example())
EXPECTED = Counter(expected_facts(example()))
OTHER = "另一市档案馆"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe\n\x00", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "is a zip container"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"II*\x00", "is a picture"),
        (bytes(range(256)) * 20, "is not text"),
        (random.Random(7).randbytes(5_000), "is not text"),
    ],
)
def test_other_files_are_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "文件.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=f"文件.txt {reason}"):
        read_document(path)


def test_folder_and_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(ReadError, match="cannot be opened"):
        read_document(tmp_path / "nothing.txt")


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        reading = read_bytes(data)
    except ReadError:
        return
    assert reading.rows.facts == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("一段文字\n\n没有表格\n", "no agency is named"),
        ("单位名称：示例市教育局\n\n单位：万元\n\n项目\t金额\n合计\t3.00\n", "no fiscal year"),
        (TEXT.replace(f"单位名称：{example().agency}", f"单位名称：{OTHER}", 3), "2 agencies"),
        (
            "2022年预算收支总表\n\n单位名称：示例市教育局\n\n2023年预算收入总表\n",
            "the titles name the years 202[23] and 202[23]",
        ),
    ],
)
def test_without_one_identity_nothing_is_read(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_text(text)


def test_several_agencies_are_listed_with_their_lines() -> None:
    name = example().agency
    text = TEXT.replace(f"单位名称：{name}", f"单位名称：{OTHER}", 2)
    lines = [i for i, line in enumerate(text.split("\n"), 1) if line == f"单位名称：{OTHER}"]
    with pytest.raises(ReadError) as caught:
        read_text(text)
    assert f"{OTHER} (lines {lines[0]}, {lines[1]})" in str(caught.value)
    assert "split the file" in str(caught.value)


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(spec=specs(), share=st.floats(0.02, 1), encoding=st.sampled_from(("utf-8", "gb18030")))
def test_document_cut_anywhere_gives_no_wrong_fact(
    spec: DisclosureSpec, share: float, encoding: str
) -> None:
    data = write(spec).encode(encoding)
    data = data[: int(len(data) * share)]
    try:
        reading = read_bytes(data)
    except ReadError:
        return
    last_line = data.decode(encoding, errors="ignore").count("\n") + 1
    # The row that the cut went through may end inside a number or a name.
    whole = [fact for fact in reading.rows.facts if fact["line"] != last_line]
    names = ("statement", "flow", "classification", "code", "fund", "component", "amount_yuan")
    read = Counter(tuple(fact[name] for name in names) for fact in whole)
    expected = Counter(
        tuple(fact._asdict()[name] for name in names) for fact in expected_facts(spec)
    )
    assert read <= expected


@pytest.mark.parametrize("position", [0.1, 0.35, 0.6, 0.9])
def test_a_spoiled_byte_gives_no_wrong_fact(position: float) -> None:
    data = bytearray(TEXT.encode())
    data[int(len(data) * position)] = 0xFF
    try:
        reading = read_bytes(bytes(data))
    except ReadError:
        return
    assert reading.stated <= EXPECTED


def test_a_number_too_long_for_an_amount_is_set_aside() -> None:
    long = "9" * 30
    row = next(line for line in TEXT.split("\n") if line.startswith("2010301\t行政运行"))
    amount = row.split("\t")[2]
    reading = read_text(TEXT.replace(row, row.replace(amount, long, 1), 1))
    reasons = [a["reason"] for a in reading.rows.set_aside if a["cell_text"] == long]
    assert reasons == [f"more digits than an amount has: {long} 万元"]


def test_a_number_finer_than_a_cent_is_set_aside() -> None:
    row = next(line for line in TEXT.split("\n") if line.startswith("2010301\t行政运行"))
    amount = row.split("\t")[2]
    reading = read_text(TEXT.replace(row, row.replace(amount, "1.2345678", 1), 1))
    reasons = [a["reason"] for a in reading.rows.set_aside if a["cell_text"] == "1.2345678"]
    assert reasons == ["finer than a cent: 1.2345678 万元"]


def test_a_row_shorter_than_its_table_is_read_as_far_as_it_goes() -> None:
    row = next(line for line in TEXT.split("\n") if line.startswith("2010301\t行政运行"))
    cells = row.split("\t")
    reading = read_text(TEXT.replace(row, "\t".join(cells[:3]), 1))
    lost = sum(bool(cell) for cell in cells[3:])
    assert lost > 0
    assert reading.stated <= EXPECTED
    assert sum((EXPECTED - reading.stated).values()) == lost
