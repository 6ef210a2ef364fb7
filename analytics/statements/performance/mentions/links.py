"""What the amounts of a text have to do with each other: lists, contracts, products."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.schema.form_vocabularies import MentionKind, MentionRole
from analytics.statements.performance.mentions.model import Mention
from analytics.statements.performance.mentions.outline import Segment
from analytics.statements.performance.mentions.plain import PlainText
from analytics.statements.performance.mentions.roles import closes, is_earlier_year

__all__ = ["link_contracts", "link_lists", "link_products"]

_LEADS = re.compile(r"用于|包括|包含|其中|如下|分别|分为|[:：]")
_INSIDE = re.compile(r"其中|包括|包含|(?<![不])含(?!税)")
_OPEN = re.compile(r"等[^，,;；。]{0,6}$")
_FRAMEWORK = re.compile(
    r"据实|按实|根据实际[^，,;；。]{0,14}支付|按[^，,;；。]{0,6}实际[^，,;；。]{0,14}支付"
)
_SPENT = {MentionRole.CONTRACT, MentionRole.PAID, MentionRole.UNIT_PRICE}
_PAYABLE = {MentionRole.REMAINING, MentionRole.DUE}
_TIMES = re.compile(r"^[×*xX✕]$")


class _Lists:
    """Finds the lists of one text and ties their amounts to the totals."""

    def __init__(
        self, mentions: Sequence[Mention], text: PlainText, whole: Segment, fiscal_year: int
    ) -> None:
        self.money = [each for each in mentions if each.is_amount]
        self.mentions, self.text, self.whole, self.year = mentions, text, whole, fiscal_year

    def link(self) -> None:
        for mention in self.money:
            self._inside(mention)
        for segment in reversed([*self.whole.walk()]):
            if segment.entries:
                self._numbered(segment)
        for mention in self.money:
            if mention.role is MentionRole.TOTAL and not self._parts(mention):
                self._flat(mention)
        for mention in self.money:
            is_listed = mention.part_of is not None or self._is_enumerated(mention)
            if is_listed and mention.role is MentionRole.OTHER:
                mention.role = MentionRole.ITEM

    def _is_enumerated(self, mention: Mention) -> bool:
        """Whether another amount of its kind stands beside it in a list (A 3万元、B 5万元)."""
        if not self._may_be_item(mention):
            return False
        index = self.money.index(mention)
        beside = (self.money[i] for i in (index - 1, index + 1) if 0 <= i < len(self.money))
        for other in beside:
            first, second = sorted((mention.figure, other.figure), key=lambda each: each.start)
            between = self.text.plain[first.end : second.start]
            alike = other.role in (MentionRole.OTHER, MentionRole.ITEM)
            if alike and re.match(r"^[、,，]", between) and not re.search(r"[。;；]", between):
                return True
        return False

    def _parts(self, total: Mention) -> list[Mention]:
        return [each for each in self.money if each.part_of == total.number]

    def _between(self, start: int, end: int) -> list[Mention]:
        return [each for each in self.money if start <= each.figure.start < end]

    def _may_be_item(self, mention: Mention) -> bool:
        return (
            mention.role not in _SPENT
            and mention.figure.comparator is None
            and not is_earlier_year(mention, self.mentions, self.year)
        )

    def _inside(self, mention: Mention) -> None:
        """Amounts behind 其中 or 包括 are parts of the amount before the word."""
        if mention.role in _SPENT or mention.part_of is not None:
            return
        end = mention.figure.end
        stop = self._stop(end)
        following = [
            each
            for each in self._between(end, stop)
            if each.role not in _SPENT and not closes(each) and each.figure.comparator is None
        ]
        if not following:
            return
        word = _INSIDE.search(self.text.plain, end, following[0].figure.start)
        if word is None or re.search(r"[①-⑳]", self.text.plain[end : following[0].figure.start]):
            return
        if self.text.plain[end : word.start()].startswith("("):
            close = self.text.plain.find(")", word.start())
            stop = stop if close < 0 else min(stop, close)
        parts = [each for each in following if each.figure.start < stop and each.part_of is None]
        closing = (
            next(
                (
                    each
                    for each in self._between(parts[-1].figure.end, stop)
                    if each.role is MentionRole.TOTAL
                ),
                None,
            )
            if len(parts) > 1
            else None
        )
        whole = closing or mention
        if closing is not None:
            closing.is_closed = True
        for each in parts:
            each.part_of = whole.number

    def _stop(self, offset: int) -> int:
        """Where the sentence or the entry that a character stands in ends."""
        _, end = self.text.sentence(offset, offset)
        return min(end, self.whole.innermost(offset - 1).own_end)

    def _numbered(self, segment: Segment) -> None:
        heads = [self._head(entry) for entry in segment.entries]
        known = [head for head in heads if head is not None]
        last = segment.entries[-1]
        closing = self._closing(last, heads[-1], len(known))
        if closing is not None and heads[-1] is closing:
            known = [head for head in known if head is not closing]
            heads[-1] = None
        opening = self._opening(segment)
        total = closing or opening
        if total is None or len(known) < 2:
            return
        total.role = MentionRole.TOTAL
        if opening is not None:
            opening.role = MentionRole.TOTAL
        lead = self.text.plain[total.figure.start : segment.entries[0].marker]
        is_partial = total is opening and "主要" in lead
        total.is_closed = None not in heads and not is_partial
        for head in known:
            if head.part_of is None:
                head.part_of = total.number

    def _head(self, entry: Segment) -> Mention | None:
        """The amount of an entry: the first one outside brackets that may be an item."""
        own = [
            each
            for each in self._between(entry.start, entry.own_end)
            if self._may_be_item(each) and each.part_of is None
        ]
        return own[0] if own else None

    def _closing(self, last: Segment, head: Mention | None, count: int) -> Mention | None:
        """The total that ends a list, in its last entry behind that entry's own amount."""
        found = [
            each
            for each in self._between(last.start, last.end)
            if each.role is MentionRole.TOTAL and each is not head and each.part_of is None
        ]
        if found:
            return found[-1]
        if head is not None and head.role is MentionRole.TOTAL and count == 1:
            return head
        return None

    def _opening(self, segment: Segment) -> Mention | None:
        """The amount that a numbered list breaks down, right before it."""
        begin = segment.entries[0].marker
        start, _ = self.text.sentence(begin, begin)
        own = self._between(max(start, segment.start), begin)
        if not own or not self._may_be_item(own[-1]) or own[-1].part_of is not None:
            return None
        lead = self.text.plain[own[-1].figure.end : begin]
        return own[-1] if _LEADS.search(lead) else None

    def _flat(self, total: Mention) -> None:
        """Amounts of the same sentence; else what the sentences before say is to be paid."""
        figure = total.figure
        start, end = self.text.period(figure.start, figure.end)
        segment = self.whole.innermost(figure.start)
        start, end = max(start, segment.start), min(end, segment.end)
        before = self._items(start, figure.start)
        after = self._items(figure.end, end)
        items = before if len(before) >= 2 else after if len(after) >= 2 else []
        is_open = _OPEN.search(self.text.plain[start : figure.start]) is not None or any(
            each.figure.kind is MentionKind.MONEY
            and not each.is_money
            and start <= each.figure.start < end
            for each in self.mentions
        )
        if not items:
            earlier = self._items(segment.start, figure.start)
            items = [each for each in earlier if each.role in _PAYABLE]
            if len(items) < 2:
                return
        total.is_closed = not is_open
        for each in items:
            each.part_of = total.number

    def _items(self, start: int, end: int) -> list[Mention]:
        """Items of a span, not further back than the total before; repeated amounts once."""
        found: list[Mention] = []
        for each in self._between(start, end):
            if each.role is MentionRole.TOTAL:
                found = []
            elif self._may_be_item(each) and each.part_of is None:
                found.append(each)
        return found


