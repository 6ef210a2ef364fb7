"""Rules inside statements: one disclosure that holds and one that does not, for each rule."""

from check_rows import Doc, findings, judged, outcomes

_LINES = """
total         :10.00 basic:6.00 project:4.00
201<total     :10.00 basic:6.00 project:{project}
20101<201     :7.00  basic:3.00 project:4.00
20102<201     :3.00  basic:3.00
"""


def test_t_sum_lines_passes_in_every_column() -> None:
    doc = Doc().table("expenditure_summary", _LINES.format(project="4.00"))
    assert (
        judged("T-SUM-LINES", doc)
        == [
            ("pass", "10.00万元", "10.00万元"),
            ("pass", "6.00万元", "6.00万元"),
            ("pass", "4.00万元", "4.00万元"),
        ]
        * 2
    )


def test_t_sum_lines_fails_where_children_say_otherwise() -> None:
    doc = Doc().table("expenditure_summary", _LINES.format(project="4.05"))
    failed = findings("T-SUM-LINES", doc).filter(outcome="fail").to_dicts()
    assert [
        (row["printed_text"], row["computed_text"], row["row"], row["column"]) for row in failed
    ] == [
        ("4.00万元", "4.05万元", 1, 4),
        ("4.05万元", "4.00万元", 2, 4),
    ]
    assert failed[0]["message_zh"] == (
        "支出总表“total”（项目支出）：列示4.00万元，下级各行之和4.05万元，"
        "相差0.05万元，超出容差0.01万元。"
    )
    assert failed[0]["message_en"] == (
        "Expenditure, basic and project, “total” (project expenditure): printed 4.00万元, "
        "its lines add up to 4.05万元; they differ by 0.05万元, more than rounding allows (0.01万元)."
    )


def test_t_sum_lines_passes_within_half_a_step_of_each_of_fourteen_terms() -> None:
    wages = "\n".join(f"301{n:02d}~501{n:02d}<301 :1.00" for n in range(1, 14))
    ok = Doc().table("basic_expenditure", f"301 :12.93\n{wages}")
    off = Doc().table("basic_expenditure", f"301 :12.92\n{wages}")
    assert judged("T-SUM-LINES", ok) == [("pass", "12.93万元", "13.00万元")]
    assert judged("T-SUM-LINES", off) == [("fail", "12.92万元", "13.00万元")]


def test_t_sum_lines_is_insufficient_where_only_the_parent_cell_is_blank() -> None:
    doc = Doc().table("expenditure_summary", "201 :3.00\n20101<201 :3.00 basic:3.00")
    assert outcomes("T-SUM-LINES", doc).count("insufficient") == 1


_SOURCES = """
+total                      :10.00
+fiscal_appropriation<total :9.00
+general_public<fiscal_appropriation :9.00
+other<total                :{other}
+利息<other                 :0.40
+捐赠<other                 :0.60
"""


def _sources(other: str) -> Doc:
    text = _SOURCES.format(other=other)
    doc = Doc().table("revenue_summary", text)
    for row in doc.rows["facts"]:
        row["fund"] = "other" if row["parent_code"] == "other" else row["fund"]
    return doc


def test_t_sum_lines_passes_where_sources_are_listed_with_their_funds() -> None:
    assert judged("T-SUM-LINES", _sources("1.00")) == [
        ("pass", "10.00万元", "10.00万元"),
        ("pass", "9.00万元", "9.00万元"),
        ("pass", "1.00万元", "1.00万元"),
    ]


def test_t_sum_lines_fails_where_listed_sources_say_otherwise() -> None:
    assert judged("T-SUM-LINES", _sources("2.00")) == [
        ("fail", "10.00万元", "11.00万元"),
        ("pass", "9.00万元", "9.00万元"),
        ("fail", "2.00万元", "1.00万元"),
    ]


_SUMMARY = """
+general_public<current_total    :{source}
+unit_funds<current_total        :1.00
+current_total<total             :10.00
+carryover_start<total           :2.00
+total                           :{total}
201<current_total                :{function}  current:10.00 carryover:2.00
current_total<total              :12.00       current:10.00 carryover:2.00
carryover_end<total              :{end}
total                            :12.00       current:10.00 carryover:2.00
"""


