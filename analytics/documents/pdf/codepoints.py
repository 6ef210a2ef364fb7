"""Code points that look like a character of the text but are another: folded, nothing else is.

PDF producers map glyphs back to the first code point that shares the shape, so that 一 comes out
as the Kangxi radical ⼀ and 金 as a compatibility ideograph. Compatibility forms with a meaning of
their own (①, ㎡, full-width digits) stay as they are.
"""

from __future__ import annotations

import unicodedata

__all__ = ["fold_radicals"]

# Radicals of the supplement (U+2E80–U+2EFF) have no compatibility mapping but for two; these are
# the ones that simplified text is printed with.
_SUPPLEMENT = (
    "⺁厂⺇几⺌小⺎兀⺏尣⺐尢⺒巳⺓幺⺛旡⺝月⺟母⺠民⺢水⺣火⺥爪⺦丬⺨犬⺩王⺫目⺬示⺭礻⺮竹⺰纟⺱罓⺲罒⺳冈⺴网⺶羊⺷羊⺹耂⺻聿"
    "⺼肉⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻞食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲龟⻳龟"
)
_LOOK_ALIKES = {
    ord(alike): plain for alike, plain in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
}
_LOOK_ALIKES |= {
    code: unicodedata.normalize("NFKC", chr(code))
    for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00))
    for code in block
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
    and len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_LOOK_ALIKES[ord("⼾")] = "户"  # its mapping is the traditional 戶, which has another shape


def fold_radicals(text: str) -> str:
    """Radicals and compatibility ideographs as the ideographs they look like.

    Examples:
        >>> fold_radicals("⼀般公共预算⽀出、⺠政、⾏政、⻋辆")
        '一般公共预算支出、民政、行政、车辆'
        >>> fold_radicals("①３㎡")
        '①３㎡'
    """
    return text if text.isascii() else text.translate(_LOOK_ALIKES)
