"""What no employer's own name is, or holds."""

from __future__ import annotations

import re
from typing import Final

# Words that say only what kind of employer it is, or whose.
GENERIC: Final = re.compile(
    r"^(?:本科|门诊|住院|本|该|我|各|全|某|贵|一个|一家|这家|那家|所属|集团|分|子|总|母|股份|有限|我们|你们|他们|大|小|中|省|市|县|区|乡|镇|民办|公立|私立|普通|一般|的)+$"
)
# Words of sentences.
SENTENCE: Final = re.compile(
    r"隶属|源自(?!来)|主持|^主管|^凡|全面|根据|按照|依照|依据|遵照|需要|必须|应当|应设|设置|配备|涉及|涵盖|这些|职责|岗位|说明书|统筹|校长|院长|厂长|[是在有于由为与对向从被把让到给请就也都]|(?<=..)和(?=..)|负责|想去|遵守|带头|做好|完成|建立|传达|维护|代表|协助|执行|服从|了解|熟悉|以上|以下|优先|经验|具有|具备|从事|毕业"
)
# Sentences about these portray no employer by name.
NO_OWN_NAME: Final = re.compile(
    "我们|[你您]|期望|希望|公司|本|该|这|团队|项目|它|他|平台|产品|部门|岗位|职位|系统|[，。；：:、！？的]"
)
