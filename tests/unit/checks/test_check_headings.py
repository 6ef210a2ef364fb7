"""Rules on the headings of targets, on units, and on what forms leave blank."""

import re
from datetime import date
from typing import Any

import pytest
from check_rows import Doc, findings, outcomes


def _target(name: str, text: str | None, level2: str, **columns: Any) -> Doc:
    """A form with one target; the number of a quantity is the first of its text."""
    doc = Doc().form()
    if columns.get("kind", "quantity") != "quantity":
        return doc.target(name, None, level2=level2, value_text=text, **columns)
    number = re.search(r"\d+", text or "")
    return doc.target(name, number and number[0], level2=level2, value_text=text, **columns)


def _verdict(code: str, doc: Doc) -> str:
    (outcome,) = outcomes(code, doc)
    return outcome


@pytest.mark.parametrize(
    ("name", "value", "level2", "kind", "belongs"),
    [
        ("梳理事项数量", "400个", "质量指标", "quantity", "数量指标"),
        ("走访企业次数", "12次", "时效指标", "quantity", "数量指标"),
        ("窗口受训比例", "80%", "数量指标", "rate", "质量指标"),
        ("网格覆盖率", "≥90%", "数量指标", "rate", "质量指标"),
        ("抽检合格率", "≥98%", "时效指标", "rate", "质量指标"),
        ("设备到货", "6月底前", "质量指标", "deadline", "时效指标"),
        ("竣工日", "12月20日前", "数量指标", "deadline", "时效指标"),
    ],
)
def test_f_kind_heading_fails(name: str, value: str, level2: str, kind: str, belongs: str) -> None:
    doc = _target(name, value, level2, kind=kind)
    (row,) = findings("F-KIND-HEADING", doc).rows(named=True)
    assert row["outcome"] == "fail"
    assert row["message_zh"].endswith(f"：列在“{level2}”下，指标值“{value}”应属“{belongs}”。")


@pytest.mark.parametrize(
    ("name", "value", "level2", "kind", "columns"),
    [
        ("走访企业次数", "12次", "数量指标", "quantity", {}),
        ("省级以上获奖数量", "5项", "质量指标", "quantity", {}),
        ("高质量论文数量", "30篇", "质量指标", "quantity", {}),
        ("安全事故次数", "0次", "质量指标", "quantity", {}),
        ("系统宕机次数", "≤2次", "质量指标", "quantity", {"comparator": "≤"}),
        ("质保期", "≥3年", "质量指标", "duration", {}),
        ("任务完成率", "100%", "数量指标", "rate", {}),
        ("旅客增长率", "≥5%", "数量指标", "rate", {}),
        ("按时办结率", "100%", "时效指标", "rate", {}),
        ("工程验收合格率", "100%", "质量指标", "rate", {}),
        ("及时发放数量", "300份", "时效指标", "quantity", {}),
        ("课程", "合格", "数量指标", "text", {}),
        ("付款时间", "6月底前", "时效指标", "deadline", {}),
    ],
)
def test_f_kind_heading_passes(
    name: str, value: str, level2: str, kind: str, columns: dict[str, Any]
) -> None:
    doc = _target(name, value, level2, kind=kind, **columns)
    assert _verdict("F-KIND-HEADING", doc) == "pass"


@pytest.mark.parametrize(
    ("name", "level2", "other"),
    [
        ("保证业务系统的稳定运行", "生态效益指标", "社会效益"),
        ("优化营商环境", "生态效益指标", "经济效益"),
        ("提高窗口服务质量", "生态效益指标", "社会效益"),
        ("拉动当地产值", "社会效益指标", "经济效益"),
        ("减少污染物", "社会效益指标", "生态效益"),
        ("维护社会稳定", "经济效益指标", "社会效益"),
        ("植被恢复", "经济效益指标", "生态效益"),
    ],
)
def test_f_benefit_heading_fails(name: str, level2: str, other: str) -> None:
    (row,) = findings("F-BENEFIT-HEADING", _target(name, "提升", level2, kind="text")).rows(
        named=True
    )
    assert row["outcome"] == "fail"
    assert row["message_zh"].endswith(f"：列在“{level2}”下，内容却是{other}。")


