"""A generated disclosure as text, in the layout of a recognised unit budget."""

from __future__ import annotations

from decimal import Decimal

from disclosures.cells import Cell, Figure, Sheet, numeral
from disclosures.details import three_public_amounts
from disclosures.lists import CLASSES, FISCAL_FUNDS, FUNDS, STATEMENTS
from disclosures.sheets import sheets
from disclosures.spec import YUAN, DisclosureSpec

__all__ = ["write"]

_FORM_INDICATORS = (
    ("产出指标", "数量指标", "完成数量", "≥12次"),
    ("", "质量指标", "验收合格率", "100%"),
    ("", "时效指标", "完成时间", "12月底前"),
    ("", "成本指标", "项目成本", "≤{cost}元"),
    ("效益指标", "经济效益指标", "", ""),
    ("", "社会效益指标", "提升服务水平", "提升"),
    ("", "生态效益指标", "", ""),
    ("", "可持续影响指标", "", ""),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
)


def write(spec: DisclosureSpec) -> str:
    """The whole disclosure; table cells are separated by tabs, blocks by empty lines."""
    kind = "单位" if spec.scope == "unit" else "部门"
    word = "预算" if spec.stage == "budget" else "决算"
    blocks = ["", spec.agency, f"{spec.year}年度{kind}{word}公开"]
    tables = sheets(spec)
    if spec.has_contents:
        blocks += _contents(spec, tables)
    blocks += [
        "第一部分 概况",
        "一、本单位职责",
        f"{spec.agency}负责全市有关公共服务的组织和管理工作。",
        "二、机构设置情况",
        f"{spec.agency}内设科室6个。",
        f"第二部分 {spec.year}年{kind}{word}报表",
    ]
    for sheet in tables:
        number = STATEMENTS.index(sheet.statement) + 1
        blocks += [f"预算公开表{number}", sheet.title]
        blocks += [
            f"单位名称：{spec.agency}",
            f"单位：{spec.unit_of(sheet.statement)}",
            _table(spec, sheet),
        ]
        if not sheet.has_figures and not spec.blank:
            blocks.append("注：本表无数据")
    blocks += [f"第三部分 {spec.year}年度{kind}{word}情况说明", *_narrative(spec)]
    if spec.has_forms:
        for name in spec.projects(carried=False):
            blocks += ["市级预算部门（单位）项目支出绩效目标表", f"({spec.year}年度)"]
            blocks.append(_form(spec, name))
    blocks += ["第四部分 名词解释", "一、基本支出：指为保障机构正常运转而发生的支出。"]
    return "\n\n".join(blocks) + "\n"


def _cell(spec: DisclosureSpec, cell: Cell, unit: str) -> str:
    if isinstance(cell, Figure):
        amount = cell.amount * YUAN[spec.unit] / YUAN[unit]
        return f"{amount / 100:.2f}" if amount else spec.blank
    return cell


def _table(spec: DisclosureSpec, sheet: Sheet) -> str:
    rows = ["\t".join(row) for row in sheet.header]
    unit = spec.unit_of(sheet.statement)
    rows += ["\t".join(_cell(spec, cell, unit) for cell in row) for row in sheet.rows]
    return "\n".join(rows)


def _contents(spec: DisclosureSpec, tables: list[Sheet]) -> list[str]:
    lines = ["第一部分 概况\t1", "一、本单位职责.....\t1", "二、机构设置情况.....\t1"]
    lines += [
        f"表{numeral(i)}{sheet.title}.....\t{i + 1}" for i, sheet in enumerate(tables, start=1)
    ]
    lines += ["第四部分 名词解释\t40"]
    return ["目 录", "\n".join(lines)]


def _say(spec: DisclosureSpec, amount: int) -> str:
    return f"{Decimal(amount) / 100:,.2f}{spec.unit}" if amount else f"0{spec.unit}"


