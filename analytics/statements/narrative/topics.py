"""The catalogue, second part: procurement, performance, assets, staff."""

from __future__ import annotations

from analytics.schema.vocabularies import Classification, Component, Flow, Fund, Topic
from analytics.statements.narrative.model import Subject
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.wordings import SUM, Wording, words

__all__ = ["TOPICS"]


def _topic(
    pattern: str,
    topic: Topic,
    classification: Classification,
    code: str,
    *,
    is_money: bool = False,
    sets_name: bool = False,
) -> Wording:
    subject = Subject(
        topic,
        Flow.EXPENDITURE if is_money else None,
        classification,
        code,
        Fund.ALL if is_money else None,
        Component.TOTAL if is_money else None,
    )
    return words(pattern, subject, sets_name=sets_name)


def _procurement(name: str, code: str) -> Wording:
    pattern = rf"{name}{SUM}(?:金额|支出)*"
    return _topic(pattern, Topic.PROCUREMENT, Classification.PROCUREMENT, code, is_money=True)


def _projects(pattern: str, code: str, *, sets_name: bool = False) -> Wording:
    return _topic(
        pattern,
        Topic.PERFORMANCE,
        Classification.PROJECT_TYPE,
        code,
        is_money=True,
        sets_name=sets_name,
    )


def _asset(pattern: str, code: str) -> Wording:
    return _topic(pattern, Topic.STATE_ASSETS, Classification.ASSET, code)


def _staff(pattern: str, code: str) -> Wording:
    return _topic(pattern, Topic.STAFFING, Classification.STAFF, code)


_CONTRACTS = r"(?:的)?(?:合同)?(?:采购)?(?:金额|总额)"
_RESERVED = r"(?:的)?政府采购(?:项目)?(?:预算)?(?:金额|总额)"
_ABOVE = r"(?:\([^()]*\))*以上(?:\([^()]*\))*(?:的)?(?:通用|专用|大型)?设备(?:\([^()]*\))?"
TOPICS: dict[SectionKind, tuple[Wording, ...]] = {
    SectionKind.PROCUREMENT: (
        *(
            _topic(pattern, Topic.PROCUREMENT, Classification.PROCUREMENT, code, is_money=True)
            for pattern, code in (
                (rf"授予中小企业{_CONTRACTS}", "small_medium"),
                (rf"授予(?:小微|小型、?微型)企业{_CONTRACTS}", "small_micro"),
                (rf"货物(?:类)?采购授予中小企业{_CONTRACTS}", "goods_small_medium"),
                (rf"工程(?:类)?采购授予中小企业{_CONTRACTS}", "works_small_medium"),
                (rf"服务(?:类)?采购授予中小企业{_CONTRACTS}", "services_small_medium"),
                (rf"面向中小企业预留{_RESERVED}", "reserved_small_medium"),
                (rf"面向(?:小微|小型、?微型)企业预留{_RESERVED}", "reserved_small_micro"),
            )
        ),
        _procurement(r"政府采购(?:支出|预算)?", "total"),
        _procurement(r"(?:政府采购|拟采购|采购)?货物(?:类)?(?:采购)?", "goods"),
        _procurement(r"(?:政府采购|拟采购|采购)?工程(?:类)?(?:采购)?", "works"),
        _procurement(r"(?:政府采购|拟采购|采购)?服务(?:类)?(?:采购)?", "services"),
    ),
    SectionKind.PERFORMANCE: (
        _projects(
            r"(?:纳入|编报|实行|实施|开展)[^，;。:]{0,8}绩效(?:目标)?(?:管理)?的?[^，;。:]{0,6}项目",
            "total",
            sets_name=True,
        ),
        _projects(r"公开[^，;。:]{0,6}绩效目标(?:的?项目)?", "total", sets_name=True),
        _projects(
            r"项目(?:实行|实施|纳入|开展|编制|编报)[^，;。:]{0,4}绩效(?:目标)?(?:管理)?",
            "total",
            sets_name=True,
        ),
        _projects(r"整体支出绩效(?:目标)?(?:管理)?", "whole_agency", sets_name=True),
        _projects(r"绩效(?:跟踪|监控)(?:评价)?的?[^，;。:]{0,6}项目", "monitored", sets_name=True),
        _projects(r"绩效自评(?:价)?的?[^，;。:]{0,6}项目", "self_evaluated", sets_name=True),
        _projects(r"其他运转类(?:项目)?", "other_operating"),
        _projects(r"特定目标类(?:项目)?", "specific_target"),
    ),
    SectionKind.STATE_ASSETS: (
        _asset(r"(?:公务用车|车辆)编制(?:数)?", "vehicle_posts"),
        _asset(
            r"实有(?:公务用车|车辆)?|(?:公务用车|车辆)(?:保有量|总数|数量)?(?!编制)",
            "vehicles",
        ),
        _asset(r"副?部(?:\([^()]*\))?级(?:及以上)?领导(?:干部)?用车", "vehicle_minister"),
        _asset(r"(?:主要)?(?:领导(?:干部)?|负责人)用车", "vehicle_leader"),
        _asset(r"机要通信用车", "vehicle_confidential"),
        _asset(r"应急保障用车", "vehicle_emergency"),
        _asset(r"(?:一般)?执法执勤用车", "vehicle_enforcement"),
        _asset(r"特种专业技术用车", "vehicle_special"),
        _asset(r"事业单位业务用车", "vehicle_institution"),
        _asset(r"一般公务用车", "vehicle_general"),
        _asset(r"离退休干部(?:服务)?用车", "vehicle_retirees"),
        _asset(r"其他(?:公务)?用车", "vehicle_other"),
        _asset(r"办公用房(?:建筑)?(?:总)?面积", "floor_area"),
        *(
            _asset(rf"(?:价值|单价){threshold}万元?{_ABOVE}", code)
            for threshold, code in (
                (20, "equipment_200k"),
                (50, "equipment_500k"),
                (100, "equipment_1m"),
                (200, "equipment_2m"),
            )
        ),
    ),
    SectionKind.STAFFING: (
        _staff(r"行政(?:政法)?(?:人员)?编制(?:数|人员)?", "posts_administrative"),
        _staff(r"(?:事业|参公|参照公务员法管理的事业)编制(?:数|人员)?", "posts_institution"),
        _staff(r"(?<!行政)(?<!事业)(?<!参公)(?<!政法人员)编制(?:数|人数)?", "posts"),
        _staff(
            r"实有(?:在职)?(?:人员|人数|在编)?(?:人员)?|在职(?:在编)?(?:人员|人数|职工)",
            "staff_in_post",
        ),
        _staff(r"公务员", "civil_servants"),
        _staff(r"工勤(?:人员)?", "workers"),
        _staff(r"(?:离休|退休|离退休)(?:人员|干部)?", "retirees"),
        _staff(r"编外(?:聘用)?(?:人员)?", "extra_staff"),
        _staff(r"内设(?:科室|处室|机构|职能科室|部门)|处室", "internal_divisions"),
        _staff(r"派出机构", "outposts"),
        _staff(
            r"(?:下属|所属|非独立核算|独立核算|直属)+(?:[差全]额拨款)?(?:事业|预算)?(?:单位|机构)",
            "affiliated_institutions",
        ),
    ),
}
"""Subjects of the sections that speak of no statement."""
