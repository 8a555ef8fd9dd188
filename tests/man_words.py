"""What stands in the pages for ``man`` beside the helps, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The headings, and what holds for every command."""

    name: str
    synopsis: str
    description: str
    commands: str
    options: str
    example: str
    see_also: str
    about: str
    anywhere: str
    codes: str
    exits: Mapping[str, str]
    environment: str
    settings: Mapping[str, str]
    files: str
    places: Mapping[str, str]


WORDS = {
    "en": Words(
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "COMMANDS",
        "OPTIONS",
        "EXAMPLE",
        "SEE ALSO",
        "A book is a folder under git with one YAML file for each customer, sale, delivery, claim and so on. Each "
        "record makes promises, or keeps them; the commands write records and tell what is owed. Data goes to stdout, "
        "everything else to stderr.",
        "These go with every command, in any position.",
        "EXIT STATUS",
        {
            "0": "Done, also when the list is empty.",
            "1": "A check found something; with --exit-code, something is due.",
            "2": "Wrong use of the command line.",
            "3": "A file of the book is not valid; what is valid was printed.",
            "4": "No such record, or several match.",
            "5": "Refused: it would break a rule of the book.",
            "6": "Saved, but the git commit did not happen.",
            "70": "A fault of the program, or an output that could not be written.",
            "75": "The book is locked by another process; try again.",
            "130": "Interrupted.",
        },
        "ENVIRONMENT",
        {
            "AFTERCARE_BOOK": "The book's folder, as -C.",
            "AFTERCARE_TODAY": "The day, or the time, to go by, as --today.",
            "AFTERCARE_LANG": "The language, as --lang.",
            "AFTERCARE_INDEX": "off: read the files as if there were no index, and write none.",
            "AFTERCARE_DEBUG": "1: show the whole of an unexpected fault, which may hold what records say.",
            "EDITOR, VISUAL": "What edit opens a record with.",
            "NO_COLOR, FORCE_COLOR": "Colours never, or always.",
        },
        "FILES",
        {
            "aftercare.yaml": "The settings of a book; the folder that holds it is the book.",
            ".aftercare/": "The index and the lock; may be deleted at any time.",
        },
    ),
    "zh": Words(
        "名称",
        "概要",
        "描述",
        "命令",
        "选项",
        "示例",
        "参见",
        "账本是 git 下的一个文件夹，每位客户、每笔销售、每次送货、每张保修单各是一个 YAML 文件。"
        "每条记录或作出承诺，或兑现承诺；命令写下记录，并说出还欠什么。数据写到标准输出，其余写到标准错误。",
        "下列选项可用于任何命令，写在任何位置。",
        "退出状态",
        {
            "0": "完成；列表为空也是 0。",
            "1": "检查有发现；用 --exit-code 时，有到期的事。",
            "2": "命令行用法不对。",
            "3": "账本里有文件无效；有效的照样列出。",
            "4": "没有这条记录，或有好几条符合。",
            "5": "拒绝：会违反账本的规则。",
            "6": "已保存，但 git 提交没有成功。",
            "70": "程序故障，或输出写不出去。",
            "75": "账本被另一个进程占用；请再试。",
            "130": "被中断。",
        },
        "环境变量",
        {
            "AFTERCARE_BOOK": "账本的文件夹，同 -C。",
            "AFTERCARE_TODAY": "以哪一天、什么时间为准，同 --today。",
            "AFTERCARE_LANG": "语言，同 --lang。",
            "AFTERCARE_INDEX": "off：不用索引，直接读文件，也不写索引。",
            "AFTERCARE_DEBUG": "1：显示意外故障的全部内容，其中可能有记录里的内容。",
            "EDITOR, VISUAL": "edit 用来打开记录的编辑器。",
            "NO_COLOR, FORCE_COLOR": "永不用颜色，或总用颜色。",
        },
        "文件",
        {
            "aftercare.yaml": "账本的设置；它所在的文件夹就是账本。",
            ".aftercare/": "索引和锁；随时可以删除。",
        },
    ),
}
"""By the language of the pages."""
