"""Han names taken apart into family and given name, as address books ask for; anything else is left whole."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_TWO_CHARACTERS = """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙
    慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 第五 轩辕 呼延 端方 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷
    宰父 谷梁 段干 百里 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 纳兰 完颜 叶赫
    歐陽 司馬 東方 南宮 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 仲孫 鐘離 長孫 鮮于 軒轅
    """
"""The compound surnames (复姓), as they are written today and before."""
_TITLES_OF_ADDRESS = """
    先生 女士 小姐 太太 夫人 师傅 老师 医生 大夫 阿姨 叔叔 大爷 大妈 大姐 大哥 奶奶 爷爷 经理 老板 主任 师母
    """
_FAMILIAR = "小老阿大"
"""小刘, 老王: a way to call somebody, in which the first character is no surname."""
_compound = cache(lambda: frozenset(_TWO_CHARACTERS.split()))
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{1,4}")


class Parts(NamedTuple):
    """A name in its parts; what cannot be told apart is all in ``family``."""

    family: str
    given: str = ""
    title: str = ""


def parts_of(name: str) -> Parts:
    """王建国 is 王 and 建国, 欧阳娜娜 is 欧阳 and 娜娜, 王女士 is 王 with a title; what is no such name stays whole."""
    title = next((one for one in _TITLES_OF_ADDRESS.split() if name.endswith(one) and name != one), "")
    bare = name.removesuffix(title) if title else name
    if not _HAN.fullmatch(bare) or (bare[0] in _FAMILIAR and len(bare) < 3):
        return Parts(name)
    family = bare[:2] if bare[:2] in _compound() and (len(bare) > 2 or title) else bare[:1]
    given = bare[len(family) :]
    return Parts(name) if not given and not title else Parts(family, given, title)
