"""Normal forms of printed names: line names, agency names, project names, simplified characters."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analytics.amounts import fold_digits

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["agency_key", "clean_name", "project_key", "simplify", "squeeze"]

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十百]+、|[(（][一二三四五六七八九十\d]+[)）]、?|\d{1,2}[、.．](?!\d)|[①-⑳])\s*"
)
_LEADING_WORD = re.compile(r"^其中[:：]\s*")
_QUOTES = re.compile(r"[\"“”'‘’「」]")
_SPACES = re.compile(r"[\s\u3000]+")
_REMEMBERED = 2**14
"""So many texts are kept with their normal form: a table is looked at for every form there is."""


@lru_cache(_REMEMBERED)
def squeeze(text: str) -> str:
    """Drop every space and line break; Chinese names carry no meaning in them.

    Examples:
        >>> squeeze("政府性基金 预算")
        '政府性基金预算'
    """
    return _SPACES.sub("", fold_digits(text))


@lru_cache(_REMEMBERED)
def clean_name(text: str) -> str:
    """The name of a line without breaks, numbering and 其中.

    Examples:
        >>> [clean_name(name) for name in ("二十八、债务付息支出", "①公务用车购置费", "(一)基本支出")]
        ['债务付息支出', '公务用车购置费', '基本支出']
        >>> clean_name("政府办公厅(室) 及相关机构事务")
        '政府办公厅（室）及相关机构事务'
        >>> clean_name("其中：省级财政 资金")
        '省级财政资金'
    """
    name = _LEADING_WORD.sub("", squeeze(text))
    return _full_width_brackets(_NUMBERING.sub("", name))


def agency_key(text: str) -> str:
    """Normal form of an agency's name, used as its identifier until a registry knows a better one.

    Examples:
        >>> agency_key("某市 教育局（本级）")
        '某市教育局（本级）'
    """
    return _full_width_brackets(squeeze(simplify(text))).rstrip("。：:")


def project_key(text: str) -> str:
    """Normal form of a project's name: simplified, without spaces and quotation marks.

    Examples:
        >>> project_key("綜合窗口改革經費") == project_key("综合窗口 改革经费")
        True
    """
    name = _full_width_brackets(squeeze(simplify(text)))
    return _QUOTES.sub("", name)


@lru_cache(_REMEMBERED)
def simplify(text: str) -> str:
    """Traditional characters as simplified ones; simplified text comes back unchanged.

    Examples:
        >>> simplify("績效目標")
        '绩效目标'
    """
    converted: str = _converter().convert(text)
    return converted


def _full_width_brackets(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
