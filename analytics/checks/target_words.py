"""What the words of a target say of it: patterns of names and units, as data.

A pattern here is to be sure, not complete: a rule that uses it speaks only where the words leave
no other reading, so that a word which means two things stands in none of them.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BENEFITS",
    "COUNTED_QUALITY",
    "COUNT_NAME",
    "FIGURATIVE",
    "MISFITS",
    "OTHER_BENEFITS",
    "QUALITY_RATE",
    "SHARE_NAME",
    "TIMELY",
]

COUNT_NAME: Final = (
    r"(?:数量|个数|次数|场次|人数|人次|户数|件数|套数|台数|份数|篇数|项数|条数|期数)$"
)
"""How the name of a count ends."""

COUNTED_QUALITY: Final = (
    r"奖|获|优秀|优质|优良|先进|高质量|高水平|高层次|一流|代表性|重大|重点|重要|核心|急需|专利|知识产权"
    r"|采纳|采用|国家级|省部级|省级|合格|达标|有效|通过|事故|故障|投诉|差错|错误|失误|问题|隐患|违规"
    r"|违法|违纪|死亡|伤亡|缺陷|整改|退|误|纠纷|上访|信访|舆情|处罚|负面|认证|等级"
)
"""What makes a count speak of quality: prizes and ranks, faults and complaints."""

QUALITY_RATE: Final = (
    r"(?:合格率|准确率|正确率|达标率|优良率|优秀率|差错率|故障率|完好率|通过率|满意度|满意率)$"
)
"""Rates that are about quality or satisfaction, whatever else a name says."""

TIMELY: Final = r"及时|按时|按期|准时|时限|响应|时间|工期|进度"
"""What makes any target speak of time."""

SHARE_NAME: Final = (
    r"(?:合格|准确|达标|覆盖|参与|参训|使用|满意|通过|应用|普及|知晓|入住|上座)率$|占比$|比例$"
)
"""How the name of a rate ends that counts no output; a 完成率 or a 增长率 may count one."""

FIGURATIVE: Final = (
    r"(?:营商|经营|投资|市场|消费|发展|创新|创业|政务|办事|服务|法治|法制|政策|网络|办公|工作|学习"
    r"|教学|教育|科研|就医|诊疗|就诊|育人|用人|用工|人才|社会|舆论|运行|机房|住宿|居住|生活|文化"
    r"|安全|金融|信用|国际|交易)环境|(?:政治|金融|产业|创新|信用|服务|商业)生态|绿色通道|绿色窗口"
    r"|(?:人力|信息|数据|教育|医疗|公共|社会|办公|服务|文化|网络|政务|行政|人才)资源"
)
"""Words of ecology in another sense; they are taken out before a name is read."""

BENEFITS: Final[dict[str, str]] = {
    "经济效益": (
        r"经济|收入|收益|增收|税|产值|利润|利税|成本|费用|资金|资产|投资|融资|节约|节省|销售|营业|消费|盈"
        r"|利用率|效率|产出|市场|企业|产业|商|金额|价格|采购|转化|GDP|农户|减少支出|损失|财政|万元"
    ),
    "社会效益": (
        r"社会|群众|公众|居民|市民|人民|百姓|职工|民生|就业|政务|服务|便利|便捷|公平|秩序|稳定|安全|办事"
        r"|效能|效率|影响|水平|能力|质量|意识|素质|知晓|宣传|满意|保障|正常|法治|治理|文化|教育|健康"
        r"|贫|困难|农村|乡村|城市|行业|人员|人才|环境"
    ),
    "生态效益": (
        r"生态|环境|环保|污|节能|节约|节水|节电|节地|降耗|能耗|能源|减排|排放|排污|绿|碳|低耗|水质|水土"
        r"|水源|水环境|河|湖|海|湿地|空气|大气|尘|霾|臭|噪|垃圾|废|回收|循环|清洁|洁净|整洁|卫生|消毒"
        r"|森林|林|草|植|树|物种|生物|土壤|耕地|土地|矿|资源|无纸|纸|出行|尾气|油|光伏|新能源|秸秆|农药"
        r"|化肥|疫|自然|气候|灾|人居|市容|村容|景观|辐射|危化|防沙|治沙|可持续"
    ),
}
"""What may well stand under each benefit: where a name has one of these words, it fits."""

OTHER_BENEFITS: Final[dict[str, dict[str, str]]] = {
    "生态效益": {
        "社会效益": (
            r"社会效益|社会稳定|公共服务|政务服务|办事(?:效率|效能|群众|便利)|服务(?:效能|质量|水平|能力)"
            r"|工作(?:效率|效能)|审批(?:效率|效能)|(?:平台|系统|网络|设备)(?:的)?(?:正常|稳定|平稳|安全)"
            r"(?:的)?(?:运行|运转)|就业|满意度|获得感|幸福感|人才培养|教学质量"
        ),
        "经济效益": r"经济(?:效益|增长|收入|收益)|营商环境|增收|税收|产值|利润|招商",
    },
    "社会效益": {
        "经济效益": r"经济(?:效益|收入|收益)|营业收入|税收收入|产值|利润|销售额|生产总值|GDP",
        "生态效益": r"空气质量|水质|污染物|减排|碳排放|生态(?:效益|环境|修复)|植被|水土保持|森林覆盖",
    },
    "经济效益": {
        "社会效益": (
            r"社会效益|社会稳定|公共服务|政务服务|服务(?:质量|水平)|群众(?:满意|获得感|幸福感)|安全感"
        ),
        "生态效益": r"生态(?:效益|环境|修复)|空气质量|水质|污染物|植被|水土保持|森林覆盖",
    },
}
"""What names another benefit beyond doubt, by the heading it stands under and the one it names."""

_RATES = "合格|准确|达标|完成|覆盖|参与|通过|满意|使用|到位|验收"
_PREMISES = (
    r"窗口|系统|平台|设备|设施|车辆|房屋|家具|桌椅|电脑|计算机|服务器|机房|教室|厕所|公厕|桥梁"
)
_MATTER = r"终端|专线|路灯|井盖|摄像头|图书|刊物|宣传册|手册|软件|站点|公众号|网站|方案"
_NUMBER = r"(?:总)?(?:数量|个数|数)$"

_AREAS = ("平方米", "平方公里", "平方千米", "亩", "公顷")
_LENGTHS = ("米", "千米", "公里", "延米")
_COUNTERS = (
    "个", "项", "件", "套", "台", "家", "份", "本", "册", "座", "间", "辆", "条", "门", "篇", "期", "场", "种",
    "类", "批", "批次", "户", "名",
)  # fmt: skip
_PEOPLE = ("人", "人次", "名", "位")
_EVENTS = ("次", "场次", "批次")
_SHEETS = ("件", "套", "台", "辆", "份", "篇")

MISFITS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("物件", "things", rf"(?:{_PREMISES}|{_MATTER}){_NUMBER}", _PEOPLE),
    ("设施", "premises", rf"(?:{_PREMISES}){_NUMBER}", ("次", "场次")),
    ("面积", "an area", r"面积$", (*_PEOPLE, *_EVENTS, *_LENGTHS, *_COUNTERS, "吨")),
    ("长度", "a length", r"(?:长度|里程)$", (*_PEOPLE, *_EVENTS, *_AREAS, *_COUNTERS, "吨")),
    ("人数", "people", r"人数$", ("次", "场", "期", *_SHEETS, *_AREAS, *_LENGTHS)),
    ("人次", "visits", r"人次$", ("场", "期", *_SHEETS, *_AREAS, *_LENGTHS)),
    ("次数", "times", r"(?:次数|场次)$", ("人", "名", *_SHEETS, *_AREAS, *_LENGTHS)),
    ("比率", "a rate", rf"(?:{_RATES})率$", (*_COUNTERS, *_PEOPLE, *_EVENTS)),
)
"""What a name counts (Chinese, English), how such a name ends, and units that cannot count it."""