def _summary(
    source: str = "9.00", total: str = "12.00", function: str = "12.00", end: str = "0.00"
) -> Doc:
    text = _SUMMARY.format(source=source, total=total, function=function, end=end)
    return Doc().table("budget_summary", text)


def test_t_balance_revenue_passes() -> None:
    assert judged("T-BALANCE-REVENUE", _summary()) == [("pass", "10.00万元", "10.00万元")]


def test_t_balance_revenue_fails() -> None:
    doc = _summary(source="9.20")
    assert judged("T-BALANCE-REVENUE", doc) == [("fail", "10.00万元", "10.20万元")]


_APPROPRIATED = """
+fiscal_appropriation<{parent}               :9.00
+general_public<fiscal_appropriation         :7.00
+government_fund<fiscal_appropriation        :2.00
+other<{parent}                              :1.00
"""


def test_t_balance_revenue_counts_the_appropriation_or_its_funds_once() -> None:
    lines = _APPROPRIATED.format(parent="current_total")
    doc = Doc().table("budget_summary", f"{lines}+current_total :10.00\n+total :12.00")
    assert judged("T-BALANCE-REVENUE", doc) == [("pass", "10.00万元", "10.00万元")]


def test_t_balance_revenue_takes_the_grand_total_where_nothing_stands_between() -> None:
    lines = _APPROPRIATED.format(parent="total")
    right = Doc("a").table("budget_summary", f"{lines}+total :10.00")
    wrong = Doc("b").table("budget_summary", f"{lines}+total :11.00")
    carried = Doc("c").table("budget_summary", f"{lines}+carryover_start :1.00\n+total :11.00")
    assert judged("T-BALANCE-REVENUE", right, wrong, carried) == [
        ("pass", "10.00万元", "10.00万元"),
        ("fail", "11.00万元", "10.00万元"),
    ]


def test_t_balance_revenue_leaves_out_savings_printed_beside_the_year() -> None:
    lines = _APPROPRIATED.format(parent="current_total")
    text = f"{lines}+current_total :10.00\n+使用结余<total :3.00\n+total :13.00"
    doc = Doc().table("budget_summary", text)
    assert judged("T-BALANCE-REVENUE", doc) == [("pass", "10.00万元", "10.00万元")]
    assert judged("T-BALANCE-REVENUE-TOTAL", doc) == [("pass", "13.00万元", "13.00万元")]


def test_t_balance_revenue_total_passes() -> None:
    assert judged("T-BALANCE-REVENUE-TOTAL", _summary()) == [("pass", "12.00万元", "12.00万元")]


def test_t_balance_revenue_total_fails() -> None:
    doc = _summary(total="13.00")
    assert judged("T-BALANCE-REVENUE-TOTAL", doc) == [("fail", "13.00万元", "12.00万元")]


def test_t_balance_expenditure_passes() -> None:
    assert judged("T-BALANCE-EXPENDITURE", _summary())[0] == ("pass", "12.00万元", "12.00万元")


def test_t_balance_expenditure_fails() -> None:
    doc = _summary(function="11.00")
    assert judged("T-BALANCE-EXPENDITURE", doc)[0] == ("fail", "12.00万元", "11.00万元")


def test_t_balance_expenditure_is_not_judged_where_no_function_is_listed() -> None:
    doc = Doc().table("fiscal_appropriation_summary", "total :5.00\ntotal basic:5.00")
    assert judged("T-BALANCE-EXPENDITURE", doc) == []


def _purposes(reserve: str) -> Doc:
    text = f"current_total :6.00\ntotal basic:3.00\ntotal project:2.00\ntotal reserve:{reserve}"
    return Doc().table("budget_summary", text)


def test_t_balance_purposes_passes() -> None:
    assert judged("T-BALANCE-PURPOSES", _purposes("1.00")) == [("pass", "6.00万元", "6.00万元")]


def test_t_balance_purposes_fails() -> None:
    assert judged("T-BALANCE-PURPOSES", _purposes("2.00")) == [("fail", "6.00万元", "7.00万元")]


