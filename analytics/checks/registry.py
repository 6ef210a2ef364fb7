"""How a rule is declared: once, with its code, its equation and the statements it answers for.

A rule is a function over the canonical tables that returns *answers*, one row a thing tested
(:mod:`analytics.checks.answers`); what becomes of them is the engine's business
(:mod:`analytics.checks.engine`). A family of rules is one module of such functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import polars as pl

from analytics.checks.wording import Relation
from analytics.errors import InputError, NotFoundError
from analytics.schema.vocabularies import Outcome, Severity, Statement, Topic

__all__ = [
    "CanonicalTables",
    "Family",
    "Rule",
    "RuleFunction",
    "explain",
    "find_rule",
    "rule",
    "rules",
]


class Family(Enum):
    """What a rule compares; the value is its Chinese label."""

    STRUCTURE = "结构完整"
    INSIDE_STATEMENT = "表内勾稽"
    BETWEEN_STATEMENTS = "表间勾稽"
    NARRATIVE = "文字说明"
    PERFORMANCE_FORMS = "绩效目标表"
    UNIT_COSTS = "成本与数量"
    BETWEEN_DOCUMENTS = "文件之间"

    @property
    def key(self) -> str:
        """The family as it is written into ``findings``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class CanonicalTables:
    """The canonical tables that rules read, lazily.

    A disclosure in several files is one document here, with one row in ``documents``; ``files``
    has a row for each of its files, whose ``block`` is where its blocks begin. ``printed`` holds
    :func:`~analytics.checks.answers.all_printed`, where it was worked out once for all rules;
    ``shared`` what else was.

    Examples:
        >>> from analytics.schema.tables import TABLES
        >>> empty = {name: schema.create_empty() for name, schema in TABLES.items()}
        >>> CanonicalTables.of(empty).facts.collect().height
        0
    """

    documents: pl.LazyFrame
    statements: pl.LazyFrame
    facts: pl.LazyFrame
    claims: pl.LazyFrame
    projects: pl.LazyFrame
    indicators: pl.LazyFrame
    mentions: pl.LazyFrame
    set_aside: pl.LazyFrame
    files: pl.LazyFrame
    printed: pl.LazyFrame | None = None
    shared: dict[str, pl.LazyFrame] = field(default_factory=dict, compare=False)

    def once(self, name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        """A frame that several rules start from, worked out for the first one that asks.

        Args:
            name: What it is; another frame must have another name.
            frame: The frame.
        """
        if self.printed is None:  # a rule that is run by itself
            return frame
        if name not in self.shared:
            self.shared[name] = frame.collect(engine="in-memory").lazy()
        return self.shared[name]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> CanonicalTables:
        """Take the tables by name; others that the mapping holds are left alone.

        Raises:
            InputError: A table is not there.
        """
        names = [name for name in cls.__slots__ if name not in ("files", "printed", "shared")]
        missing = [name for name in names if name not in tables]
        if missing:
            raise InputError(
                f"the checks read the tables {', '.join(missing)}, which were not given",
                hint="pass every canonical table, an empty one where there are no rows",
            )
        lazy: dict[str, Any] = {name: tables[name].lazy() for name in names}
        beginning = pl.lit(0, dtype=pl.Int32)
        return cls(**lazy, files=lazy["documents"].with_columns(block=beginning))


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition that a disclosure must meet.

    Args:
        code: Stable code, ``FAMILY-WHAT``.
        title_zh: Title in Chinese.
        title_en: Title in English.
        equation: The condition in one line.
        why_zh: Why it matters to a reader of the budget, in one plain Chinese sentence.
        why_en: The same in English.
        severity: How much a failure weighs.
        family: What it compares.
        statements: The statements or topics it answers for: at least one answer for each. A rule
            about a file as a whole has none, and answers for every file by itself.
        reads: Other statements that the answer needs.
        source: Plain arithmetic, or the regulation in words.
        catalogue: Labels of the catalogue of checks that it covers.
        printed: What the first number is, in Chinese and English.
        computed: What the second number is, in Chinese and English.
        relation: How the first must stand to the second.
        absent: The outcome where the statement is there but the rule finds nothing to test.
        function: Canonical tables in, answers out.
    """

    code: str
    title_zh: str
    title_en: str
    equation: str
    why_zh: str
    why_en: str
    severity: Severity
    family: Family
    statements: tuple[Statement | Topic, ...]
    reads: tuple[Statement | Topic, ...]
    source: str
    catalogue: tuple[str, ...]
    printed: tuple[str, str]
    computed: tuple[str, str]
    relation: Relation
    absent: Outcome
    function: Callable[[CanonicalTables], pl.LazyFrame]

    @property
    def doc(self) -> str:
        """The docstring of the rule's function."""
        return (self.function.__doc__ or "").strip()


_RULES: dict[str, Rule] = {}

RuleFunction = Callable[[CanonicalTables], pl.LazyFrame]


def rule(
    code: str,
    *,
    title: tuple[str, str],
    equation: str,
    why: tuple[str, str],
    family: Family,
    statements: Iterable[Statement | Topic],
    reads: Iterable[Statement | Topic] = (),
    severity: Severity = Severity.ERROR,
    source: str = "plain arithmetic",
    catalogue: Iterable[str] = (),
    printed: tuple[str, str] = ("列示", "printed"),
    computed: tuple[str, str] = ("计算应为", "computed"),
    relation: Relation = Relation.EQUAL,
    absent: Outcome = Outcome.INSUFFICIENT,
) -> Callable[[RuleFunction], RuleFunction]:
    """Declare a rule; the arguments are those of :class:`Rule`, the pairs Chinese and English.

    Raises:
        InputError: The code is already declared.
    """

    def register(function: RuleFunction) -> RuleFunction:
        known = _RULES.get(code)
        if known is not None and known.function.__module__ != function.__module__:
            raise InputError(
                f"the rule {code} is declared twice", hint="give each rule its own code"
            )
        _RULES[code] = Rule(
            code=code,
            title_zh=title[0],
            title_en=title[1],
            equation=equation,
            why_zh=why[0],
            why_en=why[1],
            severity=severity,
            family=family,
            statements=tuple(statements),
            reads=tuple(reads),
            source=source,
            catalogue=tuple(catalogue),
            printed=printed,
            computed=computed,
            relation=relation,
            absent=absent,
            function=function,
        )
        return function

    return register


def rules() -> dict[str, Rule]:
    """Every declared rule by its code, in the order of the codes."""
    return dict(sorted(_RULES.items()))


def find_rule(code: str) -> Rule:
    """The rule with a code, upper or lower case.

    Raises:
        NotFoundError: There is no such rule; near codes are named.
    """
    try:
        return _RULES[code.upper()]
    except KeyError:
        raise NotFoundError.for_name("rule", code, _RULES) from None


def explain(code: str) -> str:
    """What a rule tests, in a few lines of text.

    Args:
        code: Code of the rule, upper or lower case.

    Returns:
        Titles, equation, why it matters, family, severity, statements and source of the rule, and
        how it treats what is blank or zero.

    Raises:
        NotFoundError: There is no such rule; near codes are named.

    Examples:
        >>> import analytics.checks
        >>> explain("T-BALANCE-SIDES").splitlines()[0]
        'T-BALANCE-SIDES  收入总计等于支出总计 / The two sides balance'
    """
    found = find_rule(code)
    about = "、".join(statement.zh for statement in found.statements)
    reads = "、".join(statement.zh for statement in found.reads)
    lines = [
        f"{found.code}  {found.title_zh} / {found.title_en}",
        f"  {found.equation}",
        f"  why: {found.why_zh}",
        f"       {found.why_en}",
        f"  family: {found.family.value} ({found.family.key}); severity: "
        f"{found.severity.zh} ({found.severity})",
        f"  statements: {about}" + (f"; reads: {reads}" if reads else ""),
        f"  source: {found.source}",
        "",
        *(f"  {line.strip()}".rstrip() for line in found.doc.splitlines()),
    ]
    return "\n".join(lines)
