"""The words of the columns that hold one of a few, after TYPED, with their Chinese equals for `--headers zh`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_PERIODS: Final = {
    "day": "日",
    "week": "周",
    "month": "月",
    "quarter": "季度",
    "half-year": "半年",
    "term": "学期",
    "year": "年",
}
_FREQUENCIES: Final = {
    "hour": "每小时",
    "shift": "每班",
    **{word: f"每{chinese}" for word, chinese in _PERIODS.items()},
    "regular": "定期",
    "irregular": "不定期",
}
_MULTIPLE: Final = re.compile(r"([0-9.]+) (hour|shift|day|week|month|year)s?")  # 2 hours, 2 weeks
_COUNTED: Final = {"hour": "小时", "shift": "班", "day": "日", "week": "周", "month": "个月", "year": "年"}


def chinese(table: str, column: str, value: str) -> str:
    """The value in Chinese; as it is where it is no word of a scale.

    >>> chinese("roles", "level", "manager"), chinese("duties", "frequency", "2 weeks"), chinese("roles", "title", "出纳")
    ('经理', '每2周', '出纳')
    """
    scale = SCALES.get((table, column))
    if scale is None:
        return value
    if (table, column) == OPEN and (found := _MULTIPLE.fullmatch(value)):
        return f"每{found[1]}{_COUNTED[found[2]]}"
    return scale.get(value, value)


def english(table: str, column: str, value: str) -> str:
    """What `chinese` made it of.

    >>> english("roles", "level", "经理"), english("duties", "frequency", "每2周")
    ('manager', '2 weeks')
    """
    scale = SCALES.get((table, column))
    if scale is None:
        return value
    if (table, column) == OPEN and (found := _MULTIPLE_CHINESE.fullmatch(value)):
        unit = next(word for word, counted in _COUNTED.items() if counted == found[2])
        return f"{found[1]} {unit}s"
    return next((word for word, equal in scale.items() if equal == value), value)


_MULTIPLE_CHINESE: Final = re.compile(f"每([0-9.]+)({'|'.join(_COUNTED.values())})")

OPEN: Final = ("duties", "frequency")  # the one scale with numbers in it

_OWN: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("documents", "status"): {"ok": "完整", "partial": "部分", "empty": "无文字", "failed": "未读"},
    ("documents", "script"): {"hans": "简体", "hant": "繁体", "mixed": "简繁混用", "none": "无汉字"},
    ("roles", "level"): {
        "board": "董事监事",
        "executive": "高管",
        "director": "总监",
        "manager": "经理",
        "supervisor": "主管",
        "senior": "资深",
        "staff": "员工",
        "assistant": "助理",
        "trainee": "实习",
    },
    ("roles", "function"): {
        "sales": "销售",
        "marketing": "市场",
        "service": "客服",
        "finance": "财务",
        "HR": "人力资源",
        "administration": "行政",
        "production": "生产",
        "quality": "质量",
        "purchasing": "采购",
        "warehouse": "仓储",
        "logistics": "物流",
        "R&D": "研发",
        "IT": "信息",
        "engineering": "工程",
        "property": "物业",
        "hospitality": "酒店餐饮",
        "health": "医疗",
        "education": "教育",
        "legal": "法务",
        "audit": "审计",
        "general": "综合",
    },
    ("relations", "kind"): {"supervisor": "上级", "subordinate": "下级", "deputy": "代理人"},
    ("duties", "kind"): {"duty": "职责", "authority": "权限", "routine": "日常工作"},
    OPEN: _FREQUENCIES,
    ("kpis", "measure"): {
        "rate": "比率",
        "amount": "数额",
        "count": "次数",
        "time": "时间",
        "score": "评分",
        "other": "其他",
    },
    ("kpis", "direction"): {"up": "越高越好", "down": "越低越好"},
    ("kpis", "comparator"): {
        ">=": "不低于",
        ">": "大于",
        "<=": "不超过",
        "<": "小于",
        "=": "等于",
        "between": "介于",
        "~": "约",
    },
    ("kpis", "period"): _PERIODS,
    ("requirements", "category"): {
        "education": "教育",
        "experience": "经验",
        "age": "年龄",
        "gender": "性别",
        "certificate": "证书",
        "language": "语言",
        "skill": "技能",
        "knowledge": "知识",
        "trait": "素质",
        "health": "健康",
        "other": "其他",
    },
    ("requirements", "degree"): {
        "primary": "小学",
        "junior": "初中",
        "high": "高中",
        "vocational": "中专",
        "college": "大专",
        "bachelor": "本科",
        "master": "硕士",
        "doctor": "博士",
        "any": "不限",
    },
    ("requirements", "gender"): {"male": "男", "female": "女", "any": "不限"},
}

# Columns of the tables of comparisons and organisations that hold what a column above holds.
_LIKE: Final = {
    ("roles", "level"): ("families", "family_members", "posts"),
    ("roles", "function"): ("families", "family_members", "posts"),
    ("requirements", "degree"): ("family_members",),
    ("requirements", "gender"): ("family_members",),
    ("duties", "kind"): ("duty_clusters", "duty_members"),
}
_KINDS: Final = _OWN["duties", "kind"]

SCALES: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    **_OWN,
    **{(table, column): _OWN[own, column] for (own, column), tables in _LIKE.items() for table in tables},
    ("family_facts", "kind"): {"kpi": "指标", "supervisor": "上级", "subordinate": "下级", "requirement": "要求"},
    ("duty_clusters", "standing"): {"typical": "典型", "common": "常见", "special": "特有"},
    ("role_pairs", "case"): {
        "same_title_same_work": "同名同职",
        "same_title_other_work": "同名异职",
        "other_title_same_work": "异名同职",
        "other_title_other_work": "异名异职",
    },
    ("duty_pairs", "relation"): {"same": "相同", "left_part": "甲属于乙", "right_part": "乙属于甲"},
    ("duty_pairs", "left_kind"): _KINDS,
    ("duty_pairs", "right_kind"): _KINDS,
    ("posts", "taxonomy_match"): {
        "title": "全名",
        "ending": "词尾",
        "ambiguous": "歧义",
        "unmatched": "未归类",
    },
    ("edges", "kind"): {"line": "上下级", "deputy": "代理"},
    ("edges", "reach"): {"document": "本文档", "company": "本公司", "none": "未找到"},
    ("edges", "doubt"): {"cycle": "循环", "one_sided": "单方"},
}