def test_t_balance_purposes_takes_the_parts_where_basic_expenditure_is_not_printed() -> None:
    parts = Doc("a").table("budget_summary", "total :6.00 personnel:3.00 public:1.00 project:2.00")
    both = Doc("b").table(
        "budget_summary", "total :6.00 basic:4.00 personnel:3.00 public:1.00 project:2.00"
    )
    assert judged("T-BALANCE-PURPOSES", parts, both) == [("pass", "6.00万元", "6.00万元")] * 2


def test_t_balance_expenditure_total_passes() -> None:
    assert judged("T-BALANCE-EXPENDITURE-TOTAL", _summary())[0] == (
        "pass",
        "12.00万元",
        "12.00万元",
    )


def test_t_balance_expenditure_total_fails() -> None:
    doc = _summary(end="1.00")
    assert judged("T-BALANCE-EXPENDITURE-TOTAL", doc)[0] == ("fail", "12.00万元", "13.00万元")


def test_t_balance_sides_passes() -> None:
    assert judged("T-BALANCE-SIDES", _summary()) == [("pass", "12.00万元", "12.00万元")]


def test_t_balance_sides_fails() -> None:
    doc = _summary(total="12.50")
    assert judged("T-BALANCE-SIDES", doc) == [("fail", "12.50万元", "12.00万元")]


_FISCAL = """
+general_public<current_total                 :5.00
+carryover_start<total                        :2.00
+carryover_start<carryover_start general_public:{carried}
total                                         :7.00 general_public:{spent}
"""


def _fiscal(carried: str = "2.00", spent: str = "7.00") -> Doc:
    return Doc().table("fiscal_appropriation_summary", _FISCAL.format(carried=carried, spent=spent))


def test_t_balance_carryover_passes() -> None:
    assert judged("T-BALANCE-CARRYOVER", _fiscal()) == [("pass", "2.00万元", "2.00万元")]


def test_t_balance_carryover_fails() -> None:
    doc = _fiscal(carried="1.50")
    assert judged("T-BALANCE-CARRYOVER", doc) == [("fail", "2.00万元", "1.50万元")]


def test_t_balance_funds_passes() -> None:
    assert judged("T-BALANCE-FUNDS", _fiscal()) == [("pass", "7.00万元", "7.00万元")]


def test_t_balance_funds_fails() -> None:
    assert judged("T-BALANCE-FUNDS", _fiscal(spent="6.00")) == [("fail", "6.00万元", "7.00万元")]


def _capital(spent: str) -> Doc:
    return Doc().table("state_capital_operations", f"+total :5.00\ntotal :{spent}")


def test_t_balance_capital_passes() -> None:
    assert judged("T-BALANCE-CAPITAL", _capital("4.00")) == [("pass", "4.00万元", "5.00万元")]


def test_t_balance_capital_fails() -> None:
    assert judged("T-BALANCE-CAPITAL", _capital("6.00")) == [("fail", "6.00万元", "5.00万元")]


def test_t_row_basic_project_passes() -> None:
    doc = Doc().table(
        "expenditure_summary", "201 :5.00 basic:2.00 project:3.00\n202 :1.00 basic:1.00"
    )
    assert judged("T-ROW-BASIC-PROJECT", doc) == [
        ("pass", "5.00万元", "5.00万元"),
        ("pass", "1.00万元", "1.00万元"),
    ]


def test_t_row_basic_project_fails() -> None:
    doc = Doc().table("expenditure_summary", "201 :5.00 basic:2.00 project:3.50")
    assert judged("T-ROW-BASIC-PROJECT", doc) == [("fail", "5.00万元", "5.50万元")]


def test_t_row_basic_project_counts_a_reserve_and_what_is_carried_forward() -> None:
    row = "total :5.00 basic:2.00 project:1.00 reserve:{} carried_forward:0.50"
    right = Doc("a").table("expenditure_summary", row.format("1.50"))
    wrong = Doc("b").table("expenditure_summary", row.format("1.00"))
    assert judged("T-ROW-BASIC-PROJECT", right, wrong) == [
        ("pass", "5.00万元", "5.00万元"),
        ("fail", "5.00万元", "4.50万元"),
    ]


