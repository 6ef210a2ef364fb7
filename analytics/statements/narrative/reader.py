"""Reading the narrative of a document, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.documents.model import Block
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Claim, Narrative, Unread
from analytics.statements.narrative.names import FunctionNames
from analytics.statements.narrative.section import Section
from analytics.statements.narrative.sentences import read_sentences

__all__ = ["read_claims"]


def read_claims(blocks: Sequence[Block], identity: Identity) -> Narrative:
    r"""Read what the narrative of a document states.

    Only sections whose headings say what they are about are read; statements, performance forms,
    definitions and tables of contents yield nothing. A stated zero is a number, a blank is none.

    Args:
        blocks: The document in reading order.
        identity: Whose document it is; its year resolves 上年, its stage an unnamed base.

    Returns:
        The claims in reading order, and every number with a unit that was not understood.

    Examples:
        >>> from analytics.documents.text import read_text_blocks
        >>> from analytics.schema.vocabularies import Scope, Stage
        >>> me = Identity("a", "某局", 2024, Stage.BUDGET, Scope.UNIT)
        >>> text = "八、机关运行经费情况\n机关运行经费预算3.00万元，比上年减少1.00万元，下降25%。"
        >>> (claim,) = read_claims(read_text_blocks(text), me).claims
        >>> claim.level.in_yuan.value, claim.change.in_yuan.value, claim.base.year
        (Decimal('30000.00'), Decimal('-10000.00'), 2023)
    """
    claims: list[Claim] = []
    unread: list[Unread] = []
    names = FunctionNames.of(blocks, identity.fiscal_year)
    section: Section | None = None
    for sentence in read_sentences(blocks):
        if section is None or section.headings != sentence.headings:
            if section is not None:
                claims.extend(section.finish())
            section = Section(sentence, identity, names, unread)
        section.read(sentence)
    if section is not None:
        claims.extend(section.finish())
    return Narrative(tuple(claims), tuple(unread))