def _narrative(spec: DisclosureSpec) -> list[str]:
    """What the narrative says; every figure is the one a statement prints."""
    who, total = f"{spec.year}年度{spec.agency}", spec.total()
    current, brought = spec.total(carried=False), spec.total(carried=True)
    change = ""
    if spec.prior_total is not None and spec.prior_total != total:
        difference = total - spec.prior_total
        share = Decimal(abs(difference) * 100) / Decimal(spec.prior_total)
        more, grown = ("增加", "增长") if difference > 0 else ("减少", "下降")
        change = f"，比上年{more}{_say(spec, abs(difference))}，{grown}{share:.2f}%，主要原因是项目安排的调整"
    funds = "；".join(
        f"{name}{'拨款收入' if fund in FISCAL_FUNDS else ''}"
        f"{_say(spec, spec.total(funds=[fund], carried=False))}"
        for fund, name in FUNDS.items()
    )
    classes = "、".join(
        f"{name}{_say(spec, spec.total(code=code, funds=['general_public'], carried=False))}"
        for code, name in CLASSES.items()
        if spec.total(code=code, funds=["general_public"], carried=False)
    )
    public = three_public_amounts(spec)
    basics, projects = spec.total(projects=False), spec.total(projects=True)
    general = spec.total(funds=["general_public"], carried=False)
    operating = spec.total(funds=["general_public"], projects=False, public=True)
    return [
        "一、单位预算收支数据变动情况及原因",
        f"{who}预算收入总计{_say(spec, total)}，其中：本年收入{_say(spec, current)}，"
        f"上年结转{_say(spec, brought)}{change}。",
        "二、收入预算情况说明",
        f"{who}预算收入{_say(spec, current)}，主要包括{funds}。",
        "三、支出预算情况说明",
        f"{who}支出预算{_say(spec, total)}，其中：基本支出{_say(spec, basics)}；"
        f"项目支出{_say(spec, projects)}。",
        "五、一般公共预算支出情况说明",
        f"{who}一般公共预算当年支出{_say(spec, general)}，主要用于以下方面：{classes}等。",
        "七、“三公”经费增减变动原因说明",
        f"{spec.year}年{spec.agency}财政拨款安排的“三公”经费预算{_say(spec, public['total'])}。",
        "八、机关运行经费增减变动原因说明",
        f"本单位机关运行经费财政拨款预算{_say(spec, operating)}。",
    ]


def _form(spec: DisclosureSpec, name: str) -> str:
    """The performance form of a project, undamaged; its funds are printed in yuan."""

    def yuan(*funds: str) -> str:
        amount = spec.total(funds=funds, project=name, carried=False) * YUAN[spec.unit]
        return f"{amount:,.2f}".removesuffix(".00")

    money = {
        "其中：中央财政资金": "0",
        "省级财政资金": "0",
        "市县（区）财政资金": yuan("general_public", "government_fund", "state_capital"),
        "单位自筹": yuan("fiscal_special_account", "unit_funds"),
        "其他资金": "",
    }
    rows: list[tuple[str, ...]] = [
        ("项目名称", "", name),
        ("主管部门及代码", "", f"062-{spec.agency}", "", "实施单位", "", spec.agency),
        ("项目属性", "", "一次性项目（1年结束）", "", "项目期", "", "1年"),
        (
            "项目资金（元）",
            "",
            "实施期资金总额：",
            "",
            yuan(*FUNDS),
            "",
            "年度资金总额：",
            "",
            yuan(*FUNDS),
        ),
        *(("", "", label, "", value, "", label, "", value) for label, value in money.items()),
        ("项目概况", "", f"{name}的主要内容。"),
        ("立项依据", "", "有关管理办法。"),
        ("项目设立必要性", "", "保障公共服务。"),
        ("保证项目实施的制度、措施", "", "按照财务管理制度执行。"),
        ("项目实施计划", "", "全年按计划实施。"),
        ("实施期目标", "", "", "", "年度目标"),
        ("总体目标", "", f"完成{name}。", "", "", "", f"完成{name}。"),
        (
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "二级指标",
            "三级指标",
            "指标值",
        ),
        *(
            ("", first, second, third, value, second, third, value)
            for first, second, third, printed in _FORM_INDICATORS
            for value in (printed.format(cost=yuan(*FUNDS).replace(",", "")),)
        ),
        ("负责人：", "", "经办人：", "", "联系电话：", "", "填报日期：", f"{spec.year}0119095438"),
    ]
    return "\n".join("\t".join((row + ("",) * 10)[:10]) for row in rows)
