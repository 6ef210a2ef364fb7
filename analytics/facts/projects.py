"""Project performance forms as rows of ``projects``, ``indicators`` and ``facts``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from analytics.documents.model import Place
from analytics.facts.rows import (
    identity_columns,
    join_repairs,
    money_columns,
    not_an_amount,
    place_columns,
)
from analytics.schema.form_vocabularies import IndicatorBlock, IndicatorKind
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    RowKind,
    Statement,
)
from analytics.statements.model import Identity
from analytics.statements.performance import (
    FundAmount,
    Indicator,
    PerformanceForm,
    pair_quantity,
    read_arrears,
)
from analytics.statements.wording import clean_name, project_key

__all__ = ["Ledger", "ProjectRows", "build_projects", "keyed"]

_COMPONENTS = {
    IndicatorBlock.TERM: Component.TERM,
    IndicatorBlock.ANNUAL: Component.ANNUAL,
}
_CARRYOVER = "carryover"
_MONEY_FUNDS = (
    (Fund.ALL, "total"),
    (Fund.FISCAL_APPROPRIATION, "fiscal_appropriation"),
    (Fund.CENTRAL, "central"),
    (Fund.PROVINCIAL, "provincial"),
    (Fund.LOCAL, "local"),
    (Fund.SELF_RAISED, "self_raised"),
    (Fund.OTHER, "other"),
)


@dataclass(slots=True)
class Ledger:
    """What became of the numeric cells of all forms; :attr:`is_balanced` says none is lost.

    Args:
        numeric: Cells that print a number, counted apart from how they were read.
        facts: Cells that became facts.
        targets: Cells that became values of indicators.
        weights: Cells that became weights of indicators.
        periods: Cells that state the length of a project.
        timestamps: Cells that say when a form was filled in.
        set_aside: Cells set aside with a reason.
    """

    numeric: int = 0
    facts: int = 0
    targets: int = 0
    weights: int = 0
    periods: int = 0
    timestamps: int = 0
    set_aside: int = 0

    @property
    def is_balanced(self) -> bool:
        """Whether every numeric cell is accounted for."""
        return self.numeric == self.facts + self.form_values + self.set_aside

    @property
    def form_values(self) -> int:
        """Cells that became something else than an amount of money."""
        return self.targets + self.weights + self.periods + self.timestamps


@dataclass(slots=True)
class ProjectRows:
    """What the forms of one document gave.

    Args:
        projects: Rows of ``projects``.
        indicators: Rows of ``indicators``.
        facts: Rows of ``facts``.
        set_aside: Rows of ``set_aside``.
        ledger: What became of every numeric cell.
    """

    projects: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)


def build_projects(
    forms: Sequence[PerformanceForm], document_id: str, identity: Identity
) -> ProjectRows:
    """Turn project forms into canonical rows.

    Every figure of a form's money is a fact, and stands once more in the project's row. A figure
    without unit of money, or without source, is set aside with the reason. Unit costs are paired
    with the quantity of the same block that they are paid for; arrears are kept apart where the
    form states them.

    Args:
        forms: The forms, as read.
        document_id: The document.
        identity: Whose document it is, of which year.

    Returns:
        Rows of the four tables. Two forms of one name are told apart by ``#2``, ``#3`` behind the
        project's key.
    """
    rows = ProjectRows()
    for key, form in keyed(forms):
        _FormRows(form, key, document_id, identity, rows).build()
    return rows


def keyed(forms: Sequence[PerformanceForm]) -> Iterator[tuple[str, PerformanceForm]]:
    """The forms with the keys of their projects; two of one name are told apart."""
    seen: Counter[str] = Counter()
    for form in forms:
        key = project_key(form.name) or f"unnamed-{form.block}"
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key}#{seen[key]}"
        yield key, form


class _FormRows:
    """Builds the rows of one form."""

    def __init__(
        self,
        form: PerformanceForm,
        key: str,
        document_id: str,
        identity: Identity,
        rows: ProjectRows,
    ) -> None:
        self.form = form
        self.key = key
        self.document_id = document_id
        self.identity = identity
        self.rows = rows

    def build(self) -> None:
        """Add the rows of the form and account for its numeric cells."""
        form, ledger = self.form, self.rows.ledger
        amounts: dict[tuple[IndicatorBlock, str], Decimal] = {}
        for fund in form.funds:
            self._fund(fund, amounts)
        self.rows.projects.append(self._project(amounts))
        self.rows.indicators.extend(self._indicator(indicator) for indicator in form.indicators)
        for leftover in form.leftovers:
            if leftover.is_numeric:
                self._set_aside(leftover.place, leftover.text, leftover.reason)
        ledger.numeric += form.numeric_cell_count
        ledger.targets += sum(item.target.value is not None for item in form.indicators)
        ledger.weights += sum(item.weight is not None for item in form.indicators)
        ledger.periods += form.period is not None and form.period[0].isdigit()
        ledger.timestamps += form.filled_place is not None

    def _fund(self, fund: FundAmount, amounts: dict[tuple[IndicatorBlock, str], Decimal]) -> None:
        unit = self.form.money_unit
        if unit is None:
            reason = "no unit of money is printed on the form"
            self._set_aside(fund.place, fund.number.text, reason)
            return
        money = money_columns(fund.number, unit, fund.place)
        yuan = money["amount_yuan"]
        refusal = not_an_amount(yuan)
        if refusal is not None:
            self._set_aside(fund.place, fund.number.text, f"{refusal}: {fund.number.text} {unit}")
            return
        is_carried = fund.basis is CarryoverBasis.ONLY
        amounts[fund.block, _CARRYOVER if is_carried else dict(_MONEY_FUNDS)[fund.fund]] = yuan
        self.rows.ledger.facts += 1
        self.rows.facts.append(
            {
                "document_id": self.document_id,
                **place_columns(fund.place),
                "column_label": f"{fund.block.zh}/{fund.label}",
                **identity_columns(self.identity),
                "statement": str(Statement.PERFORMANCE_FORM),
                "flow": str(Flow.EXPENDITURE),
                "classification": str(Classification.PROJECT),
                "code": self.key,
                "name": self.form.name or self.key,
                "fund": str(fund.fund),
                "component": str(_COMPONENTS[fund.block]),
                "carryover_basis": str(fund.basis),
                "row_kind": str(RowKind.ITEM),
                **money,
                "repairs": join_repairs(fund.repairs, fund.place),
            }
        )

    def _project(self, amounts: Mapping[tuple[IndicatorBlock, str], Decimal]) -> dict[str, Any]:
        form, texts = self.form, self.form.texts
        annual = amounts.get((IndicatorBlock.ANNUAL, "total"))
        arrears = read_arrears(texts, self.identity.fiscal_year, annual)
        money = {
            f"{block}_{column}_yuan": amounts.get((block, column))
            for block in IndicatorBlock
            for column in (*dict(_MONEY_FUNDS).values(), _CARRYOVER)
        }
        return {
            "document_id": self.document_id,
            "project": self.key,
            "name": form.name or self.key,
            "agency_id": self.identity.agency_id,
            "fiscal_year": self.identity.fiscal_year,
            "page": form.page,
            "source_block": form.block,
            "line": form.line,
            "kind": clean_name(form.kind) if form.kind else None,
            "period": form.period,
            "period_years": form.period_years,
            "department_code": form.department_code,
            "department_name": form.department_name,
            "implementing_unit": form.implementing_unit,
            **money,
            "arrears_yuan": arrears.yuan if arrears else None,
            "arrears_text": arrears.text if arrears else None,
            "overview": texts.overview,
            "legal_basis": texts.legal_basis,
            "necessity": texts.necessity,
            "measures": texts.measures,
            "plan": texts.plan,
            "term_goal": texts.term_goal,
            "annual_goal": texts.annual_goal,
            "filled_on": form.filled_on,
            "filled_text": form.filled_text,
            "repairs": join_repairs(form.repairs),
        }

    def _indicator_id(self, indicator: Indicator) -> str:
        return f"{self.document_id}:{self.key}:{indicator.block}:{indicator.number}"

    def _indicator(self, indicator: Indicator) -> dict[str, Any]:
        target, place = indicator.target, indicator.place
        pairing = None
        if target.kind == IndicatorKind.UNIT_COST:
            pairing = pair_quantity(indicator, self.form.indicators)
        quantity = pairing.quantity if pairing else None
        return {
            "indicator_id": self._indicator_id(indicator),
            "document_id": self.document_id,
            "project": self.key,
            "agency_id": self.identity.agency_id,
            "fiscal_year": self.identity.fiscal_year,
            "block": str(indicator.block),
            "level1": indicator.level1,
            "level2": indicator.level2,
            "name": indicator.name,
            "value_text": indicator.value_text,
            "comparator": str(target.comparator) if target.comparator else None,
            "value": target.value,
            "value_step": target.step,
            "unit": target.unit,
            "per_unit": target.per_unit,
            "per_period": target.per_period,
            "weight": indicator.weight.value if indicator.weight else None,
            "kind": str(target.kind),
            "quantity_id": self._indicator_id(quantity) if quantity else None,
            "quantity_basis": pairing.basis if pairing else None,
            "is_level_repaired": indicator.is_level_repaired,
            "page": place.page,
            "source_block": place.block,
            "row": place.row,
            "column": place.column,
            "line": place.line,
            "repairs": join_repairs(indicator.repairs, place),
        }

    def _set_aside(self, place: Place, text: str, reason: str) -> None:
        self.rows.ledger.set_aside += 1
        self.rows.set_aside.append(
            {
                "document_id": self.document_id,
                **place_columns(place),
                "statement": str(Statement.PERFORMANCE_FORM),
                "cell_text": text,
                "reason": reason,
            }
        )