def test_t_row_rules_answer_once_where_a_statement_has_no_such_columns() -> None:
    doc = Doc().table("basic_expenditure", "total :5.00\n301<total :3.00\n302<total :2.00")
    assert outcomes("T-ROW-PERSONNEL-PUBLIC", doc) == ["not_applicable"]


def test_t_row_rules_are_insufficient_where_one_row_of_several_prints_no_component() -> None:
    doc = Doc().table("basic_expenditure", "total :5.00 public:5.00\n301<total :3.00")
    assert outcomes("T-ROW-PERSONNEL-PUBLIC", doc) == ["pass", "insufficient"]


def test_t_balance_totals_do_not_apply_without_a_total_of_the_year() -> None:
    doc = Doc().table(
        "budget_summary", "+general_public :5.00\n+total :5.00\n201 :5.00\ntotal :5.00"
    )
    doc.table("fiscal_appropriation_summary", "+total :5.00\ntotal :5.00")
    for code in ("T-BALANCE-REVENUE-TOTAL", "T-BALANCE-EXPENDITURE-TOTAL"):
        assert outcomes(code, doc) == ["not_applicable", "not_applicable"]


def test_t_class_component_does_not_apply_without_totals_of_the_components() -> None:
    doc = Doc().table("basic_expenditure", "total :5.00\n301<total :3.00\n302<total :2.00")
    assert outcomes("T-CLASS-COMPONENT", doc) == ["not_applicable"]


def test_t_row_personnel_public_passes() -> None:
    doc = Doc().table("basic_expenditure", "total :5.00 personnel:2.00 public:3.00")
    assert judged("T-ROW-PERSONNEL-PUBLIC", doc) == [("pass", "5.00万元", "5.00万元")]


def test_t_row_personnel_public_fails() -> None:
    doc = Doc().table("basic_expenditure", "total :5.00 personnel:2.00 public:2.00")
    assert judged("T-ROW-PERSONNEL-PUBLIC", doc) == [("fail", "5.00万元", "4.00万元")]


def test_t_row_current_carryover_passes() -> None:
    doc = Doc().table("budget_summary", "201 :5.00 current:4.00 carryover:1.00")
    assert judged("T-ROW-CURRENT-CARRYOVER", doc) == [("pass", "5.00万元", "5.00万元")]


def test_t_row_current_carryover_fails() -> None:
    doc = Doc().table("budget_summary", "201 :5.00 current:4.00 carryover:2.00")
    assert judged("T-ROW-CURRENT-CARRYOVER", doc) == [("fail", "5.00万元", "6.00万元")]


def test_t_row_funds_passes() -> None:
    doc = Doc().table("project_expenditure", "甲 :5.00 general_public:3.00 unit_funds:2.00")
    assert judged("T-ROW-FUNDS", doc) == [("pass", "5.00万元", "5.00万元")]


def test_t_row_funds_fails() -> None:
    doc = Doc().table("three_public_expenses", "total :5.00 general_public:3.00")
    assert judged("T-ROW-FUNDS", doc) == [("fail", "5.00万元", "3.00万元")]


_UNIVERSITY = "total :6.00 fiscal_appropriation:4.00 {funds} service_income:{fees} {part}"


def test_t_row_funds_counts_the_appropriation_beside_other_sources_once() -> None:
    in_one = _UNIVERSITY.format(funds="", fees="2.00", part="service_income.education_fees:1.00")
    in_funds = _UNIVERSITY.format(funds="general_public:4.00", fees="2.00", part="")
    wrong = _UNIVERSITY.format(funds="", fees="1.00", part="")
    docs = [
        Doc(n).table("revenue_summary", t)
        for n, t in zip("abc", (in_one, in_funds, wrong), strict=True)
    ]
    assert judged("T-ROW-FUNDS", *docs) == [
        ("pass", "6.00万元", "6.00万元"),
        ("pass", "6.00万元", "6.00万元"),
        ("fail", "6.00万元", "5.00万元"),
    ]


