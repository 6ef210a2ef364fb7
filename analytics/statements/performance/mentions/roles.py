"""What an amount or a percentage of a text is, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.schema.form_vocabularies import MentionKind, MentionRole
from analytics.statements.performance.mentions.model import Mention
from analytics.statements.performance.mentions.plain import PlainText

__all__ = ["assign_roles", "closes", "is_earlier_year"]

_FILL = (
    r"(?:约|为|是|需要?|预算|资金|申请|支付|经费|费用|金额|人民币|安排|投入|款项?|合同款|服务费"
    r"|尾款|[:：]|大约)*"
)
_CLOSES = re.compile(
    rf"(?:合计|共计|总计|小计|共需要?|总需|(?<![公中])共|总额|总金额|总费用|总经费|总预算){_FILL}$"
)
_UNIT_PRICE = re.compile(r"(?:单价|人均|均价|平均[^，,;；。]{0,6})[^，,;；。\d]{0,4}$")
_CONTRACT = re.compile(
    r"(?:合同|协议|中标|成交|招标|签约)[^，,;；。\d]{0,4}(?:金额|价款?|总额|总价|额)"
    r"|合同款?共|采购(?:预算|金额|指标)|总投资|总造价|概算"
)
_PAID = re.compile(
    r"(?:已经?|累计|分别已|完成)[^，,;；。]{0,12}(?:支付|拨付|付款|结算|付)[^，,;；。]{0,8}$"
)
_PAYS = re.compile(r"(?<![未应待])(?:支付|拨付|预付|付款|结算)(?:了)?[^，,;；。\d]{0,16}$")
_REST = re.compile(
    r"剩余|余款|尾款|质保金|[还尚仍]需|待支付|待付|未付款|[需应]支付?合同(?:款|资金|金额|价款)"
)
_LIES_AHEAD = re.compile(r"[需应拟将再]|预计|计划|后$|后(?:\d+个?工作日内?)?支付|实际支付")
_NEEDS = re.compile(r"(?:预计|约|还|尚|仍)?需要?(?:资金|经费|费用)?$|预计支出$")
_PAYS_BEHIND = re.compile(r"^[^，,;；。]{0,8}支付")
_OWED = re.compile(r"应支未支|应付未付|未支付|未付|未支|欠|尾款|质保金|剩余|余款|[还尚仍]需|用于")
_EARLIER = re.compile(r"上年|上一年|去年|以前年度|往年")
_PREPAID = re.compile(r"预付|首付|预支|首款|首期|定金|订金|先期支付|先行支付")
_AT_SIGNING = re.compile(
    r"(?:合同|协议)[^，,;；。]{0,4}(?:签订|签署|生效)后[^;；。]{0,16}(?:到账|支付|付)"
)
_SHARE_OF_PRICE = re.compile(r"^的?(?:合同|项目)?(?:款|价款|金额|资金|费用|总额)")


def closes(mention: Mention) -> bool:
    """Whether the words before an amount say that it is a sum (合计, 共需, 总计 …)."""
    return _CLOSES.search(mention.before) is not None


def is_earlier_year(mention: Mention, mentions: Sequence[Mention], fiscal_year: int) -> bool:
    """Whether an amount is one of an earlier year, and not owed from it.

    Its clause names an earlier year, or its sentence named one last before it.
    """
    if _OWED.search(mention.before) or _OWED.search(mention.after):
        return False
    if _EARLIER.search(mention.before):
        return True
    year = _year_before(mention, mentions)
    return year is not None and year < fiscal_year


def assign_roles(mentions: Sequence[Mention], text: PlainText, fiscal_year: int) -> None:
    """Give every amount and percentage its role; items of lists are told later.

    Examples:
        >>> from analytics.statements.performance.mentions import read_mentions
        >>> said = "合同金额90万元，2030年已支付60万元，2031年还需支付30万元，合同签订后预付80%款项。"
        >>> [str(each.role) for each in read_mentions(said, 2031) if each.role]
        ['contract', 'paid', 'remaining', 'prepayment']
    """
    previous: Mention | None = None
    for mention in mentions:
        kind = mention.figure.kind
        if kind is MentionKind.SHARE:
            mention.role = _role_of_share(mention, text)
        elif kind is MentionKind.MONEY:
            mention.role = _role_of_money(mention, mentions, fiscal_year)
            listed = previous is not None and text.plain[
                previous.figure.end : mention.figure.start
            ] in {"、", "和", "及", "以及"}
            if listed and previous is not None and mention.role is not MentionRole.UNIT_PRICE:
                mention.role = previous.role
        previous = mention if kind is MentionKind.MONEY else previous
    _whole_of_a_contract(mentions)


def _role_of_share(mention: Mention, text: PlainText) -> MentionRole:
    figure = mention.figure
    start, end = text.sentence(figure.start, figure.end)
    near = text.plain[max(start, figure.start - 24) : figure.start]
    said = mention.before + mention.after
    if _PREPAID.search(said):
        return MentionRole.PREPAYMENT
    behind = text.plain[figure.end : end]
    if _AT_SIGNING.search(near) and _SHARE_OF_PRICE.match(behind):
        return MentionRole.PREPAYMENT
    return MentionRole.OTHER


def _role_of_money(mention: Mention, mentions: Sequence[Mention], fiscal_year: int) -> MentionRole:
    figure, before = mention.figure, mention.before
    if figure.per_unit or figure.per_period or _UNIT_PRICE.search(before):
        return MentionRole.UNIT_PRICE
    if figure.comparator is not None or figure.value is None:
        return MentionRole.OTHER
    if closes(mention) and not _PAID.search(before):
        return MentionRole.TOTAL
    if _CONTRACT.search(before) and not _PAYS.search(before):
        is_plan = "采购" in before and is_earlier_year(mention, mentions, fiscal_year)
        return MentionRole.OTHER if is_plan else MentionRole.CONTRACT
    return _role_of_payment(mention, mentions, fiscal_year)


def _role_of_payment(
    mention: Mention, mentions: Sequence[Mention], fiscal_year: int
) -> MentionRole:
    before, after = mention.before, mention.after
    if _PAID.search(before) and not re.search(r"[需应将拟]", before):
        planned = before.startswith(("预计", "计划")) or _ends_before_its_deadline(
            mention, mentions
        )
        if not planned:
            return MentionRole.PAID
    pays = _PAYS.search(before)
    if _PAYS_BEHIND.match(after) and not re.match(r"^[^，,;；。]{0,8}已", after):
        return MentionRole.DUE
    if pays and not _LIES_AHEAD.search(before[: pays.end()]) and not _REST.search(before):
        year = _year_before(mention, mentions, until=pays.start() - len(before))
        if year is not None and year < fiscal_year:
            return MentionRole.PAID
    if _REST.search(before) or re.match(r"^(?:的)?(?:质保金|尾款|余款)", after):
        return MentionRole.REMAINING
    if pays or _NEEDS.search(before):
        return MentionRole.DUE
    return MentionRole.OTHER


def _ends_before_its_deadline(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a payment "by the end of July" is planned: its clause names a deadline."""
    start = mention.figure.start - len(mention.before)
    return any(
        each.figure.moment is not None
        and each.figure.comparator is not None
        and start <= each.figure.start < mention.figure.start
        for each in mentions
    )


def _year_before(mention: Mention, mentions: Sequence[Mention], until: int = 0) -> int | None:
    """The year named last in the sentence before a place in front of the mention."""
    limit = mention.figure.start + until
    years = [
        each.figure.moment.year
        for each in mentions
        if each.figure.moment is not None
        and each.sentence == mention.sentence
        and each.figure.end <= limit
        and each.figure.moment.year is not None
    ]
    return years[-1] if years else None


def _whole_of_a_contract(mentions: Sequence[Mention]) -> None:
    """A sum to be paid of which the same sentence then says what is paid and what remains."""
    for index, mention in enumerate(mentions):
        if mention.role is not MentionRole.DUE:
            continue
        later = [each.role for each in mentions[index + 1 :] if each.sentence == mention.sentence]
        if MentionRole.PAID in later and MentionRole.REMAINING in later:
            mention.role = MentionRole.CONTRACT