def link_lists(
    mentions: Sequence[Mention], text: PlainText, whole: Segment, fiscal_year: int
) -> None:
    """Tie amounts to the total they are parts of.

    A numbered list belongs to the total that closes it in its last entry, or to the amount that
    opens it right before the first; unnumbered amounts to a total of their sentence, or, where the
    sentence has none, what is still to be paid to the total behind. ``is_closed`` says whether
    every part is there: each entry of the list has an amount, no 等 leaves it open.

    Examples:
        >>> from analytics.statements.performance.mentions import read_mentions
        >>> said = "主要用于：1.租车费3万元；2.印刷费2.5万元（其中证书1万元），合计5.5万元。"
        >>> [(each.text, each.part_of, each.is_closed) for each in read_mentions(said, 2031)]
        [('3万元', 4, None), ('2.5万元', 4, None), ('1万元', 2, None), ('5.5万元', None, True)]
    """
    _Lists(mentions, text, whole, fiscal_year).link()


def link_contracts(mentions: Sequence[Mention], text: PlainText, whole: Segment) -> None:
    """Number the contracts of a text: price, payments behind it, what remains.

    A price that is stated again before anything remains (调整为) replaces the first. A contract
    that is paid by what is really delivered has no price to subtract from.

    Examples:
        >>> from analytics.statements.performance.mentions import read_mentions
        >>> said = "合同金额50万元，补充协议金额调整为45万元，已支付30万元，还需支付15万元。"
        >>> [(each.text, each.contract) for each in read_mentions(said, 2031)]
        [('50万元', None), ('45万元', 1), ('30万元', 1), ('15万元', 1)]
    """
    number = 0
    current: list[Mention] = []
    segment: Segment | None = None
    for mention in mentions:
        if not mention.is_amount:
            continue
        here = whole.innermost(mention.figure.start)
        if here is not segment:
            current, segment = [], here
        roles = [each.role for each in current]
        if mention.role is MentionRole.CONTRACT:
            if _FRAMEWORK.search(text.plain[here.start : here.end]):
                current = []
                continue
            if not current or MentionRole.REMAINING in roles:
                number += 1
            for each in current if MentionRole.REMAINING not in roles else ():
                each.contract = None if each.role is MentionRole.CONTRACT else each.contract
            kept = [] if MentionRole.REMAINING in roles else current
            current = [*(each for each in kept if each.role is MentionRole.PAID), mention]
            mention.contract = number
        elif current and mention.role in (MentionRole.PAID, MentionRole.REMAINING):
            mention.contract = number
            current.append(mention)


