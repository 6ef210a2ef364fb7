"""Quantities in the texts of project forms: against prices, targets, and the document's own counts."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import NUMBER, among
from analytics.checks.projects import PROJECT, form_answers
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.checks.targets import ABOUT_TARGET, TARGET, TARGET_KEY, targets
from analytics.checks.text_amounts import about_amount, mentioned, mentioned_money
from analytics.checks.wording import Relation
from analytics.expressions import worded
from analytics.schema.form_vocabularies import IndicatorKind, MentionKind, MentionRole, TextPart
from analytics.schema.vocabularies import Outcome, Severity, Statement, Topic

__all__ = ["floor_area", "head_count", "text_product", "text_target"]

_FAMILY = Family.PERFORMANCE_FORMS
_FORM = (Statement.PERFORMANCE_FORM,)
_PERIODS_A_YEAR = {"年": 1, "半年": 2, "季度": 4, "月": 12}
_COUNTERS = "个项件套台份组种篇期端本册条家"
_SHORTEST_MATCH, _LEAST_LIKE = 3, 0.5
_STAFF_COST = r"差旅|外出|餐补|伙食|办公用品|体检|工装|服装|通讯补"
_NOT_STAFF = r"群众|企业|学员|学生|居民|服务对象|游客|观众|参保|志愿"
_OWN_AREA = r"保洁|清洁|物业|清扫|办公用房|安保"


@rule(
    "F-TEXT-PRODUCT",
    title=("数量乘以单价等于金额", "Quantity times price makes the amount"),
    equation="数量 × 单价 (× 期数) = 金额, where a text states all of them together",
    why=(
        "单价和数量乘不出所列金额，测算依据就不成立。",
        "An amount that is not its quantity times its price has no basis.",
    ),
    family=_FAMILY,
    statements=_FORM,
    catalogue=("F7",),
    printed=("文字写", "the text says"),
    computed=("数量乘以单价", "quantity times price is"),
    absent=Outcome.NOT_APPLICABLE,
)
def text_product(tables: CanonicalTables) -> pl.LazyFrame:
    """Each product of a text. Limits (不少于, 不超过) bind one side only and are left out.

    A price a month without a number of months counts twelve, a price a year one.
    """
    of = [*PROJECT, "text_part", "product_number"]
    is_part = pl.col("product_number").is_not_null()
    money = mentioned_money(tables, is_part)
    counts = mentioned(tables, is_part, pl.col("kind") == MentionKind.QUANTITY)
    limited = (
        tables.mentions.filter(is_part)
        .group_by("document_id", "project", "text_part", "product_number")
        .agg(is_limited=pl.col("comparator").is_not_null().any())
        .rename({"project": "code"})
    )
    quantities = counts.group_by(of).agg(
        quantity=pl.col("value").cast(pl.Float64).product(),
        units=pl.col("unit").unique(maintain_order=True),
        factors=pl.col("value_text").str.join("×"),
        said=pl.col("sentence").unique(maintain_order=True).str.join("；"),
    )
    prices = money.filter(pl.col("role") == MentionRole.UNIT_PRICE).select(
        *of,
        price="amount",
        price_half="own_half",
        price_text="value_text",
        price_said="sentence",
        period="per_period",
        about_price="is_about",
    )
    # A period that the quantities do not count is a year's worth of it.
    periods = (
        pl.when(pl.col("period").is_null() | pl.col("units").list.contains(pl.col("period")))
        .then(1)
        .otherwise(pl.col("period").replace_strict(_PERIODS_A_YEAR, default=None))
    )
    times = (pl.col("quantity") * pl.col("periods")).cast(NUMBER)
    frame = (
        money.filter(pl.col("role") != MentionRole.UNIT_PRICE)
        .join(prices, on=of)
        .join(quantities, on=of)
        .join(limited, on=of)
        .with_columns(periods=periods)
        .filter(~pl.col("is_limited"), pl.col("periods").is_not_null())
        .with_columns(
            computed=(pl.col("price") * times).round(2),
            tolerance=pl.col("own_half") + (pl.col("price_half") * times).round(2),
            quoted=worded("{}；{}；{}", "said", "price_said", "sentence"),
        )
    )
    return form_answers(
        frame,
        key=pl.col("key"),
        about=about_amount("value_text"),
        printed="amount",
        sentence="quoted",
        note_zh=worded("{}×{}", "factors", "price_text"),
        note_en=worded("{}×{}", "factors", "price_text"),
    )


def _pairs_of(column: str) -> pl.Expr:
    """The pairs of neighbouring Chinese characters of a text."""
    pairs = r"\p{Han}{2}"
    # Without anything between them the characters pair up from the first, and from the second.
    text = pl.col(column).str.replace_all(r"[^\p{Han}]", "")
    return pl.concat_list(text.str.extract_all(pairs), text.str.slice(1).str.extract_all(pairs))


def _countable(unit: pl.Expr) -> pl.Expr:
    """Units under one name where they all count things (个, 项, 套)."""
    return pl.when(unit.is_in(list(_COUNTERS))).then(pl.lit("个")).otherwise(unit)


@rule(
    "F-TEXT-TARGET",
    title=("文字所述数量与指标一致", "Quantities of the text are those of the targets"),
    equation="quantity of 项目概况 or 目标 = 数量指标 of the same thing and unit",
    severity=Severity.WARNING,
    why=(
        "同一件事在概况和指标中数量不同，考核时不知以何者为准。",
        "Where text and target count one thing differently, nobody knows which will be measured.",
    ),
    family=_FAMILY,
    statements=_FORM,
    catalogue=("F9",),
    printed=("指标为", "the target is"),
    computed=("文字写", "the text says"),
    absent=Outcome.NOT_APPLICABLE,
)
def text_target(tables: CanonicalTables) -> pl.LazyFrame:
    """Quantities under one name in a text and in a target, found by the words beside the number.

    At least half of the pairs of characters of the shorter name, and three of them, must be in the
    other; a target that any such quantity agrees with passes.
    """
    said = mentioned(
        tables,
        pl.col("kind") == MentionKind.QUANTITY,
        pl.col("value").is_not_null(),
        among(pl.col("text_part"), [TextPart.OVERVIEW, TextPart.TERM_GOAL, TextPart.ANNUAL_GOAL]),
        # 每个事项梳理26个要素 counts for each thing, not in all
        ~pl.col("noun").str.contains("每"),
    ).select(
        *PROJECT,
        counted=_countable(pl.col("unit")),
        said="value",
        said_step="value_step",
        quoted="sentence",
        said_pairs=_pairs_of("noun"),
        said_at="mention_id",
    )
    shared = pl.col("pairs").list.set_intersection("said_pairs").list.len()
    shorter = pl.min_horizontal(
        pl.col("pairs").list.unique().list.len(), pl.col("said_pairs").list.unique().list.len()
    )
    frame = (
        _counted(tables)
        .with_columns(counted=_countable(pl.col("unit")), pairs=_pairs_of("target"))
        .join(said, on=[*PROJECT, "counted"])
        .with_columns(shared=shared.cast(pl.Int32), likeness=shared / shorter)
        .filter(pl.col("shared") >= _SHORTEST_MATCH, pl.col("likeness") >= _LEAST_LIKE)
        .with_columns(is_same=(pl.col("value") == pl.col("said")).cast(pl.Int8))
        .sort(
            *(-pl.col(name) for name in ("is_same", "shared", "likeness")),
            *("block", "row", "column", "said_at"),
        )
        .unique(TARGET, keep="first", maintain_order=True)
        .with_columns(
            computed="said",
            tolerance=pl.lit(0),
            step=pl.min_horizontal("value_step", "said_step"),
            unit_text="unit",
        )
    )
    return form_answers(
        frame,
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        printed="value",
        measure_unit="1",
        sentence="quoted",
    )


def _counted(tables: CanonicalTables) -> pl.LazyFrame:
    """The targets that state a quantity."""
    return targets(tables, pl.col("kind") == IndicatorKind.QUANTITY, pl.col("value").is_not_null())


@rule(
    "F-FLOOR-AREA",
    title=("服务面积不超过办公用房面积", "The area served is not above the offices'"),
    equation="保洁, 物业 or 安保 area of a form ≤ 办公用房建筑面积 of the narrative",
    severity=Severity.WARNING,
    source="plain reasoning: a unit pays for the care of the offices it uses",
    why=(
        "保洁面积大于单位全部办公用房，可能多付服务费。",
        "Paying for more floor than the unit uses may be paying too much.",
    ),
    family=_FAMILY,
    statements=_FORM,
    reads=(Topic.STATE_ASSETS,),
    catalogue=("F16",),
    printed=("指标为", "the target is"),
    computed=("办公用房面积", "the offices have"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def floor_area(tables: CanonicalTables) -> pl.LazyFrame:
    """Targets in 平方米 named after the care of buildings, against the one floor area stated."""
    areas = (
        tables.claims.filter(pl.col("code") == "floor_area", pl.col("value") > 0)
        .group_by("document_id")
        .agg(computed=pl.col("value").max(), area_step=pl.col("value_step").min())
    )
    frame = (
        _counted(tables)
        .filter(pl.col("unit") == "平方米", pl.col("target").str.contains(_OWN_AREA))
        .unique(TARGET, keep="first", maintain_order=True)
        .join(areas, on="document_id")
        .with_columns(
            tolerance=pl.col("area_step") / 2,
            step=pl.min_horizontal("value_step", "area_step"),
            unit_text="unit",
        )
    )
    return form_answers(
        frame,
        key=TARGET_KEY,
        about=ABOUT_TARGET,
        printed="value",
        measure_unit="1",
    )


@rule(
    "F-HEAD-COUNT",
    title=("保障人数不超过在职与编外人数", "People provided for are no more than there are"),
    equation="people whose travel or office costs a form pays ≤ 实有人员 + 编外人员",
    severity=Severity.WARNING,
    source="plain reasoning: costs of staff are paid for staff",
    why=(
        "按多于实有的人数测算经费，预算就偏大。",
        "A budget for more people than there are is too large.",
    ),
    family=_FAMILY,
    statements=_FORM,
    reads=(Topic.STAFFING,),
    catalogue=("F16",),
    printed=("文字写", "the text says"),
    computed=("在职与编外人数", "staff is"),
    relation=Relation.AT_MOST,
    absent=Outcome.NOT_APPLICABLE,
)
def head_count(tables: CanonicalTables) -> pl.LazyFrame:
    """People in the overview whose clause speaks of costs of the unit's own staff."""
    staff = (
        tables.claims.filter(among(pl.col("code"), ["staff_in_post", "extra_staff"]))
        .unique(["document_id", "name", "code"], keep="first", maintain_order=True)
        .group_by("document_id")
        .agg(
            computed=pl.col("value").sum(),
            is_known=(pl.col("code") == "staff_in_post").any(),
        )
        .filter("is_known")
    )
    people = mentioned(
        tables,
        pl.col("kind") == MentionKind.QUANTITY,
        pl.col("unit") == "人",
        pl.col("value").is_not_null(),
        pl.col("text_part") == TextPart.OVERVIEW,
        pl.col("noun").str.contains(_STAFF_COST),
        ~pl.col("noun").str.contains(_NOT_STAFF),
    )
    return form_answers(
        people.join(staff, on="document_id").with_columns(
            tolerance=pl.lit(0), step="value_step", unit_text="unit"
        ),
        key=pl.col("key"),
        about=about_amount("value_text"),
        printed="value",
        measure_unit="1",
        sentence="sentence",
    )
