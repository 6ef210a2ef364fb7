"""The columns that results of analysis add."""

from __future__ import annotations

from analytics.schema import form_vocabularies as forms
from analytics.schema import vocabularies as v
from analytics.schema.fields.model import (
    Field,
    a_bound,
    a_count,
    a_flag,
    a_number,
    a_share,
    a_text,
    some_yuan,
)

__all__ = ["ANALYSIS"]

ANALYSIS: dict[str, Field] = {
    "amount_prior_yuan": some_yuan("上年（元）", "amount of the prior year"),
    "change_low_yuan": a_bound("增减额下限（元）", "smallest change the printed figures allow"),
    "change_high_yuan": a_bound("增减额上限（元）", "largest change the printed figures allow"),
    "growth_share": a_share("增减率", "change divided by the prior amount"),
    "growth_low_share": a_share("增减率下限", "smallest growth the printed figures allow"),
    "growth_high_share": a_share("增减率上限", "largest growth the printed figures allow"),
    "contribution_share": a_share("贡献", "change divided by the parent's prior amount"),
    "status": a_text("状态", "continued, new or ended", v.Status),
    "comparability": a_text("可比性", "whether the two sides mean the same", v.Comparability),
    "source": a_text("本年出处", "document, statement, row and column of the current amount"),
    "source_prior": a_text("上年出处", "document and sentence or cell of the prior amount"),
    "value_kind_prior": a_text("上年数值性质", "how the prior amount is known", v.ValueKind),
    "step": a_text("步骤", "bar of the bridge"),
    "step_order": a_count("次序", "order of the bar"),
    "label_zh": a_text("名称", "label shown in Chinese"),
    "label_en": a_text("名称（英文）", "label shown in English"),
    "start_yuan": some_yuan("起点（元）", "where the bar begins"),
    "end_yuan": some_yuan("终点（元）", "where the bar ends"),
    "is_unexplained": a_flag("未能解释", "whether nothing published explains the step"),
    "dimension": a_text("维度", "what the mix is taken over"),
    "hhi": a_share("集中度 HHI", "sum of squared shares"),
    "hhi_normalised": a_share("标准化 HHI", "HHI rescaled to 0 for equal and 1 for one item"),
    "evenness": a_share("均匀度", "Shannon entropy divided by its largest value"),
    "dissimilarity": a_share("结构差异", "half the sum of absolute share differences"),
    "share_prior": a_share("上年占比", "share in the prior year"),
    "item_count": a_count("项数", "items with a figure"),
    "unit_cost_yuan_per_unit": a_number("所述单位成本", "stated unit cost", "yuan per unit"),
    "unit_cost_text": a_text("单位成本原文", "stated unit cost as printed"),
    "cost_comparator": a_text("成本比较符", "how the stated unit cost binds", forms.Comparator),
    "quantity": a_number("数量", "quantity the unit cost belongs to"),
    "quantity_text": a_text("数量原文", "quantity as printed"),
    "quantity_comparator": a_text("数量比较符", "how the quantity binds", forms.Comparator),
    "quantity_name": a_text("数量指标", "name of the quantity indicator"),
    "period_count": a_count("期数", "periods of the unit cost inside a year"),
    "money_yuan": some_yuan("项目资金（元）", "money of the project in the block"),
    "available_yuan": some_yuan("可比资金（元）", "money less arrears of earlier years"),
    "implied_low_yuan_per_unit": a_number(
        "隐含单位成本下限", "smallest money ÷ quantity", "yuan per unit"
    ),
    "implied_high_yuan_per_unit": a_number(
        "隐含单位成本上限", "largest money ÷ quantity", "yuan per unit"
    ),
    "costed_low_yuan": a_bound("成本×数量下限（元）", "smallest stated cost × quantity"),
    "costed_high_yuan": a_bound("成本×数量上限（元）", "largest stated cost × quantity"),
    "costed_yuan": some_yuan("成本×数量（元）", "stated cost × stated quantity × periods"),
    "costed_share": a_share("占项目资金", "stated cost × quantity divided by the available money"),
    "head_count": a_count("人数", "people the amount is divided by", "person"),
    "head_basis": a_text("人数口径", "who is counted: staff in post or posts"),
    "amount_yuan_per_head": a_number("人均（元）", "amount per head", "yuan per person"),
}
