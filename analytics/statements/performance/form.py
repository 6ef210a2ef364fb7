"""What a project performance form says, once its damage is mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from analytics.amounts import PrintedNumber
from analytics.documents.model import Place
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import CarryoverBasis, Fund, Repair
from analytics.statements.performance.targets import Target

__all__ = ["FundAmount", "Indicator", "Leftover", "PerformanceForm", "TextPiece", "Texts"]


@dataclass(frozen=True, slots=True)
class FundAmount:
    """Money of one source in one block of a form.

    Args:
        block: The whole term of the project, or the year.
        fund: Source of the money; ``Fund.ALL`` for the block's total.
        label: Name of the source as read.
        number: The figure, in the form's unit of money.
        place: Cell the figure stands in.
        repairs: What was mended to read it.
        basis: Whether it contains money carried over from earlier years.
    """

    block: IndicatorBlock
    fund: Fund
    label: str
    number: PrintedNumber
    place: Place
    repairs: tuple[Repair, ...] = ()
    basis: CarryoverBasis = CarryoverBasis.INCLUDED


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target of a form.

    Args:
        block: Block of the form it stands in.
        number: 1, 2, 3 … within the block, in printed order.
        level1: First-level category; ``None`` where nothing says which.
        level2: Second-level category; ``None`` where nothing says which.
        name: Third level: what is measured.
        value_text: The target as printed; ``None`` where left blank.
        target: The target as comparator, number and unit.
        place: Cell the name stands in.
        value_place: Cell the target stands in; ``None`` where left blank.
        is_level_repaired: Whether level 1 or 2 is not what the print says row by row.
        repairs: What was mended to read the row.
        weight: Points it counts in the evaluation; ``None`` where the form prints none.
        weight_place: Cell the weight stands in.
    """

    block: IndicatorBlock
    number: int
    level1: str | None
    level2: str | None
    name: str
    value_text: str | None
    target: Target
    place: Place
    value_place: Place | None
    is_level_repaired: bool = False
    repairs: tuple[Repair, ...] = ()
    weight: PrintedNumber | None = None
    weight_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A printed cell of a form that nothing was made of, with the reason.

    Args:
        text: The cell as printed.
        place: Where it was printed.
        reason: Why nothing was made of it.
        is_numeric: Whether the cell prints a number.
    """

    text: str
    place: Place
    reason: str
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A printed cell of a running text.

    Args:
        part: Name of the text.
        offset: Where the cell begins in the text.
        place: Where it was printed.
    """

    part: str
    offset: int
    place: Place


@dataclass(frozen=True, slots=True)
class Texts:
    """The running texts of a form; ``None`` where a text is missing or blank.

    ``pieces`` are the cells that the texts were joined from, in printed order.
    """

    overview: str | None = None
    legal_basis: str | None = None
    necessity: str | None = None
    measures: str | None = None
    plan: str | None = None
    term_goal: str | None = None
    annual_goal: str | None = None
    pieces: tuple[TextPiece, ...] = field(default=(), compare=False, repr=False)

    def place_of(self, part: str, offset: int) -> Place | None:
        """Where a character of a text was printed; ``None`` where no piece is known."""
        before = [
            piece.place for piece in self.pieces if piece.part == part and piece.offset <= offset
        ]
        return before[-1] if before else None


@dataclass(frozen=True, slots=True)
class PerformanceForm:
    """The performance form of one project.

    Args:
        name: Name of the project, simplified, without breaks; empty where the form prints none.
        title: Title line as printed.
        fiscal_year: Year printed under the title.
        kind: 项目属性 as printed.
        period: 项目期 as printed.
        period_years: Years of ``period``.
        department_code: Code of the department in charge.
        department_name: Name of the department in charge.
        implementing_unit: Unit that carries the project out.
        money_unit: Unit of the money; ``None`` where the form prints none.
        funds: Money by block and source; blank cells are no entries.
        texts: Running texts.
        indicators: Targets of both blocks, first the term's, then the year's.
        filled_on: Day the form was filled in.
        filled_text: Time stamp as printed.
        filled_place: Cell of the time stamp.
        period_place: Cell of the period.
        leftovers: Cells that nothing was made of.
        numeric_cell_count: Cells that print a number: money, targets with a number, weights, the
            period, the time stamp, and numbers among the leftovers; running texts are none.
        blocks: Numbers of the document's blocks that the form takes up.
        block: First of them that holds the form's table.
        page: Page the form begins on.
        line: Line of a text file the form begins in.
        repairs: What was mended outside money and indicators.
    """

    name: str
    title: str | None
    fiscal_year: int | None
    kind: str | None
    period: str | None
    period_years: int | None
    department_code: str | None
    department_name: str | None
    implementing_unit: str | None
    money_unit: str | None
    funds: tuple[FundAmount, ...]
    texts: Texts
    indicators: tuple[Indicator, ...]
    filled_on: date | None
    filled_text: str | None
    filled_place: Place | None
    period_place: Place | None
    leftovers: tuple[Leftover, ...]
    numeric_cell_count: int
    blocks: tuple[int, ...]
    block: int
    page: int | None
    line: int | None
    repairs: tuple[Repair, ...] = field(default=())

    def amount(self, block: IndicatorBlock, fund: Fund = Fund.ALL) -> FundAmount | None:
        """The money of ``fund`` in ``block``; ``None`` where the cell is blank.

        Money carried over is a part of it and is not asked for here.
        """
        wanted = (
            f
            for f in self.funds
            if f.block == block and f.fund == fund and f.basis is not CarryoverBasis.ONLY
        )
        return next(wanted, None)
