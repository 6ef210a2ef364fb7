"""The rule on last digits, and what the rules beside it leave to it."""

import pytest
from check_rows import Doc, findings, judged, outcomes

_OPERATING = "operating_expenses"
_PARTS = "general_public_expenditure"


def _shared(share: str) -> Doc:
    """A part of 1.00 in a whole of 3.00, with a share."""
    about = {"flow": "expenditure", "block": 7}
    doc = Doc().say(_PARTS, level="3000.00", block=7)
    return doc.say(_PARTS, "208", level="1000.00", share=share, **about)


def _grown(growth: str) -> Doc:
    """An increase of 13.8636 %, with a rate."""
    return Doc().say(_OPERATING, level="10020.00", change="1220.00", growth=growth)


def test_n_last_digit_passes() -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="161.6")
    assert outcomes("N-LAST-DIGIT", doc).count("fail") == 0
    assert outcomes("N-LAST-DIGIT", _grown("13.86"), _shared("33.33")).count("fail") == 0


def test_n_last_digit_fails() -> None:
    assert judged("N-LAST-DIGIT", _grown("13.87")) == [("fail", "13.87%", "13.86%")]
    assert judged("N-LAST-DIGIT", _shared("33.34")) == [("fail", "33.34%", "33.33%")]


def test_n_last_digit_knows_an_amount_that_was_cut_off() -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="161.5")
    assert judged("N-LAST-DIGIT", doc) == [("fail", "161.50万元", "161.58万元")]
    assert judged("N-LEVEL", doc) == [("pass", "161.50万元", "161.58万元")]


def test_n_last_digit_knows_an_amount_copied_with_another_last_digit() -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="161.59")
    assert judged("N-LAST-DIGIT", doc) == [("fail", "161.59万元", "161.58万元")]
    assert judged("N-LEVEL", doc) == [("pass", "161.59万元", "161.58万元")]


def test_what_is_out_by_the_last_digit_is_a_note_and_no_error() -> None:
    assert judged("N-GROWTH", _grown("13.87")) == [("pass", "13.87%", "13.86%")]
    (note,) = findings("N-LAST-DIGIT", _grown("13.87")).filter(outcome="fail").to_dicts()
    assert note["severity"] == "note"


def test_n_last_digit_leaves_an_amount_beside_a_sum_of_two_alone() -> None:
    doc = Doc().table("basic_expenditure", "total personnel:95.36 public:10.23")
    doc.say("basic_expenditure", level="105.58")
    assert judged("N-LEVEL", doc) == [("pass", "105.58万元", "105.59万元")]
    assert outcomes("N-LAST-DIGIT", doc).count("fail") == 0


@pytest.mark.parametrize("growth", ["13.85", "13.88", "0.14"])
def test_what_is_out_by_more_is_an_error_and_no_note(growth: str) -> None:
    assert judged("N-GROWTH", _grown(growth)) == [("fail", f"{growth}%", "13.86%")]
    assert outcomes("N-LAST-DIGIT", _grown(growth)).count("fail") == 0


def test_an_amount_out_by_two_digits_is_an_error() -> None:
    doc = Doc().table(_OPERATING, "total :161.58").say(_OPERATING, level="161.60")
    assert judged("N-LEVEL", doc) == [("fail", "161.60万元", "161.58万元")]
    assert outcomes("N-LAST-DIGIT", doc).count("fail") == 0


def test_a_change_explained_under_another_statement_is_explained() -> None:
    doc = Doc().say("budget_summary", change="1.00").say(_OPERATING, change="1.00", reason="增人")
    assert outcomes("N-REASON", doc).count("fail") == 0
    other = Doc().say("budget_summary", change="1.00").say(_OPERATING, change="2.00", reason="增人")
    assert outcomes("N-REASON", other).count("fail") == 1


@pytest.mark.parametrize(("function", "outcome"), [("3.00", "pass"), ("1.00", "fail")])
def test_functions_of_the_retired_may_pay_more_than_their_pensions(
    function: str, outcome: str
) -> None:
    doc = Doc().table("basic_expenditure", "30302 :2.00")
    doc.table("general_public_expenditure", f"2080501 :{function} basic:{function}")
    assert judged("X-FUNCTION-ECONOMIC", doc) == [(outcome, "2.00万元", f"{function}万元")]
