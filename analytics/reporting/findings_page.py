"""The findings of an agency and year as people read them: the matrix, then each by its weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from analytics.charts.labels import Lang
from analytics.checks import Family
from analytics.errors import NotFoundError
from analytics.reporting.findings import is_settled, listed, lost_reviews, with_reviews
from analytics.reporting.page import render_page
from analytics.reporting.view import (
    Cell,
    Column,
    FindingGroup,
    FindingView,
    Section,
    TableView,
    claim_anchor,
    place_anchor,
    rows_of,
    text,
)
from analytics.schema.fields import IDENTITY
from analytics.schema.reviews import ReviewAnswer
from analytics.schema.vocabularies import (
    FindingState,
    Outcome,
    Scope,
    Severity,
    Stage,
    Statement,
    Topic,
    Vocabulary,
)
from analytics.store import Panel

__all__ = [
    "counts_line",
    "finding_groups",
    "findings_page",
    "lost_table",
    "place_of",
    "rule_matrix",
]

_PLACES: dict[str, Vocabulary] = {str(each): each for kind in (Statement, Topic) for each in kind}
_WORST: tuple[Vocabulary, ...] = (
    Outcome.FAIL,
    Severity.NOTE,
    Outcome.PASS,
    Outcome.INSUFFICIENT,
    Outcome.NOT_APPLICABLE,
)


def findings_page(panel: Panel, *, reviews: pl.DataFrame | None = None, lang: Lang = "zh") -> str:
    """One page with the findings of every disclosure of a panel, a section each.

    Args:
        panel: A panel with its findings up to date.
        reviews: Answers of people.
        lang: Language of labels and sentences.

    Raises:
        NotFoundError: The panel is empty.
    """
    documents = panel.documents
    if documents.is_empty():
        raise NotFoundError("the panel is empty", hint="ingest a disclosure first")
    zh = lang == "zh"
    everything = panel.findings
    found = listed(documents, everything, panel.scan("facts"))
    if reviews is not None:
        found = with_reviews(found, reviews)
    sections = []
    for number, part in enumerate(
        documents.sort(IDENTITY).partition_by(IDENTITY, maintain_order=True), start=1
    ):
        own = everything.join(part, on="document_id", how="semi")
        rows = found.join(part, on="document_id", how="semi", maintain_order="left")
        first = part.row(0, named=True)
        what = Scope(first["scope"]).label(lang), Stage(first["stage"]).label(lang)
        sections.append(
            Section(
                f"disclosure-{number}",
                f"{first['agency_name']} {first['fiscal_year']} 年{''.join(what)}"
                if zh
                else f"{first['agency_name']} {first['fiscal_year']}, {' '.join(what)}",
                paragraphs=(Cell(counts_line(own, rows, lang)),),
                tables=(rule_matrix(own, lang),),
                groups=finding_groups(rows, lang),
            )
        )
    if reviews is not None and len(lost := lost_reviews(found, reviews)):
        sections.append(
            Section(
                "lost",
                "答复已无对应的问题" if zh else "Answers whose finding is gone",
                tables=(lost_table(lost, lang),),
            )
        )
    return render_page(
        lang=lang,
        title="核验结果" if zh else "Findings",
        kicker="预决算公开核验" if zh else "Checks of published budgets",
        subtitle=(
            "先看各表的核验结果，再看每处不符：说了什么、在哪里、为什么要紧"
            if zh
            else "How the checks of each statement ended, then what does not hold, where, and why "
            "it matters"
        ),
        sections=sections,
    )


def counts_line(findings: pl.DataFrame, rows: pl.DataFrame, lang: Lang) -> str:
    """How many checks there were and how they ended, in a sentence.

    Args:
        findings: Findings of any outcome.
        rows: Those that failed, listed.
        lang: Language.
    """
    ended = dict(findings.group_by(_ending()).len().iter_rows())
    passed, failed = ended.get(Outcome.PASS, 0), ended.get(Outcome.FAIL, 0)
    untested, noted = ended.get(Outcome.INSUFFICIENT, 0), ended.get(Severity.NOTE, 0)
    followers = _is_follower(rows)
    settled = rows.filter(is_settled() & ~followers).height
    following = rows.filter(followers).height
    zh = lang == "zh"
    parts = [
        f"共核验 {passed + failed + noted} 项：通过 {passed} 项，不符 {failed} 项，提示 {noted} 项"
        if zh
        else f"{passed + failed + noted} checks: {passed} hold, {failed} do not, {noted} notes"
    ]
    if following:
        parts.append(
            f"其中 {following} 项由另一处不符而来" if zh else f"{following} follow from another one"
        )
    if settled:
        parts.append(f"{settled} 项已接受或说明" if zh else f"{settled} are accepted or explained")
    parts.append(
        f"另有 {untested} 项因公开资料不足无法核验"
        if zh
        else f"{untested} more could not be tested"
    )
    return "；".join(parts) + "。" if zh else "; ".join(parts) + "."


def rule_matrix(findings: pl.DataFrame, lang: Lang) -> TableView:
    """How the checks of each statement ended, by family of rules.

    Args:
        findings: Findings of any outcome.
        lang: Language of labels.
    """
    zh = lang == "zh"
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for statement, family, outcome, count in (
        findings.group_by("statement", "family", _ending()).len().iter_rows()
    ):
        counts.setdefault((statement or "", family), {})[outcome] = count
    order = [*_PLACES, ""]
    tried = {key[0] for key, ended in counts.items() if set(ended) != {Outcome.NOT_APPLICABLE}}
    statements = sorted(tried, key=lambda code: _at(order, code))
    families = [each for each in Family if any((code, each.key) in counts for code in tried)]
    rows = [
        [
            text(place_of(code, lang) if code else ("整份文件" if zh else "whole document")),
            *(_ended(counts.get((code, family.key), {}), lang) for family in families),
        ]
        for code in statements
    ]
    return TableView(
        "核验结果：报表 × 规则族" if zh else "Checks by statement and family of rules",
        (
            Column("报表" if zh else "Statement"),
            *(Column(each.value if zh else each.key.replace("_", " ")) for each in families),
        ),
        rows_of(rows),
        note=(
            "每格先写最要紧的结果，其余在下方；空格表示没有这类规则。全不适用的报表不列。"
            if zh
            else "Each cell names the gravest outcome first, the others beneath; where it is empty "
            "there is no such rule. Statements that no rule applies to are left out."
        ),
    )


def _ending() -> pl.Expr:
    """How a check ended; a failure that is only noted is no contradiction."""
    is_note = (pl.col("outcome") == Outcome.FAIL) & (pl.col("severity") == Severity.NOTE)
    return pl.when(is_note).then(pl.lit(str(Severity.NOTE))).otherwise("outcome").alias("ending")


def _at(order: Sequence[str], code: str) -> tuple[int, str]:
    return (order.index(code) if code in order else len(order), code)


def _ended(outcomes: dict[str, int], lang: Lang) -> Cell:
    said = [
        (outcome, f"{outcome.label(lang)} {outcomes[outcome]}")
        for outcome in _WORST
        if outcomes.get(outcome)
    ]
    if not said:
        return Cell("")
    (worst, shown), *rest = said
    return Cell(shown, mark=f"ended-{worst}", remark=" · ".join(words for _, words in rest))


def finding_groups(rows: pl.DataFrame, lang: Lang) -> tuple[FindingGroup, ...]:
    """Findings in groups: what does not hold, what is noted, what people settled.

    Args:
        rows: Listed findings, in their order.
        lang: Language of labels and sentences.
    """
    zh = lang == "zh"
    followers: dict[str, list[dict[str, Any]]] = {}
    for row in rows.filter(_is_follower(rows)).iter_rows(named=True):
        followers.setdefault(row["root_key"], []).append(row)
    roots = rows.filter(~_is_follower(rows))
    is_note = pl.col("severity") == Severity.NOTE
    parts = (
        (("不符" if zh else "Does not hold"), ~is_settled() & ~is_note, False),
        (("提示" if zh else "Notes"), ~is_settled() & is_note, True),
        (("已接受或说明" if zh else "Accepted or explained"), is_settled(), True),
    )
    groups = []
    for title, which, is_folded in parts:
        views = tuple(
            _view(row, lang, followers.get(row["finding_key"], ()))
            for row in roots.filter(which).iter_rows(named=True)
        )
        if views or not is_folded:
            shown = f"{title}（{len(views)}）" if zh else f"{title} ({len(views)})"
            groups.append(FindingGroup(shown, views, is_folded))
    return tuple(groups)


def _is_follower(rows: pl.DataFrame) -> pl.Series:
    """Which findings stand beneath another one of the list."""
    return rows["root_key"].is_in(rows["finding_key"].to_list()).fill_null(value=False)


def _view(row: dict[str, Any], lang: Lang, followers: Sequence[dict[str, Any]] = ()) -> FindingView:
    title = row[f"rule_title_{lang}"] or row["rule"]
    labels = [Severity(row["severity"]).label(lang)]
    if row["state"]:
        labels.append(FindingState(row["state"]).label(lang))
    return FindingView(
        anchor=f"finding-{row['finding_key']}",
        weight=row["severity"],
        labels=tuple(labels),
        title=title,
        code=row["rule"],
        message=row[f"message_{lang}"],
        place=_where(row, lang),
        quote=row["sentence"] or "",
        why=row[f"why_{lang}"] or "",
        fits=row[f"fits_{lang}"] or "",
        answer="".join(_answer(row, lang)),
        is_stale=bool(row["is_stale"]),
        followers=tuple(_view(each, lang) for each in followers),
    )


def _answer(row: dict[str, Any], lang: Lang) -> Iterator[str]:
    if row["answer"] is None:
        return
    zh = lang == "zh"
    yield ReviewAnswer(row["answer"]).label(lang)
    if row["corrected_text"]:
        yield f"，应为 {row['corrected_text']}" if zh else f", should be {row['corrected_text']}"
    if row["note"]:
        yield f"：{row['note']}" if zh else f": {row['note']}"
    who = (
        f"{row['reviewer']}，{row['answered_on']}"
        if zh
        else f"{row['reviewer']}, {row['answered_on']}"
    )
    yield f"（{who}）" if zh else f" ({who})"
    if row["is_stale"]:
        yield (
            "——所核对的数字已与答复时不同，须重新确认"
            if zh
            else " — the figures have changed since; to be confirmed anew"
        )


def _where(row: dict[str, Any], lang: Lang) -> Cell:
    zh = lang == "zh"
    words = [place_of(row["statement"], lang)] if row["statement"] else []
    if row["page"] is not None:
        words.append(f"第 {row['page']} 页" if zh else f"page {row['page']}")
    if row["line"] is not None:
        words.append(f"文件第 {row['line']} 行" if zh else f"line {row['line']} of the file")
    is_sentence = row["sentence"] is not None
    if not is_sentence and row["row"] is not None and row["column"] is not None:
        words.append(
            f"表中第 {row['row']} 行第 {row['column']} 栏"
            if zh
            else f"row {row['row']}, column {row['column']}"
        )
    placed = None not in (row["block"], row["row"], row["column"])
    anchored = claim_anchor if is_sentence else place_anchor
    return Cell("，".join(words) if zh else ", ".join(words), anchored(row) if placed else None)


def place_of(statement: str, lang: Lang) -> str:
    """The name of a statement or topic."""
    return _PLACES[statement].label(lang) if statement in _PLACES else statement


def lost_table(lost: pl.DataFrame, lang: Lang) -> TableView:
    """Answers whose finding is gone.

    Args:
        lost: Rows of reviews.
        lang: Language of labels.
    """
    zh = lang == "zh"
    headers = (("问题", "Finding"), ("答复", "Answer"), ("说明", "Note"), ("答复人", "Reviewer"))
    return TableView(
        f"答复已无对应的问题（{len(lost)}）"
        if zh
        else f"Answers whose finding is gone ({len(lost)})",
        tuple(Column(z if zh else e) for z, e in headers),
        rows_of(
            [
                text(row["finding_key"]),
                text(ReviewAnswer(row["answer"]).label(lang)),
                text(row["note"] or row["corrected_text"]),
                text(f"{row['reviewer']} {row['answered_on']}"),
            ]
            for row in lost.iter_rows(named=True)
        ),
        note=(
            "这些问题如今已不存在：数字已更正，或文件已不在库中。"
            if zh
            else "These findings are gone: the figures agree now, or the disclosure is not there."
        ),
        is_folded=True,
    )
