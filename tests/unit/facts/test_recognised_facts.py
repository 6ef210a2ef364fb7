"""What was read from pictures stays marked, from the cell to the fact."""

from __future__ import annotations

from dataclasses import replace

from analytics.documents import Recognition, Table
from analytics.documents.model import Block
from analytics.documents.text import read_text_blocks
from analytics.facts.rows import as_table
from analytics.facts.statements import StatementRows, build_statement_facts
from analytics.schema.tables import Facts
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.narrative.sentences import read_sentences
from analytics.statements.tables import recognise_statements

AGENCY = "示例市教育局"
IDENTITY = Identity(AGENCY, AGENCY, 2024, Stage.BUDGET, Scope.UNIT)
PAGE = """2024年预算支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t12.00\t7.50\t4.50
205\t教育支出\t12.00\t7.5O\t4.5?0
"""


def recognised(*confidences: float) -> list[Block]:
    """The page as if it were a picture; each column is read with its own confidence."""
    blocks: list[Block] = []
    for block in read_text_blocks(PAGE):
        if isinstance(block, Table):
            how = tuple(map(Recognition, confidences))
            block = replace(  # noqa: PLW2901 - the same block, marked
                block, rows=tuple(replace(row, recognitions=how) for row in block.rows)
            )
        else:
            block = replace(block, recognition=Recognition(confidences[0]))  # noqa: PLW2901
        blocks.append(block)
    return blocks


def build(blocks: list[Block]) -> StatementRows:
    tables, stray = recognise_statements(blocks, year=2024)
    return build_statement_facts(tables, stray, document_id="0" * 16, identity=IDENTITY)


def test_a_fact_carries_the_confidence_of_its_own_cell() -> None:
    rows = build(recognised(0.99, 0.98, 0.97, 0.96, 0.95)).facts
    facts = as_table(rows, Facts, table="facts").sort("row", "column")
    assert facts.select("amount_text", "ocr_confidence", "repairs").rows() == [
        ("12.00", 0.97, "ocr"),
        ("7.50", 0.96, "ocr"),
        ("4.50", 0.95, "ocr"),
        ("12.00", 0.97, "ocr"),
    ]


def test_a_figure_that_is_no_number_is_not_lost() -> None:
    read = build(recognised(0.99, 0.98, 0.97, 0.96, 0.95))
    assert [(row["cell_text"], row["reason"]) for row in read.set_aside] == [
        ("7.5O", "read by OCR, but not as a number"),
        ("4.5?0", "read by OCR, but not as a number"),
    ]
    (statement,) = (row for row in read.statements if row["presence"] == "present")
    counts = ("numeric_cell_count", "fact_cell_count", "set_aside_cell_count")
    assert [statement[name] for name in counts] == [6, 4, 2]


def test_text_of_the_file_is_not_marked() -> None:
    read = build(list(read_text_blocks(PAGE)))
    assert {(row["ocr_confidence"], row["repairs"]) for row in read.facts} == {(None, None)}
    assert read.set_aside == []


def test_a_sentence_is_as_sure_as_its_least_sure_line() -> None:
    lines = read_text_blocks("预算12.00万元，比上\n\n年增加3.00万元。与上年持平。")
    sure = [
        replace(line, recognition=Recognition(how))
        for line, how in zip(lines, (0.9, 0.6), strict=True)
        if not isinstance(line, Table)
    ]
    first, second = read_sentences(sure)
    assert first.place(2).recognition == Recognition(0.6)
    assert second.place(0).recognition == Recognition(0.6)
    assert next(read_sentences(lines)).place(0).recognition is None