def test_t_row_funds_passes_with_and_without_carryover_in_the_total() -> None:
    without = Doc("a").table("revenue_summary", "total :5.00 general_public:5.00 carryover:2.00")
    counted = Doc("b").table("revenue_summary", "total :7.00 general_public:5.00 carryover:2.00")
    wrong = Doc("c").table("revenue_summary", "total :8.00 general_public:5.00 carryover:2.00")
    assert judged("T-ROW-FUNDS", without, counted, wrong) == [
        ("pass", "5.00万元", "5.00万元"),
        ("pass", "7.00万元", "7.00万元"),
        ("fail", "8.00万元", "5.00万元"),
    ]


_THREE = """
abroad<total :1.00
reception<total :2.00
vehicle<total :{vehicle}
vehicle_purchase<vehicle :1.00
vehicle_operation<vehicle :3.00
total :7.00
"""


def test_t_three_public_total_passes() -> None:
    doc = Doc().table("three_public_expenses", _THREE.format(vehicle="4.00"))
    assert judged("T-THREE-PUBLIC-TOTAL", doc) == [("pass", "7.00万元", "7.00万元")]


def test_t_three_public_total_fails() -> None:
    doc = Doc().table("three_public_expenses", _THREE.format(vehicle="5.00"))
    assert judged("T-THREE-PUBLIC-TOTAL", doc) == [("fail", "7.00万元", "8.00万元")]


def test_t_three_public_total_takes_the_parts_where_the_vehicle_line_is_blank() -> None:
    doc = Doc().table("three_public_expenses", "vehicle_operation<vehicle :3.00\ntotal :3.00")
    assert judged("T-THREE-PUBLIC-TOTAL", doc) == [("pass", "3.00万元", "3.00万元")]


def test_t_three_public_vehicle_passes() -> None:
    doc = Doc().table("three_public_expenses", _THREE.format(vehicle="4.00"))
    assert judged("T-THREE-PUBLIC-VEHICLE", doc) == [("pass", "4.00万元", "4.00万元")]


def test_t_three_public_vehicle_fails() -> None:
    doc = Doc().table("three_public_expenses", _THREE.format(vehicle="3.00"))
    assert judged("T-THREE-PUBLIC-VEHICLE", doc) == [("fail", "3.00万元", "4.00万元")]


_CLASSES = """
total :9.00 personnel:{personnel} public:4.00
301<total :4.00
303<total :1.00
302<total :3.00
310<total :1.00
"""


def test_t_class_component_passes() -> None:
    doc = Doc().table("basic_expenditure", _CLASSES.format(personnel="5.00"))
    assert judged("T-CLASS-COMPONENT", doc) == [
        ("pass", "5.00万元", "5.00万元"),
        ("pass", "4.00万元", "4.00万元"),
    ]


def test_t_class_component_fails() -> None:
    doc = Doc().table("basic_expenditure", _CLASSES.format(personnel="5.50"))
    assert judged("T-CLASS-COMPONENT", doc)[0] == ("fail", "5.50万元", "5.00万元")


def test_a_column_of_the_whole_appropriation_is_named_beside_the_total() -> None:
    doc = Doc().table(
        "revenue_summary",
        "total :5.00 fiscal_appropriation:5.00\n201<total :5.00 fiscal_appropriation:5.00",
    )
    assert findings("T-SUM-LINES", doc).filter(outcome="pass")["message_zh"].to_list() == [
        "收入总表“total”：列示5.00万元，下级各行之和5.00万元，相符。",
        "收入总表“total”（财政拨款）：列示5.00万元，下级各行之和5.00万元，相符。",
    ]


_NESTED = """
total                         :9.00
goods<total                   :6.00
goods/家具<goods              :{shelves}
services<total                :3.00
"""


def test_t_sum_lines_tests_nested_procurement() -> None:
    right = Doc("a").table("procurement_expenditure", _NESTED.format(shelves="6.00"))
    wrong = Doc("b").table("procurement_expenditure", _NESTED.format(shelves="5.00"))
    assert judged("T-SUM-LINES", right, wrong) == [
        ("pass", "9.00万元", "9.00万元"),
        ("pass", "6.00万元", "6.00万元"),
        ("pass", "9.00万元", "9.00万元"),
        ("fail", "6.00万元", "5.00万元"),
    ]
