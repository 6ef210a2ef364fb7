"""Whose disclosure a document is, of which year, stage and scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analytics.documents.model import Document, Table
from analytics.errors import IdentityError, ReadError
from analytics.schema.vocabularies import IdentityBasis, Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.names import (
    agency_id,
    defined_agency,
    is_own_level,
    is_short_for,
    labelled_name,
    most_printed,
    same_agencies,
)
from analytics.statements.parts import Known, as_part
from analytics.statements.titles import (
    TITLE_LENGTH,
    Title,
    find_title,
    fold_title,
    statement_years,
)
from analytics.statements.wording import simplify, squeeze

__all__ = ["identify", "printed_unit"]

_UNIT = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(?P<unit>亿元|百万元|万元|千元|元)")
_BRACKETED_UNIT = re.compile(r"[（(](?:单位[:：])?(?P<unit>亿元|百万元|万元|千元|元)[）)]")
_NAMES_YEAR = re.compile(r"20\d\d年.*?(?:预算|决算)")
_SECTION = re.compile(r"(?:部门|单位)(?:概况|基本情况|(?:主要)?(?:职能|职责)|机构设置)")
_HEAD_ROWS = 5
_NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class _Line:
    """A short line: as printed, without spaces, folded as a title, and where it stands."""

    text: str
    squeezed: str
    folded: str
    place: int


def identify(
    document: Document, known: Known = _NOTHING_KNOWN, siblings: Sequence[Identity] = ()
) -> Identity:
    """Find agency, fiscal year, stage and scope of a disclosure from what it prints.

    The agency is, in this order: the one that is given; the one the statements name above
    themselves (with or without its region, 本级, or a misread character: variants of one name);
    the one in the title; the one that a sentence defines as the one the figures cover, or that of
    the files beside it if both are the same name or the document names none
    (:func:`~analytics.statements.parts.as_part`). Year, stage and scope come from the title of the
    disclosure, else from the titles of the statements. A name with 本级 means the agency itself:
    it has the same ``agency_id``, and the scope ``unit`` where nothing else is said of it.

    Args:
        document: The document.
        known: What its reader says of it, which goes before what it prints.
        siblings: Identities of the other files of its folder or archive.

    Raises:
        IdentityError: No agency or no year is printed.
        ReadError: The statements name several agencies, or their titles several years; the
            message lists them with their lines.
    """
    lines = _short_lines(document)
    title = find_title([line.folded for line in lines])
    printed = None if known.agency else _printed_agency(document, lines, title)
    name, basis = (known.agency, IdentityBasis.GIVEN) if known.agency else (printed or ("", None))
    year = known.fiscal_year or _year(document, lines, title, is_named=basis is not None)
    stage, scope = _said(lines, title, name)
    identity = Identity(
        agency_id=agency_id(name),
        agency_name=name,
        fiscal_year=year,
        stage=known.stage or stage or Stage.BUDGET,
        scope=known.scope or scope or Scope.UNIT,
        unit_text=_one_unit(lines),
        title=title.text if title and not title.text.startswith("第") else None,
        basis=basis,
    )
    if basis is not None:
        return identity
    return _from_outside_the_head(document, identity, siblings, stage=stage, scope=scope)


def printed_unit(text: str) -> str | None:
    """The unit of money a line such as ``单位：万元`` prints; ``None`` if it prints none.

    Examples:
        >>> printed_unit("金额单位： 万元"), printed_unit("单位名称：某局"), printed_unit("项目资金(元)")
        ('万元', None, '元')
    """
    squeezed = squeeze(simplify(text))
    match = _UNIT.search(squeezed) or _BRACKETED_UNIT.search(squeezed)
    return match["unit"] if match else None


def _short_lines(document: Document) -> list[_Line]:
    lines = []
    for paragraph in document.paragraphs:
        squeezed = squeeze(paragraph.text)
        if squeezed and len(squeezed) <= TITLE_LENGTH:
            place = paragraph.page or paragraph.line or paragraph.block
            lines.append(_Line(paragraph.text, squeezed, fold_title(squeezed), place))
    return lines


def _one_unit(lines: Iterable[_Line]) -> str | None:
    units = {unit for line in lines if (unit := printed_unit(line.text)) is not None}
    return next(iter(units)) if len(units) == 1 else None


def _printed_agency(
    document: Document, lines: Sequence[_Line], title: Title | None
) -> tuple[str, IdentityBasis] | None:
    """The agency that labels or the title name."""
    labelled = _labelled(document, lines)
    named = title.name if title else None
    if not labelled:
        return (named, IdentityBasis.TITLE) if named else None
    groups = same_agencies(labelled)
    if len(groups) > 1:
        places = "pages" if document.page_count else "lines"
        listed = "; ".join(
            f"{names[0][0]} ({places} {', '.join(str(place) for _, place in names[:4])})"
            for names in groups
        )
        raise ReadError(
            f"{document.file_name}: the statements name {len(groups)} agencies: {listed}",
            hint="split the file into one disclosure for each agency",
        )
    name = most_printed(groups[0])
    return (named if named and is_short_for(name, named) else name), IdentityBasis.LABEL


def _labelled(document: Document, lines: Sequence[_Line]) -> list[tuple[str, int]]:
    """Names behind 单位名称 and its like, each with where it stands.

    The name may stand on the line below, or in the cell beside. 主管部门 names the agency above a
    unit, and counts only where nothing else names one.
    """
    names: dict[bool, list[tuple[str, int]]] = {False: [], True: []}
    following = [*(line.squeezed for line in lines[1:]), ""]
    labelled = [
        (line.squeezed, after, line.place) for line, after in zip(lines, following, strict=False)
    ]
    labelled += [cell for table in document.tables for cell in _label_cells(table)]
    for text, after, place in labelled:
        if not (":" in text or "：" in text):
            continue
        found = labelled_name(simplify(text))
        if found and found[0] is None and text.endswith((":", "：")):
            found = labelled_name(simplify(text + after))
        if found and found[0]:
            names[found[1]].append((found[0], place))
    return names[False] or names[True]


def _label_cells(table: Table) -> Iterable[tuple[str, str, int]]:
    """Cells in the head of a table that could label it, each with the cell beside it."""
    for row in table.rows[:_HEAD_ROWS]:
        filled = [squeeze(cell) for cell in row.cells if cell.strip()]
        for cell, after in zip(filled, [*filled[1:], ""], strict=False):
            if len(cell) <= TITLE_LENGTH:
                yield cell, after, row.page or row.line or table.block


def _said(
    lines: Sequence[_Line], title: Title | None, name: str
) -> tuple[Stage | None, Scope | None]:
    """Stage and scope as the title says them, else the titles of statements, labels, sections."""
    folded = [line.folded for line in lines]
    named = [text for text in folded if _NAMES_YEAR.search(text)]
    labels = [
        re.split("[:：]", line.squeezed)[0]
        for line in lines
        if (found := labelled_name(line.squeezed)) is not None and found[0]
    ]
    texts = [
        title.text.replace(title.name or "", "") if title else "",
        "".join(named),
        "".join(labels),
        "".join(text for text in folded if _SECTION.search(text)),
    ]
    is_final = _first_said(texts, "决算", "预算")
    is_department = _first_said(texts, "部门", "单位")
    if is_department is None and is_own_level(name):
        is_department = False
    stages, scopes = (Stage.BUDGET, Stage.FINAL), (Scope.UNIT, Scope.DEPARTMENT)
    return (
        None if is_final is None else stages[is_final],
        None if is_department is None else scopes[is_department],
    )


def _first_said(texts: Iterable[str], word: str, other: str) -> bool | None:
    """Whether the first text that says more of one word than of the other says ``word``."""
    for text in texts:
        if text.count(word) != text.count(other):
            return text.count(word) > text.count(other)
    return None


def _year(
    document: Document, lines: Sequence[_Line], title: Title | None, *, is_named: bool
) -> int:
    if title is not None:
        return title.year
    years = statement_years([line.folded for line in lines]).most_common(2)
    if not years:
        if not is_named and defined_agency(_running_text(document)) is None:
            raise _nameless(document)
        raise IdentityError(
            f"{document.file_name}: no fiscal year is printed",
            hint="expected a title such as 2024年度单位预算公开 or 2024年预算收支总表; "
            "if the year is known, give it",
        )
    if len(years) == 2 and years[0][1] == years[1][1]:
        raise ReadError(
            f"{document.file_name}: the titles name the years {years[0][0]} and {years[1][0]}",
            hint="a disclosure is about one fiscal year; split the file",
        )
    return years[0][0]


def _from_outside_the_head(
    document: Document,
    identity: Identity,
    siblings: Sequence[Identity],
    *,
    stage: Stage | None,
    scope: Scope | None,
) -> Identity:
    """The identity from a sentence that defines it, and from the files beside the document."""
    text = _running_text(document)
    name = defined_agency(text)
    if name is not None:
        identity = replace(
            identity, agency_id=agency_id(name), agency_name=name, basis=IdentityBasis.SENTENCE
        )
    said = [what for what, value in (("stage", stage), ("scope", scope)) if value is not None]
    joined = as_part(identity, siblings, text, said=said)
    if joined is not None:
        return joined
    if name is None:
        raise _nameless(document)
    return identity


def _running_text(document: Document) -> str:
    return squeeze(simplify("".join(paragraph.text for paragraph in document.paragraphs)))


def _nameless(document: Document) -> IdentityError:
    return IdentityError(
        f"{document.file_name}: no agency is named",
        hint="expected a line such as 单位名称：… above the statements, or a title page; "
        "if the agency is known, give it",
    )