def link_products(mentions: Sequence[Mention], text: PlainText, whole: Segment) -> None:
    """Number the products of a text: a price of one unit, how many, and the amount they make.

    How many is said in the unit that the price is paid for, in the same sentence or, where it
    stands only once, elsewhere in the text. The amount is the total behind the price, or the first
    amount of the entry. Figures joined by ``×`` are one product.

    Examples:
        >>> from analytics.statements.performance.mentions import read_mentions
        >>> said = "聘用讲解员20人，每人每年约30000元，共需60万元。"
        >>> [(each.text, each.product) for each in read_mentions(said, 2031)]
        [('20人', 1), ('30000元', 1), ('60万元', 1)]
    """
    number = 0
    for price in mentions:
        if price.role is not MentionRole.UNIT_PRICE or price.product is not None:
            continue
        factors = _factors(price, mentions, text)
        amount = _amount(price, mentions, text, whole) if factors else None
        if amount is None:
            continue
        number += 1
        for each in (price, *factors, amount):
            each.product = number


def _same_unit(quantity: Mention, unit: str | None) -> bool:
    own = quantity.figure.unit
    return unit is not None and (own == unit or {own, unit} == {"人", "人次"})


def _factors(price: Mention, mentions: Sequence[Mention], text: PlainText) -> list[Mention]:
    """The quantities that a price is multiplied by; empty where one of them is not known."""
    free = [
        each
        for each in mentions
        if each.figure.kind is MentionKind.QUANTITY
        and each.product is None
        and each.figure.value is not None
        and each.figure.per_unit is None
    ]
    chained = [each for each in free if _is_chained(each, price, text)]
    if chained:
        return chained
    found: list[Mention] = []
    for unit in (price.figure.per_unit, price.figure.per_period):
        if unit is None:
            continue
        fitting = [each for each in free if _same_unit(each, unit)]
        near = [each for each in fitting if each.sentence == price.sentence]
        chosen = near or fitting
        if len(chosen) == 1:
            found.append(chosen[0])
        elif unit == price.figure.per_unit:
            return []
    return found if price.figure.per_unit else []


def _is_chained(quantity: Mention, price: Mention, text: PlainText) -> bool:
    """Whether only numbers and multiplication signs stand between the two."""
    first, second = sorted((quantity.figure, price.figure), key=lambda figure: figure.start)
    between = text.plain[first.end : second.start]
    return re.match(r"^(?:[×*xX✕][\d.]*[^\d×*xX✕，,;；。]{0,3})*[×*xX✕]$", between) is not None


def _amount(
    price: Mention, mentions: Sequence[Mention], text: PlainText, whole: Segment
) -> Mention | None:
    """The amount a product makes: the next one behind the price, else the one before it."""
    here = whole.innermost(price.figure.start)
    near = [
        each
        for each in mentions
        if each.is_amount
        and each.role not in (MentionRole.CONTRACT, MentionRole.PAID)
        and each.sentence == price.sentence
        and whole.innermost(each.figure.start) is here
        and each.product is None
        and not each.figure.comparator
    ]
    behind = [each for each in near if each.figure.start > price.figure.start]
    before = [each for each in near if each.figure.start < price.figure.start]
    if behind and _joins(text.plain[price.figure.end : behind[0].figure.start]):
        return behind[0]
    return before[-1] if len(before) == 1 and not behind else None


def _joins(words: str) -> bool:
    """Whether the words between price and amount lead from one to the other."""
    return len(words) <= 24 and not re.search(r"另|此外|以及|其他|[、;；]", words)
