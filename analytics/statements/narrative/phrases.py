"""The words around a number: what it is compared with, whether it grew, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analytics.schema.vocabularies import Stage
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Base

__all__ = [
    "FILLED",
    "BaseMention",
    "change_sign",
    "find_bases",
    "find_execution",
    "find_reasons",
    "find_unchanged",
    "is_filler",
    "level_period",
    "share_base",
    "strip_purpose",
    "without_change",
]

FILLED = "\0"
"""Stands for characters whose meaning is already taken: agency names, comparisons."""

_YEAR = r"(?P<year>上年度?|上一年度?|去年|前年|20\d\d年度?)"
_TABLE = (
    r"(?P<table>(?:的|部门|单位|本级|年初|当年|全年|同期|同口径|财政拨款|调整|批复|预算|执行|决算|完成|"
    r"支出|收入|安排|数|额|水平|口径|实际|统计)*)"
)
_LESS, _MORE = r"小于|低于|少于", r"大于|高于|多于|超过|超出"
_VERB = rf"(?P<verb>{_LESS}|{_MORE})"
_BASE = re.compile(
    rf"(?P<lead>相?比较?|对比|相?较于?|与|同|和|等于|{_VERB})?{_YEAR}(?!结[转余]){_TABLE}"
    rf"(?P<trail>相比较?|比较|对比|相较)?"
)
_OWN_BASE = re.compile(
    rf"(?:比|较|与|同|和|{_VERB})(?P<table>(?:本年|当年|年初|全年|调整)*预算)数?"
    r"(?:相比较?|比较|对比)?"
)
_RESTATED = re.compile(
    rf"(?:按照?|以|与|{_YEAR}|的|统计|计算|相)*"
    r"(?:同口径|可比口径|同等口径|口径(?:相?一致|相同|可比))(?:相比较?|比较|对比|计算)?"
)
_SAME_PERIOD = re.compile(r"同比(?!例)")
_EXECUTION = re.compile(
    r"(?:(?:完成|达到?|占|为|是)(?P<table>(?:本年|当年|年初|全年|调整)*(?:支出|收入)?预算)数?的?"
    r"|(?P<rate>(?:年初|全年|调整)*预算(?:执行|完成)(?:率|比例)|(?:执行|完成)(?:率|比例))"
    r"(?:为|是|达到?|约)*)$"
)
_CHANGE = re.compile(
    rf"(?:(?P<down>减少|下降|降低|减支|减收|压减|缩减|核减|下调|负增长|降幅|减幅|减少率|下降率"
    rf"|(?:{_LESS})\0+)"
    r"|(?P<signed>增减变动|增减|变[动化](?=[率额幅]))"
    rf"|(?P<up>增加|增长|上升|提高|增收|增支|上涨|上调|增幅|(?:{_MORE})\0+))"
    r"(?:了|为|额|数|率|幅|幅度|比例|金额|百分比|比率|是|约|近|:)*$"
)
_UNCHANGED = re.compile(
    r"(?P<weak>(?<!口径)(?<!口径相)(?:相同|一致|相等)|(?<!保持)(?<!维持)不变)"
    r"|(?<!基本)(?<!大致)(?<!大体)(?:持平|无增减变[动化]|无增减|没有增减变?[动化]?|无变[动化]|没有变[动化]"
    r"|(?:保持|维持)不变|零增长)"
    r"|等于(?:上年|去年|20\d\d年)(?:度|的|年初|预算|决算|执行|数)*"
)
_REASON = re.compile(
    r"(?:(?<=[，;。:])|^)(?:[^，;。:%]{0,40}?的)?(?:主要|增加|减少|变动|增减|变化|增长|下降|其|具体)*原因"
    r"(?:主要)?(?:是|为|系|在于)?:?(?:由于|因为?)?"
    r"|(?:(?<=[，;。:])|^)主要(?:是|系|为)?(?:由于|因为?|因)"
    r"|(?:(?<=[，;。:])|^)(?:主要(?:是|系)(?!用于|指)|由于|系因)"
)
_REASON_END = re.compile(
    r"[;。](?!(?:[二三四五六]是|第[二三四五六]|\d[.、]))"
    r"|，(?=[^，;。]{0,30}?(?:比|较|与)(?:上年|去年|20\d\d年)[^，;。]{0,12}(?:增|减|降|升|持平|相同))"
)
_PURPOSE = re.compile(
    r"(?:(?<=[，;:。\0)])|^)(?:主要|具体|全部)?(?:用于|包括|包含|是指|是用于)[^;。]*，(?=[^，]*$)"
)
_WORD = (
    r"(?:其中|包括|以及|同时|另有|另外|其余|分别|共计|共|合计|总计|总额|总|小计|计|约|近|各|均|都|已|为|是|"
    r"有|达|达到|数额|金额|资金|涉及|预算|决算|安排|拟|批复|核定|编报|数|额|的|了|本年|当年|今年|"
    r"年度|度|年初|全年|调整|相比|预计|实际|财政性(?=资金)|也|则|即|即为|本单位|本部门|我局|我单位|我部门|项目|与|和|比|较|"
    r"支出(?=[年全调]|预算数|决算)|(?:上年|去年)度?(?!结[转余])|20\d\d年|\([^()]*\)|\(?[一二三四五六七八九十\d]{1,2}[)、.．]|\((?=[上去]年|20\d\d)|[，:;。、)]|\0)"
)
_BARE = re.compile(rf"{_WORD}*")
_TAIL = re.compile(
    rf"(?:{_WORD}|支出|收入|经费|拨款|财政拨款|一般公共预算|费用?|规模|相比|实有|人数|编制|面积)*"
)
_PRIOR_LEVEL = re.compile(rf"^\(?(?:其中:?)?(?:而|较|比|与)?{_YEAR}(?!结[转余]|末|初)")
_BUDGET_LEVEL = re.compile(r"年初预算|全年预算|调整预算|预算数?(?:为|是)|预算数$")
_AMOUNT = r"(?:采购|合同|支出|预算|金额|总额|总计|合计)*"
_SHARES: tuple[tuple[str, str], ...] = (
    (r"^项目支出(?:预算)?(?:总额|总计|合计)?$", "project"),
    (r"^基本支出(?:预算)?(?:总额|总计|合计)?$", "basic"),
    (rf"^(?:授予)?中小企业的?{_AMOUNT}$", "small_medium"),
    (rf"^(?:政府采购)?货物类?{_AMOUNT}$", "goods"),
    (rf"^(?:政府采购)?工程类?{_AMOUNT}$", "works"),
    (rf"^(?:政府采购)?服务类?{_AMOUNT}$", "services"),
    (
        r"^(?:本年|当年|全部|部门|单位|预算|年度|总|收入|支出|决算|一般公共预算|财政拨款|政府采购|三公经费|"
        r"总额|总计|合计|总数|金额|比|为|达|约|的|\0)*$",
        "total",
    ),
)


@dataclass(frozen=True, slots=True)
class BaseMention:
    """A comparison in a text, and what it compares with; ``None`` where that cannot be told."""

    start: int
    end: int
    base: Base | None


def find_bases(text: str, identity: Identity) -> tuple[BaseMention, ...]:
    """The comparisons in a text, in order.

    上年 is the year before the document's, 上年预算 its budget, 上年决算 and 上年执行数 its final
    accounts; a year without either is taken in the stage of the document. In final accounts 比预算
    compares with the budget of the same year, 比全年预算 with the adjusted one. Where a text speaks
    of restated figures ("按可比口径") nothing in it compares with figures that a table prints.

    Examples:
        >>> from analytics.schema.vocabularies import Scope
        >>> me = Identity("a", "某局", 2024, Stage.BUDGET, Scope.UNIT)
        >>> [m.base for m in find_bases("与上年决算数相比减少", me)]
        [Base(year=2023, stage=<Stage.FINAL: 'final'>)]
        >>> [m.base for m in find_bases("上年结转", me)]
        []
    """
    found = []
    for match in _BASE.finditer(text):
        if not (match["lead"] or match["trail"]):
            continue
        base = Base(_year(match["year"], identity), _stage_of(match["table"], identity.stage))
        found.append(BaseMention(_behind_verb(match), match.end(), base))
    for match in _OWN_BASE.finditer(text):
        if any(mention.start <= match.start() < mention.end for mention in found):
            continue
        own = Base(identity.fiscal_year, _stage_of(match["table"], None))
        is_final = identity.stage is Stage.FINAL
        found.append(BaseMention(_behind_verb(match), match.end(), own if is_final else None))
    last_year = Base(identity.fiscal_year - 1, identity.stage)
    found += [BaseMention(*match.span(), last_year) for match in _SAME_PERIOD.finditer(text)]
    found = _restate(found, text, identity)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _behind_verb(match: re.Match[str]) -> int:
    """Where a comparison begins; 小于 and 大于 are left, since they also say in what direction."""
    return match.start() if match["verb"] is None else match.end("verb")


def _restate(found: list[BaseMention], text: str, identity: Identity) -> list[BaseMention]:
    """The comparisons of a text that says that its figures are restated."""
    for match in _RESTATED.finditer(text):
        year = _year(match["year"] or "上年", identity)
        spans = [mention for mention in found if mention.end > match.start()]
        if not any(mention.start < match.start() for mention in spans):
            found = [
                *(m for m in found if not match.start() <= m.start < match.end()),
                BaseMention(match.start(), match.end(), Base(year, None)),
            ]
        found = [replace(m, base=m.base and Base(m.base.year, None)) for m in found]
    return found


def _year(text: str, identity: Identity) -> int:
    if text[:2].isdigit():
        return int(text[:4])
    return identity.fiscal_year - (2 if text == "前年" else 1)


def _stage_of(text: str, default: Stage | None) -> Stage | None:
    if "口径" in text:
        return None
    if re.search(r"执行|完成|决算|实际", text):
        return Stage.FINAL
    if "预算" in text:
        return Stage.ADJUSTED_BUDGET if re.search(r"调整|全年", text) else Stage.BUDGET
    return default


def change_sign(text: str) -> int | None:
    """Sign of the number that follows: 1 up or as printed, -1 down; ``None`` if it is no change.

    Examples:
        >>> [change_sign(text) for text in ("比上年减少", "增长率为", "减少到", "预算")]
        [-1, 1, None, None]
    """
    match = _CHANGE.search(text)
    if match is None:
        return None
    return -1 if match["down"] else 1


def without_change(text: str) -> str:
    """A text without the words of change it ends in.

    Examples:
        >>> without_change("，公用经费增加了")
        '，公用经费'
    """
    return _CHANGE.sub("", text)


def find_unchanged(text: str) -> tuple[tuple[int, int, bool], ...]:
    """Where a text says "the same": start, end, and whether that needs a comparison before it.

    Examples:
        >>> find_unchanged("与上年持平"), find_unchanged("与上年基本持平")
        (((3, 5, False),), ())
    """
    return tuple((m.start(), m.end(), m["weak"] is not None) for m in _UNCHANGED.finditer(text))


def find_reasons(text: str) -> tuple[tuple[int, int, int], ...]:
    """Where a cause is stated: start of the words that say so, start and end of the cause.

    Examples:
        >>> text = "下降5%，主要原因是人员减少;支出"
        >>> [text[begin:end] for _, begin, end in find_reasons(text)]
        ['人员减少']
    """
    found, at = [], 0
    while match := _REASON.search(text, at):
        end = _REASON_END.search(text, match.end())
        at = end.start() if end else len(text)
        found.append((match.start(), match.end(), at))
        at = max(at, match.end())
    return tuple(found)


def strip_purpose(text: str) -> str:
    """A text without what the money is for, where a pause follows it.

    Examples:
        >>> strip_purpose("，主要用于人员工资，与上年相比")
        '，与上年相比'
    """
    return _PURPOSE.sub("", text)


def is_filler(text: str, *, after_subject: bool = False) -> bool:
    """Whether a text adds nothing to what a number says.

    Args:
        text: Squeezed text in front of a number, comparisons already filled.
        after_subject: Whether the subject stands right before it; words such as 支出 then belong
            to the subject, where otherwise they would name another one.

    Examples:
        >>> is_filler("，其中:"), is_filler("预算总额为"), is_filler("培训费")
        (True, True, False)
        >>> is_filler("支出预算"), is_filler("支出预算", after_subject=True)
        (False, True)
    """
    return (_TAIL if after_subject else _BARE).fullmatch(text) is not None


def level_period(piece: str, tail: str, identity: Identity) -> tuple[int, Stage | None]:
    """Year and stage of an amount, from the clause before it; ``None`` where no table prints it.

    Args:
        piece: The clause, from its last pause.
        tail: What stands between the subject and the number.
        identity: Whose document it is.

    Examples:
        >>> from analytics.schema.vocabularies import Scope
        >>> me = Identity("a", "某局", 2024, Stage.FINAL, Scope.UNIT)
        >>> level_period("支出年初预算为", "年初预算为", me)
        (2024, <Stage.BUDGET: 'budget'>)
        >>> level_period("2023年决算数", "2023年决算数", me)
        (2023, <Stage.FINAL: 'final'>)
    """
    if match := _PRIOR_LEVEL.match(piece):
        year = _year(match["year"], identity)
        if year != identity.fiscal_year:
            return year, _stage_of(tail, identity.stage)
    stage: Stage | None = identity.stage
    if stage is Stage.FINAL and _BUDGET_LEVEL.search(tail):
        stage = _stage_of(tail, stage)
    return identity.fiscal_year, stage


def find_execution(text: str, identity: Identity) -> tuple[int, Base] | None:
    """Where a text ends in saying how much of a budget was carried out, and of which budget.

    Only final accounts say so; a rate that names no budget is of the initial one.

    Examples:
        >>> from analytics.schema.vocabularies import Scope
        >>> me = Identity("a", "某局", 2024, Stage.FINAL, Scope.UNIT)
        >>> find_execution("，完成全年预算数的", me)
        (1, Base(year=2024, stage=<Stage.ADJUSTED_BUDGET: 'adjusted_budget'>))
        >>> find_execution("占支出总额的", me) is None
        True
    """
    match = _EXECUTION.search(text)
    if match is None or identity.stage is not Stage.FINAL:
        return None
    is_adjusted = re.search(r"全年|调整", match["table"] or match["rate"]) is not None
    stage = Stage.ADJUSTED_BUDGET if is_adjusted else Stage.BUDGET
    return match.start(), Base(identity.fiscal_year, stage)


def share_base(text: str) -> str | None:
    """Code of the line a share is taken of, from the words between 占 and the number.

    Examples:
        >>> share_base(""), share_base("本年支出合计的"), share_base("项目支出总额的")
        ('total', 'total', 'project')
        >>> share_base("中小企业合同金额的"), share_base("某项目的")
        ('small_medium', None)
    """
    words = re.sub(r"\([^()]*\)", "", text)
    words = re.sub(r"^(?:部门|单位|本部门|本单位)(?=项目)|的$", "", words)
    return next((code for pattern, code in _SHARES if re.search(pattern, words)), None)