@pytest.mark.parametrize(
    ("name", "level2"),
    [
        ("优化营商环境", "社会效益指标"),
        ("优化营商环境", "经济效益指标"),
        ("减轻企业经济负担", "社会效益指标"),
        ("促进经济社会发展", "社会效益指标"),
        ("改善生态环境，提升群众幸福感", "社会效益指标"),
        ("提高服务质量，降低企业成本", "经济效益指标"),
        ("设备使用年限", "经济效益指标"),
        ("污水处理系统稳定运行", "生态效益指标"),
        ("推行政务服务无纸化", "生态效益指标"),
        ("群众少跑腿，减少出行", "生态效益指标"),
        ("持续发挥作用", "可持续影响指标"),
        ("绿色校园建设", "生态效益指标"),
    ],
)
def test_f_benefit_heading_passes(name: str, level2: str) -> None:
    found = outcomes("F-BENEFIT-HEADING", _target(name, "提升", level2, kind="text"))
    assert found == ["not_applicable" if level2.startswith("可持续") else "pass"]


def test_f_benefit_heading_never_fails_in_a_project_about_nature() -> None:
    doc = (
        Doc()
        .form("河道水质监测")
        .target(
            "保证系统正常运行", "是", level2="生态效益指标", kind="text", project="河道水质监测"
        )
    )
    assert _verdict("F-BENEFIT-HEADING", doc) == "pass"


def _moved(*repairs: str | None) -> Doc:
    doc = Doc().form()
    for number, repair in enumerate(repairs):
        doc.target(f"率{number}", "9%", level2="质量指标", kind="rate", repairs=repair)
    return doc


def test_f_printed_heading_passes() -> None:
    assert _verdict("F-PRINTED-HEADING", _moved("value_shifted", None)) == "pass"


def test_f_printed_heading_passes_at_the_first_target_of_a_block() -> None:
    assert _verdict("F-PRINTED-HEADING", _moved("label_moved", None)) == "pass"


def test_f_printed_heading_fails_once_a_heading() -> None:
    found = findings("F-PRINTED-HEADING", _moved(None, "label_moved", "label_wrong;label_moved"))
    assert found["outcome"].to_list() == ["fail"]
    assert found["state"].to_list() == ["reading_suspect"]
    assert "“率1”“率2”的内容属于这一栏" in found["message_zh"].item()


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("服务窗口数量", "50人", "人"),
        ("建成平台个数", "3次", "次"),
        ("新购车辆数", "4人次", "人次"),
        ("绿化面积", "20米", "米"),
        ("道路长度", "300平方米", "平方米"),
        ("参训人数", "6期", "期"),
        ("宣讲场次", "200人", "人"),
        ("设备完好合格率", "95台", "台"),
    ],
)
def test_f_unit_name_fails(name: str, value: str, unit: str) -> None:
    doc = _target(name, value, "数量指标", unit=unit)
    (row,) = findings("F-UNIT-NAME", doc).rows(named=True)
    assert (row["outcome"], row["severity"]) == ("fail", "warning")
    assert f"指标值却是“{value}”" in row["message_zh"]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("服务窗口数量", "个"),
        ("窗口人员", "人"),
        ("受益人数", "人次"),
        ("服务人次", "次"),
        ("参训人数", "个"),
        ("道路数量", "公里"),
        ("维护系统次数", "次"),
        ("培训项目", "人"),
        ("绿化面积", "亩"),
        ("设备数量", "台/套"),
        ("培训频次", "次/年"),
        ("增长率", "个"),
    ],
)
def test_f_unit_name_passes(name: str, unit: str) -> None:
    assert _verdict("F-UNIT-NAME", _target(name, "5", "数量指标", unit=unit)) == "pass"


def _heads(**second: Any) -> Doc:
    full = {"kind": "一次性项目", "period": "1年", "implementing_unit": "某局"}
    doc = Doc()
    for name in "甲乙丙":
        doc.form(name, **(full | second if name == "丙" else full))
    return doc


def test_f_form_head_passes() -> None:
    assert outcomes("F-FORM-HEAD", _heads()) == ["pass"] * 3


def test_f_form_head_fails() -> None:
    found = findings("F-FORM-HEAD", _heads(period=None, implementing_unit=None))
    assert found["outcome"].to_list() == ["pass", "pass", "fail"]
    assert "没有读到项目期、实施单位" in found["message_zh"][2]


def test_f_form_head_passes_where_no_form_has_the_entry() -> None:
    assert outcomes("F-FORM-HEAD", Doc().form("甲").form("乙", kind="一次性")) == ["pass", "pass"]


def test_f_total_label_passes() -> None:
    doc = Doc().form().table("performance_form", "甲 term:9 annual:8")
    assert outcomes("F-TOTAL-LABEL", doc) == ["pass", "pass"]


def test_f_total_label_fails() -> None:
    doc = Doc().form().table("performance_form", "甲 annual:8")
    doc.table("performance_form", "甲 term:9", repairs="cell_split;label_wrong")
    assert sorted(outcomes("F-TOTAL-LABEL", doc)) == ["fail", "pass"]


