"""The words between two numbers: what they compare with and what they speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analytics.schema.vocabularies import LineCode
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Base
from analytics.statements.narrative.names import FunctionNames
from analytics.statements.narrative.phrases import FILLED, find_bases, is_filler, strip_purpose
from analytics.statements.narrative.sections import SectionKind
from analytics.statements.narrative.sentences import squeeze_sentence
from analytics.statements.narrative.subjects import Mention, find_subjects

__all__ = [
    "Clause",
    "fill_names",
    "find_body",
    "last_piece",
    "name_subject",
    "names_only_subject",
    "read_clause",
]

_DATE = re.compile(r"(?:截至|截止)?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|底|末)")
_FOREIGN = re.compile(r"授予|中小|小微|预留|联合体")
_PAUSE = re.compile(r"[，;:。]")
_BODY = re.compile(
    r"^(?:其中|另外?|此外|目前|现|:)*(?P<body>.*?)(?:核定|批复|共|现|设|的|有|总计|合计|:)*$"
)


@dataclass(slots=True)
class Clause:
    """What the words before a number say.

    Args:
        start: Offset of the first word in the squeezed sentence.
        words: The words, comparisons filled.
        has_base: Whether they compare with something.
        base: What they compare with, if it can be told.
        base_at_end: The same, where it stands right before the number ("比上年的3.00万元").
        mention: The subject they name.
        is_known: Whether they name a subject or are mere connectives.
        tail: What stands between the subject and the number.
    """

    start: int
    words: str
    has_base: bool
    base: Base | None
    base_at_end: Base | None
    mention: Mention | None = None
    is_known: bool = False
    tail: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the words name something that is not in the catalogue."""
        return self.mention is None and not self.is_known


def fill_names(text: str, kind: SectionKind, identity: Identity) -> str:
    """Fill what names no subject: dates and, outside of staffing, the agency's own name."""
    text = _DATE.sub(lambda match: FILLED * len(match.group()), text)
    if kind is not SectionKind.STAFFING:
        for own in _own_names(identity.agency_name):
            text = text.replace(own, FILLED * len(own)) if own else text
    return text


@cache
def _own_names(agency_name: str) -> tuple[str, str]:
    """The agency's name as sentences spell it, with and without what stands in brackets."""
    name = squeeze_sentence(agency_name).text
    return name, re.sub(r"\([^()]*\)$", "", name)


def read_clause(words: str, start: int, identity: Identity) -> Clause:
    """Take the comparisons out of the words before a number."""
    mentions = find_bases(words, identity)
    at_end = mentions[-1].base if mentions and mentions[-1].end == len(words) else None
    for mention in mentions:
        length = mention.end - mention.start
        words = words[: mention.start] + FILLED * length + words[mention.end :]
    return Clause(start, words, bool(mentions), mentions[-1].base if mentions else None, at_end)


def last_piece(words: str) -> str:
    """The words behind the last pause."""
    return _PAUSE.split(words)[-1]


def name_subject(
    clause: Clause, words: str, kind: SectionKind, names: FunctionNames, class_code: str | None
) -> None:
    """Find what the words name: a subject, nothing but connectives, or something unknown.

    Args:
        clause: The clause, which is told what was found.
        words: Its words, without those that say how the number is to be taken.
        kind: What the section is about.
        names: What functional lines are called.
        class_code: Functional class or group named above.
    """
    without_purpose = strip_purpose(words)
    if without_purpose != words and is_filler(without_purpose):
        clause.is_known = True
        return
    mentions = find_subjects(words, kind, names, class_code=class_code)
    if not mentions:
        clause.is_known = is_filler(without_purpose) and not _FOREIGN.search(last_piece(words))
        return
    named = mentions[-1]
    tail = words[named.end :]
    if not is_filler(tail, after_subject=True) or _FOREIGN.search(last_piece(words[: named.start])):
        return
    clause.is_known, clause.tail = True, tail
    clause.mention = _described(mentions, words) or named


def names_only_subject(sentence: str, mention: Mention) -> bool:
    """Whether a sentence says nothing but the name of a subject, a number in front of it perhaps.

    Examples:
        >>> from analytics.statements.narrative.names import FunctionNames
        >>> sentence = "(三)公务接待费。"
        >>> (found,) = find_subjects(sentence, SectionKind.THREE_PUBLIC, FunctionNames(2024))
        >>> names_only_subject(sentence, found)
        True
    """
    return is_filler(sentence[: mention.start]) and sentence[mention.end :] in ("。", ":", "")


def _described(mentions: tuple[Mention, ...], words: str) -> Mention | None:
    """The functional line that the total behind it speaks of ("教育支出（款）：预算支出合计")."""
    if len(mentions) < 2:
        return None
    line, total = mentions[-2:]
    is_total = total.wording.subjects[0].code == str(LineCode.TOTAL)
    is_line = bool(line.repairs) and is_filler(words[line.end : total.start])
    return line if is_line and is_total else None


def find_body(lead: str) -> tuple[int, int] | None:
    """Where the words before a count of staff name the body it belongs to.

    Examples:
        >>> lead = "。其中某中心(正科级)核定"
        >>> begin, end = find_body(lead)
        >>> lead[begin:end]
        '某中心(正科级)'
        >>> find_body("，其中") is None
        True
    """
    piece = last_piece(lead)
    match = _BODY.match(piece)
    if match is None or len(match["body"]) < 3 or is_filler(match["body"]):
        return None
    start = len(lead) - len(piece)
    return start + match.start("body"), start + match.end("body")
