"""Names of people, by the commonest names of families."""

from __future__ import annotations

from typing import Final

# Words of the language that begin so are rarely as short as a name.
FAMILIES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "石廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤方洪倪施章俞阮柳殷祝樊霍庄柯耿骆"
)
# As parts of regular expressions.
FAMILY: Final = f"[{FAMILIES}]"
PERSON: Final = rf"{FAMILY}[\u4e00-\u9fff]{{1,2}}"
