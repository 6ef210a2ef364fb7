"""What the words around a day say that it is for: stages of a purchase, payments, plans, as data."""

from __future__ import annotations

from typing import Final

__all__ = [
    "BEGINS",
    "DONE",
    "EVENTS",
    "GENERIC",
    "NOT_STAGES",
    "PAYMENT",
    "PRECISE",
    "SPENT",
]

EVENTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("预算下达", "release of the budget", r"(?:预算|资金|指标|经费).{0,4}下达|下达.{0,6}(?:预算|资金|指标|经费)"),
    ("采购意向公开", "notice of the purchase", r"采购意向|意向公[开示]|采购公示"),
    ("启动采购", "beginning of the purchase", r"(?:启动|开始|开展|组织)(?:政府|公开)?采购|启动采购程序|采购程序"),
    ("招标", "tender", r"招标|开标|评标|磋商|竞价"),
    ("签订合同", "contract", r"签订|签约|签署"),
    ("开始实施", "beginning of the work", r"开工|进场|(?:开始|启动)(?:实施|施工|建设|服务)|开始$"),
    ("完成实施", "end of the work", r"完工|竣工"),
    ("验收", "acceptance", r"验收"),
)  # fmt: skip
"""The stages of a purchase in their order: Chinese, English, and the words that name one."""

NOT_STAGES: Final = (
    r"到期|期满|尾款|余款|余额|剩余|补充协议|续签|变更|上一?年度?(?:的)?合同|上一?年度?项目|质保|保修"
    r"|初验|预验收|成果|提前|预采购|代理|框架|意向书|承诺书|责任书|责任状|保密|劳动|聘用|用工"
)
"""Words of a clause that speaks of another contract, of the end of one, or of what may come early."""

PAYMENT: Final = r"支付|付清|付款|拨付"
SPENT: Final = rf"^[，,]?(?:[^，,]*[，,]并(?:及时|按时|按期)?)?[^，,]*?(?:{PAYMENT}|签订|签约)"
"""Words behind a day that say what is paid or signed on it, up to that word."""
PRECISE: Final = r"月|季|半年|年底|年末"
"""What makes a day more than a year."""
DONE: Final = r"结转|已|完成了|实际|曾|原定|原计划"
GENERIC: Final = (
    r"20\d\d年度?|[“”\"《》]|及时性|完成|开展|开始|进行|支付|付款|结算|发放|时间|时限|期限|日期|节点"
    r"|情况|工作|项目|服务|年度|截止|实施|的|完毕|结束"
)
"""What the names of deadlines have in common; what is left says for what they are."""
BEGINS: Final = r"启动|开始|着手|起|筹备|方案|公示|意向|前期|拟定|制定|编制|计划"
"""What makes a day in a text another one than that of the end of the work."""
