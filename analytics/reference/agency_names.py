"""What the name of an agency shows: its normal form, its region, its level, what kind it is."""

from __future__ import annotations

import re
from functools import lru_cache

from analytics.amounts import fold_digits
from analytics.reference.regions import Region, region_of_name, split_region
from analytics.schema.agency_vocabularies import AgencyKind, AgencyLevel

__all__ = ["kind_of_name", "level_of_name", "normal_name", "own_name", "region_of_agency"]

_SPACES = re.compile(r"[\s\u3000]+")
_QUOTES = re.compile(r"^[「『《【“\"]+|[」』》】”\"]+$")
_OWN_LEVEL = re.compile(
    r"[（(](?:本级|机关|汇总|本部)[）)]$|(?<=..)本级$|(?<=[局委部厅院室会办校府组心])本部$"
)
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_CENTRAL = re.compile(
    r"^(?:国家|国务院|全国|中央|最高人民|中华人民共和国|中华全国)|^(?:审计署|海关总署|中国人民银行)$"
    r"|^(?:外交|国防|教育|科学技术|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和社会保障|自然资源|国土资源"
    r"|生态环境|环境保护|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理)部$"
)
_LEVEL_WORDS = {
    "省": AgencyLevel.PROVINCIAL,
    "自治区": AgencyLevel.PROVINCIAL,
    "市": AgencyLevel.PREFECTURE,
    "州": AgencyLevel.PREFECTURE,
    "区": AgencyLevel.COUNTY,
    "县": AgencyLevel.COUNTY,
}
_BY_WORD = re.compile(
    rf"^(?:某+)?(?P<word>{'|'.join(_LEVEL_WORDS)})(?=委|人民|政|.+(?:[局厅委会院室部馆站所队台]|中心)$)"
)
_OWNER_WORD = re.compile(r"^(?:某*[省市区县州旗]|国家|中国)(?=..)")
_COMMITTEE = re.compile(r"^委(?!员会|会)(?=..)")
_TOWNSHIP = re.compile(r"街道|[镇乡](?:人民)?(?:政府|人大|党委|委员会)|苏木")
_ANYWHERE = re.compile(r"大学|学院|医院|学校|中学|小学|幼儿园|研究[院所]")
_KINDS: tuple[tuple[AgencyKind, str], ...] = (
    (AgencyKind.COURT, r"人民法院|法院$"),
    (AgencyKind.PROCURATORATE, r"检察院"),
    (AgencyKind.SCHOOL, r"(?:中学|小学|学校|党校|幼儿园|实验学校)(?:（.*）)?$"),
    (AgencyKind.UNIVERSITY, r"(?:大学|学院)(?:（.*）)?$"),
    (AgencyKind.HOSPITAL, r"医院|卫生院|保健院|血站|(?:卫生服务|疾病预防控制|急救)中心"),
    (AgencyKind.SUPERVISION, r"纪律检查委员会|纪委|监察委员会|监委"),
    (AgencyKind.LEGISLATURE, r"人民代表大会|人大(?:常委会|机关|办公室|$)"),
    (AgencyKind.CPPCC, r"政治协商会议|政协"),
    (
        AgencyKind.MASS_ORGANISATION,
        r"总工会|共青团|共产主义青年团|团委|妇女联合会|妇联|工商业联合会|工商联|科学技术协会|科协$|残疾人联合会|残联"
        r"|文学艺术界联合会|文联|社会科学界联合会|社科联|归国华侨联合会|侨联|红十字会|作家协会|台湾同胞联谊会|法学会"
        r"|对外友好协会|国际贸易促进委员会|贸促会|供销合作",
    ),
    (
        AgencyKind.DEMOCRATIC_PARTY,
        r"国民党革命委员会|^民革|民主同盟|^民盟|民主建国会|^民建|民主促进会|^民进|农工民主党|农工党|致公党|九三学社"
        r"|台湾民主自治同盟|^台盟",
    ),
    (
        AgencyKind.PARTY,
        r"^中共|^中国共产党|[省市区县州旗]委(?!员会|会)|(?:组织|宣传|统战|统一战线工作|社会工作)部$|政法委|巡察|直属机关工作委员会",
    ),
    (
        AgencyKind.INSTITUTION,
        r"(?:中心|图书馆|博物馆|文化馆|档案馆|美术馆|纪念馆|体育馆|科技馆|文史馆|站|所|院|台|社|队|大队|支队|总队"
        r"|处|段|场|园)(?:（.*）)?$",
    ),
    (
        AgencyKind.GOVERNMENT,
        r"(?:局|厅|委员会|委|办公室|办公厅|人民政府|街道办事处|办事处|政府|部|署|行|办)(?:（.*）)?$",
    ),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


@lru_cache(2**14)
def normal_name(name: str) -> str:
    """Normal form of an agency's name: one spelling of spaces, brackets and quotes, without 本级.

    It is the form in which the figures of a panel name their agency. Traditional characters are
    made simplified when a document is read, not here.

    Examples:
        >>> normal_name("某市 教育局(本级)"), normal_name("「某市教育局」")
        ('某市教育局', '某市教育局')
    """
    text = _SPACES.sub("", fold_digits(name)).replace("(", "（").replace(")", "）")
    return _OWN_LEVEL.sub("", _QUOTES.sub("", text.rstrip("。：:")))


def region_of_agency(name: str) -> Region | None:
    """The one region an agency's name begins with; ``None`` if there is none, or several fit.

    Examples:
        >>> region_of_agency("江苏省财政厅").code, region_of_agency("鼓楼区教育局")
        ('320000', None)
    """
    found = region_of_name(normal_name(name))
    return found[0] if len(found) == 1 else None


def level_of_name(name: str) -> AgencyLevel | None:
    """The level of government that a name shows; ``None`` where it shows none.

    It is the level of the region the name begins with, where a government of that level would have
    such an agency. A university or a hospital named after a place may belong to any level, and says
    nothing of it unless the place is named with its 省, 市 or 县.

    Examples:
        >>> [str(level_of_name(name)) for name in ("江苏省财政厅", "财政部", "鼓楼区教育局", "某镇人民政府")]
        ['provincial', 'central', 'county', 'township']
        >>> level_of_name("江苏大学") is None, level_of_name("图书馆") is None
        (True, True)
    """
    text = _PARTY.sub("", normal_name(name))
    if _CENTRAL.search(text):
        return AgencyLevel.CENTRAL
    if _TOWNSHIP.search(text):
        return AgencyLevel.TOWNSHIP
    _, found, words, _ = split_region(text)
    if not found:
        word = _BY_WORD.search(text)
        return _LEVEL_WORDS[word["word"]] if word else None
    levels = {r.level for r in found}
    is_full = words.endswith(tuple("省市区县州旗盟"))
    return levels.pop() if len(levels) == 1 and (is_full or not _ANYWHERE.search(text)) else None


def kind_of_name(name: str) -> AgencyKind | None:
    """What kind of agency a name shows; ``None`` where it shows none.

    Examples:
        >>> names = ("某市中级人民法院", "某市委宣传部", "某市总工会", "某市市委党校", "某市生态环境局")
        >>> [str(kind_of_name(name)) for name in names]
        ['court', 'party', 'mass_organisation', 'school', 'government']
        >>> kind_of_name("某集团") is None
        True
    """
    text = normal_name(name)
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(text)), None)


def own_name(name: str) -> str:
    """A name without party and region: what agencies of one task are called in every region.

    Examples:
        >>> own_name("江苏省人民检察院"), own_name("中共上海市普陀区委社会工作部")
        ('人民检察院', '社会工作部')
        >>> own_name("某市国土资源局"), own_name("市旅游局"), own_name("国家林业局")
        ('国土资源局', '旅游局', '林业局')
    """
    before, _, _, rest = split_region(normal_name(name))
    bare = _OWNER_WORD.sub("", rest)
    return (_PARTY.sub("", before) + _COMMITTEE.sub("", bare)) or rest
