"""Files made to do harm, or only broken, in one folder with a good one: the good one is read."""

from __future__ import annotations

import io
import os
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from disclosures import example, write
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from analytics import ingest
from analytics.pipeline import IngestResult

MIB = 1024**2
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
DECLARED = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'


def pdf(content: bytes) -> bytes:
    """A PDF of one page with this content, which is compressed already."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )


def inflating(line: bytes, count: int) -> bytes:
    """So many of the same line, compressed."""
    packer = zlib.compressobj(9)
    block = line * 10_000
    return b"".join(packer.compress(block) for _ in range(count // 10_000)) + packer.flush()


def drawn(**options: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, **options)  # type: ignore[arg-type]
    for _ in range(20):
        canvas.drawString(50, 700, "1,234.56")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def package(**parts: bytes) -> bytes:
    """A zip file; ``__`` in the name of a part stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_XML", ".xml"), data)
    return stream.getvalue()


def million_characters() -> bytes:
    places = ((i % 590, i // 600 * 3) for i in range(10_000))
    shown = b"".join(b"1 0 0 1 %d %d Tm (%b) Tj\n" % (*at, b"123.45 678" * 10) for at in places)
    return pdf(zlib.compress(b"BT /F 1 Tf " + shown + b"ET"))


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "is empty"),
    "locked.pdf": (lambda: drawn(encrypt=StandardEncryption("secret")), "password"),
    "cut.pdf": (lambda: drawn()[:900], "PDF"),
    "million.pdf": (million_characters, "page 1 has 1,0"),
    "bomb.zip": (lambda: package(a=bytes(200 * MIB)), "bomb"),
    "nested.zip": (lambda: package(inner=package(a=b"a")), "archive in an archive"),
    "entities.docx": (
        lambda: package(**{"[Content_Types]_XML": DECLARED, "word__document_XML": ENTITIES}),
        "entity bombs",
    ),
    "entities.xlsx": (
        lambda: package(**{"[Content_Types]_XML": DECLARED, "xl__workbook_XML": ENTITIES}),
        "entity bombs",
    ),
    "noise.doc": (lambda: bytes(range(256)) * 40, "is not text"),
}


def read_all(folder: Path, **options: int) -> tuple[IngestResult, dict[str, str]]:
    """Everything in the folder; the messages of what failed, by the first name in the folder."""
    result = ingest(folder, folder.parent / "panel", processes=2, **options)
    failed = {
        Path(row["file"]).relative_to(folder).parts[0]: row["message"]
        for row in result.failed.iter_rows(named=True)
    }
    return result, failed


def test_harm_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (make, _) in FILES.items():
        (folder / name).write_bytes(make())
    with (folder / "sparse.txt").open("wb") as sparse:
        sparse.truncate(2 * 1024 * MIB)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "zz-good.txt").write_text(write(example()), "utf-8")
    began = time.monotonic()
    result, failed = read_all(folder)
    assert time.monotonic() - began < 60
    assert result.panel.documents["file_name"].to_list() == ["zz-good.txt"]
    expected = {name: reason for name, (_, reason) in FILES.items()}
    expected |= {"sparse.txt": "2,147,483,648 bytes", "loop.txt": "cannot be opened"}
    assert set(failed) == set(expected)
    unclear = {name: failed[name] for name in expected if expected[name] not in failed[name]}
    assert unclear == {}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    (folder / "good.txt").write_text(write(example()), "utf-8")
    (folder / "locked.txt").write_text("x", "utf-8")
    (folder / "locked.txt").chmod(0)
    (folder / "closed").chmod(0)
    try:
        result, failed = read_all(folder)
    finally:
        (folder / "closed").chmod(0o700)
    assert set(failed) == {"closed", "locked.txt"}
    assert "Permission denied" in failed["locked.txt"]
    assert result.panel.documents.height == 1


@pytest.mark.slow
@pytest.mark.parametrize("line", [b"BT /F 9 Tf 9 9 Td (1.00) Tj ET\n", b"9 9 m 99 99 l S\n"])
def test_a_page_that_unpacks_to_hundreds_of_megabytes(tmp_path: Path, line: bytes) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bomb.pdf").write_bytes(pdf(inflating(line, 10_000_000)))
    (folder / "good.txt").write_text(write(example()), "utf-8")
    began = time.monotonic()
    result, failed = read_all(folder, seconds_per_file=60)
    assert time.monotonic() - began < 120
    assert set(failed) == {"bomb.pdf"}
    assert result.panel.documents.height == 1


@pytest.mark.slow
def test_a_table_of_ten_thousand_rows(tmp_path: Path) -> None:
    rows = [f"2010{n % 90 + 10}{n % 100:02}\t事项{n}\t{n}.00" for n in range(10_000)]
    html = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("\t")) + "</tr>" for row in rows
    )
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "rows.txt").write_text("\n".join(rows), "utf-8")
    (folder / "rows.html").write_text(f"<html><table>{html}</table></html>", "utf-8")
    (folder / "zz-good.txt").write_text(write(example()), "utf-8")
    began = time.monotonic()
    result, failed = read_all(folder, seconds_per_file=60)
    assert time.monotonic() - began < 120
    assert set(failed) == {"rows.txt", "rows.html"}
    assert all("no agency" in message for message in failed.values())
    assert result.panel.documents.height == 1