def _halves(**goals: str) -> Doc:
    return Doc().form(**goals).target("户数", "3").target("户数", "3", block="term")


def test_f_both_goals_passes() -> None:
    assert outcomes("F-BOTH-GOALS", _halves(term_goal="办好。", annual_goal="办好。")) == ["pass"]


def test_f_both_goals_fails() -> None:
    assert outcomes("F-BOTH-GOALS", _halves(term_goal="办好。")) == ["fail"]


def test_f_both_goals_leaves_out_forms_with_one_block() -> None:
    doc = Doc().form(annual_goal="办好。").target("户数", "3")
    assert outcomes("F-BOTH-GOALS", doc) == ["not_applicable"]


def _blocks(term: str, annual: str) -> Doc:
    doc = Doc().form()
    for block, names in (("term", term), ("annual", annual)):
        for name in names:
            level2 = "质量指标" if name.isupper() else "数量指标"
            doc.target(name, "3", block=block, level2=level2)
    return doc


@pytest.mark.parametrize(
    ("term", "annual"),
    [
        ("abcd", "abcd"),
        ("abcdefgh", "abcdefgi"),  # stated under another name
        ("abcdef", "abc"),  # blocks that differ on purpose
    ],
)
def test_f_half_missing_passes(term: str, annual: str) -> None:
    assert "fail" not in outcomes("F-HALF-MISSING", _blocks(term, annual))


@pytest.mark.parametrize(("term", "annual"), [("abcdX", "abcd"), ("abcd", "abcde")])
def test_f_half_missing_fails(term: str, annual: str) -> None:
    found = findings("F-HALF-MISSING", _blocks(term, annual))
    assert found["outcome"].to_list() == ["fail"]
    assert "其余4项指标两栏都有" in found["message_zh"].item()


def test_f_target_value_passes() -> None:
    assert outcomes("F-TARGET-VALUE", _target("户数", "3", "数量指标")) == ["pass"]


def test_f_target_value_fails_once_a_form() -> None:
    doc = _target("户数", None, "数量指标", kind="blank").target("人数", None, kind="blank")
    found = findings("F-TARGET-VALUE", doc)
    assert found["outcome"].to_list() == ["fail"]
    assert "指标“户数”“人数”没有填写指标值" in found["message_zh"].item()


@pytest.mark.parametrize(
    "stamp", ["20240119095438", "202401190954", "20240119", "2024年1月19日", "2024-1-19"]
)
def test_f_fill_time_passes(stamp: str) -> None:
    doc = Doc().form(filled_text=stamp, filled_on=date(2024, 1, 19))
    assert outcomes("F-FILL-TIME", doc) == ["pass"]


@pytest.mark.parametrize("stamp", ["2024011909543", "2024011909 5438", "202401"])
def test_f_fill_time_fails(stamp: str) -> None:
    assert outcomes("F-FILL-TIME", Doc().form(filled_text=stamp)) == ["fail"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("甲大楼尾款", "一次性项目"), ("专网运维", "经常性项目"), ("甲大楼尾款", "延续性项目")],
)
def test_f_kind_content_passes(name: str, kind: str) -> None:
    assert outcomes("F-KIND-CONTENT", Doc().form(name, kind=kind)) == ["pass"]


@pytest.mark.parametrize(
    ("name", "kind", "more"),
    [
        ("甲大楼质保金", "经常性项目", {}),
        ("专网运维", "一次性项目（1年结束）", {"overview": "2023年签订合同，2024年付清。"}),
        ("专网运维", "一次性项目（1年结束）", {"arrears_yuan": 30_000}),
    ],
)
def test_f_kind_content_fails(name: str, kind: str, more: dict[str, Any]) -> None:
    assert outcomes("F-KIND-CONTENT", Doc().form(name, kind=kind, **more)) == ["fail"]


def test_f_kind_content_lets_upkeep_of_one_year_pass() -> None:
    told = {"overview": "2024年运维服务，2024年底完成。", "legal_basis": "2019年印发的办法"}
    doc = Doc().form("网络运行维护", kind="一次性项目（1年结束）", **told)
    assert outcomes("F-KIND-CONTENT", doc) == ["pass"]


@pytest.mark.parametrize("name", ["运维项目尾款", "编制规划"])
def test_f_kind_content_leaves_out_other_names(name: str) -> None:
    assert outcomes("F-KIND-CONTENT", Doc().form(name, kind="一次性")) == ["not_applicable"]
