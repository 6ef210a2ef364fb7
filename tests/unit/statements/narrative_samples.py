"""Narratives made up for the tests of reading them."""

from __future__ import annotations

from analytics.documents.text import read_text_blocks
from analytics.schema.vocabularies import Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.narrative import Claim, Narrative, Stated, read_claims

BUDGET = Identity("某市文旅局", "某市文旅局", 2024, Stage.BUDGET, Scope.UNIT)
FINAL = Identity("某市文旅局", "某市文旅局", 2024, Stage.FINAL, Scope.UNIT)

OVERALL = "一、收支预算总体情况说明"
REVENUE = "二、收入预算情况说明"
SPENDING = "三、支出预算情况说明"
FISCAL = "四、财政拨款收支预算总体情况说明"
GENERAL = "五、一般公共预算支出情况说明"
BASIC = "六、一般公共预算基本支出情况说明"
THREE = "七、“三公”经费增减变动原因说明"
OPERATING = "八、机关运行经费情况"
PROCUREMENT = "九、政府采购情况"
ASSETS = "十、国有资产占有使用情况"
PERFORMANCE = "十、预算绩效目标设置情况"
STAFF = "二、机构设置情况"

Said = tuple[str, str, str, str, str]


def read(heading: str, text: str, identity: Identity = BUDGET) -> Narrative:
    return read_claims(read_text_blocks(f"{heading}\n\n{text}\n"), identity)


def said(claim: Claim) -> Said:
    """Code, level or count, change, growth and share of a claim, as text; blank if not stated."""

    def number(stated: Stated | None) -> str:
        return "" if stated is None else f"{stated.number.value}{stated.unit}"

    level = "同" if claim.is_unchanged else ""
    return (
        claim.subject.code or "?",
        number(claim.level or claim.count) + level,
        number(claim.change),
        number(claim.growth),
        number(claim.share),
    )


def all_said(narrative: Narrative) -> list[Said]:
    return [said(claim) for claim in narrative.claims]


def left_over(narrative: Narrative) -> list[str]:
    return [unread.text for unread in narrative.not_understood]
