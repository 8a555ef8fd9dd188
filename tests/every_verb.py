"""Every verb that writes, one row each, on one small book: what to type, and what then stands in which file.

Whatever must hold for every writing command (a kill, a full disk, a second writer, a strange clock) goes through
:data:`EVERY`.  ``tests/test_every_verb.py`` proves that no verb is missing and that each row does what it says.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click

from aftercare.cli import root, run
from aftercare.commands.verbs import Steps
from aftercare.records.names import BY_NAME
from tests import counter

TODAY = counter.TODAY
EDITOR = "sed -i -e '$a note: edited'"
"""An editor that adds a line and is done."""
ENVIRONMENT = {"AFTERCARE_TODAY": TODAY, "AFTERCARE_LANG": "en", "EDITOR": EDITOR}
"""What the environment says while a row runs; ``VISUAL``, ``AFTERCARE_BOOK`` and ``AFTERCARE_DEBUG`` say nothing."""
SILENT = ("VISUAL", "AFTERCARE_BOOK", "AFTERCARE_DEBUG", "NO_COLOR", "FORCE_COLOR")

SETUP = (
    "customer add --name 赵无事 --phone 13700137000",
    "product add --name 电饭煲 --category 电饭煲 --model CF-40",
    "product tell-maker PR26-0001 --what 外机异响",
    "staff add --name 小赵",
    "delivery add --sale SA26-0003 --arranged-on 2026-03-06",
    "delivery sign DE26-0003 --by 单雪梅 --opened --damage 外壳划痕 --at 2026-03-06",
    "installation add --sale SA26-0001 --technician ST26-0001 --arranged-on 2026-03-05",
    "claim add --unit SA26-0002/2 --found-on 2026-03-09 --symptom 漏水 --severity safety",
    "claim repair CL26-0002 in --problem 漏水 --by ST26-0001",
    "claim lend CL26-0002 落地扇一台",
    "claim add --unit SA26-0001/1 --found-on 2026-03-09 --symptom 异响",
    "claim repair CL26-0003 in --problem 异响",
    "claim repair CL26-0003 wait --for 压缩机 --because no_parts_from_producer",
    "visit add --customer CU26-0002 --channel home --purpose inspection --outcome reached --by ST26-0001",
    "complaint add --customer CU26-0001 --about SA26-0001/1 --what 约好的时间没来",
    "complaint add --customer CU26-0002 --about SA26-0002/2 --what 漏水 --incident danger",
    "complaint answer CO26-0002 --says 明天上午重新上门",
    "complaint resolve CO26-0002 --how 已重新安装",
    "promise add --to CU26-0002 --what 寄目录 --due 2026-03-12",
    "promise break PM26-0002 --reason 目录停印",
    "part add --name 压缩机 --number KF35-COMP --cost 420 --reorder-at 1 --reorder-qty 3",
    "part receive PA26-0001 --qty 5 --cost 420",
    "part add --name 电容 --number CBB65",
    "wish add --customer CU26-0001 --about PR26-0001 --words 遥控器的字再大一点",
    "wish add --customer CU26-0002 --about PR26-0001 --words 再安静些",
    "wish answer WI26-0002 --says 已列入明年的设计 --taken-up",
    "enquiry add --customer CU26-0001 --about PR26-0001 --question 三口之家用多大的 --material what=说明书",
    "enquiry add --customer CU26-0002 --about PR26-0001 --question 能不能上门量",
    "enquiry appoint EN26-0002 --meet-by 2026-03-11T15:00",
    "offer add --title 三月 --published-on 2026-03-01 --product PR26-0002 --price goods=折叠椅,price=50"
    " --gives what=gift,words=坐垫,within=9d",
    "offer add --title 果汁买一赠一 --since 2026-03-09 --until 2026-03-20 --published-on 2026-03-09 --product PR26-0002"
    " --published where=橱窗,at=2026-03-09",
    "sale add --customer CU26-0001 --product PR26-0001 --price 3299",
    "offer misprint OF26-0002 --says 两瓶3元 --meant 第一瓶7元",
    "event add --name 老顾客联欢 --at 2026-03-20T14:00 --place 店内 --guest customer=CU26-0001",
    "event add --name 茶话会 --at 2026-03-09T14:00 --place 店内 --planned-on 2026-03-01 --guest customer=CU26-0001",
    "points give --customer CU26-0001 --points 500 --reason 店庆",
    "points redeem --customer CU26-0001 --points 100 --for 雨伞 --hand-over-by 2026-03-21",
)
"""What is typed in the small shop of :mod:`tests.counter` to make the book on which every row works."""

BESIDE = {
    "phone.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:赵三\nTEL:13600136003\nEND:VCARD\n",
    "customers.csv": "姓名,电话,地址\n钱一,13600136001,文一路1号\n孙二,13600136002,文一路2号\n",
    "goods.csv": "型号,品名,类别\nPX-77,排水泵,配件\n",
    "orders.csv": (
        "订单号,下单时间,姓名,电话,地址,商品,型号,数量,单价,承诺送达,送达时间\n"
        "A1,2026/3/4,李梅,13900139001,文二路,冰箱,BCD-200,1,2000,2026/3/6,2026/3/6 10:00\n"
        "A2,2026/3/5,赵云,13700137001,文一路,微波炉,WB-20,1,400,2026/3/12,\n"
    ),
    "three.jsonl": "".join(f'{{"name": "周{n}", "phones": ["1350013500{n}"]}}\n' for n in range(3)),
}
"""Files that rows name; they lie in the book's folder, where nothing takes them for records."""


class Row(NamedTuple):
    """One verb that writes.

    ``verb`` is its place in the tree of commands, ``line`` what is typed in the book's folder, ``then`` what stands in
    its files when it happened and did not before: pieces of text by the record's id, or by a file's path; ``way`` tells
    several rows of one verb apart.
    """

    verb: str
    line: str
    then: Mapping[str, str]
    way: str = ""

    @property
    def argv(self) -> list[str]:
        """The words of the line."""
        return shlex.split(self.line)

    @property
    def name(self) -> str:
        """A short name for reports."""
        return f"{self.verb} {self.way}".strip()

    def happened(self, files: Mapping[str, bytes]) -> bool:
        """Whether all of it stands in these *files* of a book, by their paths."""
        texts = {Path(file).stem if file.count("/") == 2 else file: data.decode() for file, data in files.items()}
        return all(piece in texts.get(where, "") for where, piece in self.then.items())

    def begun(self, files: Mapping[str, bytes]) -> bool:
        """Whether any of it does."""
        return any(Row(self.verb, self.line, {where: piece}).happened(files) for where, piece in self.then.items())


EDITABLE = {
    "customer": "CU26-0001",
    "product": "PR26-0001",
    "sale": "SA26-0002",
    "delivery": "DE26-0001",
    "installation": "IN26-0001",
    "claim": "CL26-0001",
    "visit": "VI26-0001",
    "complaint": "CO26-0001",
    "promise": "PM26-0001",
    "part": "PA26-0001",
    "wish": "WI26-0001",
    "enquiry": "EN26-0001",
    "offer": "OF26-0001",
    "event": "EV26-0001",
    "points": "PT26-0002",
    "staff": "ST26-0001",
}
"""A record of each kind that ``set`` and ``edit`` change."""
REMOVABLE = {
    **EDITABLE,
    "customer": "CU26-0003",
    "product": "PR26-0003",
    "sale": "SA26-0004",
    "staff": "ST26-0002",
    "delivery": "DE26-0003",
    "part": "PA26-0002",
}
"""A record of each kind to which no other refers."""

OF_EVERY_NOUN = tuple(
    row
    for kind, record in EDITABLE.items()
    for row in (
        Row(f"{kind} set", f"{kind} set {record} note=changed", {record: "note: changed\n"}),
        Row(f"{kind} edit", f"{kind} edit {record}", {record: "note: edited\n"}),
        Row(f"{kind} remove", f"{kind} remove {REMOVABLE[kind]} --yes --reason mistake", {REMOVABLE[kind]: "removed:"}),
    )
)
ADDED = (
    Row("customer add", "customer add --name 新客 --phone 13512345678", {"CU26-0004": "name: 新客"}),
    Row(
        "customer add", "customer add --from three.jsonl",
        {"CU26-0004": "周0", "CU26-0005": "周1", "CU26-0006": "周2"}, "from a file",
    ),
    Row("customer forget", "customer forget CU25-0007 --yes --owing", {"CU25-0007": "forgotten:"}),
    Row("product add", "product add --name 风扇 --category 电风扇", {"PR26-0004": "name: 风扇"}),
    Row("sale add", "sale add --customer CU26-0001 --product PR26-0003 --price 99", {"SA26-0005": "PR26-0003"}),
    Row(
        "sale add", "sale add --name 新客 --phone 13512345678 --product PR26-0003 --price 99",
        {"SA26-0005": "customer: CU26-0004", "CU26-0004": "name: 新客"}, "to a newcomer",
    ),
    Row("delivery add", "delivery add --sale SA26-0002 --items 2", {"DE26-0004": "sale: SA26-0002"}),
    Row("installation add", "installation add --sale SA26-0002 --items 2", {"IN26-0002": "sale: SA26-0002"}),
    Row("claim add", "claim add --unit SA26-0001/1 --found-on 2026-03-09 --symptom 漏电", {"CL26-0004": "漏电"}),
    Row("visit add", "visit add --customer CU26-0001 --outcome reached --purpose other", {"VI26-0003": "CU26-0001"}),
    Row(
        "visit add",
        "visit add --customer CU26-0001 --outcome reached --purpose other --wish 小一号的锅 --complaint 太吵"
        " --promise 寄新目录=2026-03-13",
        {"VI26-0003": "heard:", "WI26-0003": "小一号的锅", "CO26-0003": "太吵", "PM26-0003": "寄新目录"},
        "with all that was heard",
    ),
    Row("complaint add", "complaint add --customer CU26-0001 --what 太吵", {"CO26-0003": "太吵"}),
    Row("promise add", "promise add --to CU26-0001 --what 回电话 --due 2026-03-12", {"PM26-0003": "回电话"}),
    Row("part add", "part add --name 排水泵 --number PX-2", {"PA26-0003": "排水泵"}),
    Row("wish add", "wish add --customer CU26-0001 --words 三角形的", {"WI26-0003": "三角形的"}),
    Row("enquiry add", "enquiry add --customer CU26-0001 --question 还有货吗", {"EN26-0003": "还有货吗"}),
    Row(
        "enquiry add", "enquiry add --name 何静 --phone 12800128001 --question 还有货吗",
        {"EN26-0003": "CU26-0004", "CU26-0004": "何静"}, "of a newcomer",
    ),
    Row("offer add", "offer add --title 送装一体 --gives what=gift,words=抹布", {"OF26-0003": "送装一体"}),
    Row("event add", "event add --name 开放日 --at 2026-04-01T09:00", {"EV26-0003": "开放日"}),
    Row("points add", "points add --customer CU26-0001 --given 10 --reason 补记", {"PT26-0003": "given: 10"}),
    Row("staff add", "staff add --name 小刘", {"ST26-0003": "小刘"}),
    Row("import", "import customer customers.csv", {"CU26-0004": "钱一", "CU26-0005": "孙二"}, "of customers"),
    Row(
        "import", "import sale orders.csv",
        {"SA26-0005": "A1", "SA26-0006": "A2", "CU26-0004": "李梅", "PR26-0005": "WB-20", "DE26-0004": "A1"},
        "of orders",
    ),
    Row("import", "import contacts phone.vcf", {"CU26-0004": "赵三"}, "of cards"),
    Row("import", "import product goods.csv --keep-good", {"PR26-0004": "PX-77"}, "of another kind"),
)  # fmt: skip
OWN = (
    Row("init", "init new --name 新店 --country CN --no-git", {"new/aftercare.yaml": "shop: 新店"}),
    Row(
        "renumber",
        "renumber CU26-0001 --to CU26-0009",
        {"CU26-0009": "formerly:", "SA26-0001": "customer: CU26-0009", "PM26-0001": "to: CU26-0009"},
    ),
    Row("attach", "attach CL26-0001 customers.csv --what 顾客名单", {"CL26-0001": "顾客名单"}),
    Row("accept", "accept SA26-0001/1/late-delivery --reason 大雪封路", {"PM26-0003": "大雪封路"}),
    Row("policy new", "policy new shop our-promise", {"policies/our-promise.yaml": "our-promise"}),
    Row("product tell-maker", "product tell-maker PR26-0001 --what 压缩机两起", {"PR26-0001": "压缩机两起"}),
    Row("product maker-answer", "product maker-answer PR26-0001 --answer 换批次", {"PR26-0001": "换批次"}),
    Row("sale retire", "sale retire SA25-0009/1 --reason 已报废", {"SA25-0009": "已报废"}),
    Row("sale give", "sale give SA26-0002", {"SA26-0002": "given:"}),
    Row("sale pay-back", "sale pay-back SA26-0002 --amount 8", {"SA26-0002": "paid_back:"}),
    Row("delivery dispatch", "delivery dispatch DE26-0002 --by ST25-0001", {"DE26-0002": "dispatched_at:"}),
    Row("delivery attempt", "delivery attempt DE26-0002 --outcome nobody_home", {"DE26-0002": "nobody_home"}),
    Row(
        "delivery postpone",
        "delivery postpone SA26-0001 --to 2026-03-12 --asked-by customer --reason 出差",
        {"DE26-0002": "moved:"},
    ),
    Row("delivery tick", "delivery tick DE26-0002 穿鞋套", {"DE26-0002": "穿鞋套"}),
    Row("delivery sign", "delivery sign DE26-0002 --by 王建国 --opened --damage none", {"DE26-0002": "signed:"}),
    Row("delivery make-good", "delivery make-good DE26-0003 --how 换外壳 --amount 50", {"DE26-0003": "换外壳"}),
    Row(
        "installation postpone",
        "installation postpone IN26-0001 --to 2026-03-12 --asked-by customer --reason 出差",
        {"IN26-0001": "moved:"},
    ),
    Row("installation start", "installation start IN26-0001", {"IN26-0001": "started_at:"}),
    Row("installation tick", "installation tick IN26-0001 抽真空", {"IN26-0001": "抽真空"}),
    Row("installation sign", "installation sign IN26-0001 --by 王建国 --tested ok", {"IN26-0001": "signed:"}),
    Row("claim repair in", "claim repair CL26-0001 in --problem 不制冷", {"CL26-0001": "problem: 不制冷"}),
    Row("claim repair wait", "claim repair CL26-0002 wait --for 人手 --because repairer_delay", {"CL26-0002": "人手"}),
    Row("claim repair resume", "claim repair CL26-0003 resume", {"CL26-0003": "to: 2026-03-10"}),
    Row("claim repair out", "claim repair CL26-0002 out --done 换管 --result fixed", {"CL26-0002": "换管"}),
    Row(
        "claim decide", "claim decide CL26-0001 repair",
        {"CL26-0001": "remedy: repair", "CL26-0001.verdict-1": '"claim":"CL26-0001"'},
    ),
    Row("claim refuse", "claim refuse CL26-0001 refund --reason 人为摔坏", {"CL26-0001": "人为摔坏"}),
    Row("claim replace", "claim replace CL26-0001 --serial KF35-077", {"CL26-0001": "KF35-077"}),
    Row("claim return", "claim return CL26-0001 --complete", {"CL26-0001": "returned:"}),
    Row("claim refund", "claim refund CL26-0001 --amount 3099", {"CL26-0001": "refunded:"}),
    Row("claim lend", "claim lend CL26-0001 落地扇", {"CL26-0001": "落地扇"}),
    Row("claim take-back", "claim take-back CL26-0002", {"CL26-0002": "back"}),
    Row("claim make-safe", "claim make-safe CL26-0002 --how 断电", {"CL26-0002": "断电"}),
    Row("claim tell-maker", "claim tell-maker CL26-0002 --how 传真", {"CL26-0002": "传真"}),
    Row("claim close", "claim close CL26-0001 --reason 已自行修好", {"CL26-0001": "closed:"}),
    Row("visit tick", "visit tick VI26-0002 穿鞋套", {"VI26-0002": "穿鞋套"}),
    Row("complaint acknowledge", "complaint acknowledge CO26-0001 --how 电话告知", {"CO26-0001": "电话告知"}),
    Row("complaint assign", "complaint assign CO26-0001 --to ST26-0001", {"CO26-0001": "assigned:"}),
    Row("complaint investigate", "complaint investigate CO26-0001 --cause 漏单", {"CO26-0001": "漏单"}),
    Row("complaint ask", "complaint ask CO26-0001 --what 发票照片 --why 保修", {"CO26-0001": "发票照片"}),
    Row("complaint pass-on", "complaint pass-on CO26-0001 --to 厂家 --what 召回否", {"CO26-0001": "passed_on:"}),
    Row("complaint answer", "complaint answer CO26-0001 --says 明天上门", {"CO26-0001": "明天上门"}),
    Row("complaint resolve", "complaint resolve CO26-0001 --how 已上门", {"CO26-0001": "已上门"}),
    Row("complaint confirm", "complaint confirm CO26-0002 --satisfied", {"CO26-0002": "confirmed:"}),
    Row("complaint reopen", "complaint reopen CO26-0002 --reason 又漏", {"CO26-0002": "又漏"}),
    Row("complaint withdraw", "complaint withdraw CO26-0001 --reason 误会", {"CO26-0001": "误会"}),
    Row("complaint make-safe", "complaint make-safe CO26-0002 --how 断电", {"CO26-0002": "断电"}),
    Row("complaint tell-maker", "complaint tell-maker CO26-0002 --how 传真", {"CO26-0002": "传真"}),
    Row(
        "promise postpone", "promise postpone PM26-0001 --to 2026-03-12 --asked-by customer --reason 出差",
        {"PM26-0001": "moved:"},
    ),
    Row("promise inform", "promise inform PM26-0001 --what 明天才到", {"VI26-0003": "明天才到"}),
    Row("promise keep", "promise keep PM26-0001 --how 已送到", {"PM26-0001": "kept:"}),
    Row("promise release", "promise release PM26-0001 --reason 不用了", {"PM26-0001": "released:"}),
    Row("promise break", "promise break PM26-0001 --reason 停产", {"PM26-0001": "broken:"}),
    Row("promise apologise", "promise apologise PM26-0002 --how 电话致歉", {"PM26-0002": "apologised:"}),
    Row("part order", "part order PA26-0001 --qty 5", {"PA26-0001": "ordered:"}),
    Row("part receive", "part receive PA26-0002 --qty 2", {"PA26-0002": "received:"}),
    Row("part use", "part use PA26-0001 --qty 1 --for CL26-0002", {"PA26-0001": "used:"}),
    Row("part count", "part count PA26-0001 --qty 4", {"PA26-0001": "counted:"}),
    Row("part write-off", "part write-off PA26-0001 --qty 1 --reason 摔坏", {"PA26-0001": "摔坏"}),
    Row("wish pass-on", "wish pass-on WI26-0001 WI26-0002 --to 厂家", {"WI26-0001": "厂家", "WI26-0002": "厂家"}),
    Row("wish answer", "wish answer WI26-0001 --says 明年加大", {"WI26-0001": "明年加大"}),
    Row("wish tell", "wish tell WI26-0002 --how 电话告知", {"WI26-0002": "told:"}),
    Row(
        "wish realise", "wish realise WI26-0001 WI26-0002 --what 大字版",
        {"WI26-0001": "大字版", "WI26-0002": "大字版"},
    ),
    Row("wish withdraw", "wish withdraw WI26-0001 --reason 换了型号", {"WI26-0001": "withdrawn:"}),
    Row("enquiry answer", "enquiry answer EN26-0001 --what 1.5匹的够用", {"EN26-0001": "1.5匹的够用"}),
    Row("enquiry send", "enquiry send EN26-0001 --what 说明书", {"EN26-0001": "sent"}),
    Row("enquiry appoint", "enquiry appoint EN26-0001 --meet-by 2026-03-12T15:00", {"EN26-0001": "2026-03-12T15:00"}),
    Row(
        "enquiry postpone", "enquiry postpone EN26-0002 --to 2026-03-13T10:00 --asked-by customer --reason 加班",
        {"EN26-0002": "加班"},
    ),
    Row("enquiry call-off", "enquiry call-off EN26-0002 --reason 家里有事", {"EN26-0002": "家里有事"}),
    Row("enquiry met", "enquiry met EN26-0002 --said 量了客厅", {"EN26-0002": "量了客厅"}),
    Row("enquiry bought", "enquiry bought EN26-0001 --sale SA26-0004", {"EN26-0001": "SA26-0004"}),
    Row("enquiry close", "enquiry close EN26-0001 --reason 已在老家买了", {"EN26-0001": "closed:"}),
    Row("offer publish", "offer publish OF26-0001 --where 橱窗", {"OF26-0001": "橱窗"}),
    Row("offer misprint", "offer misprint OF26-0001 --says 5元 --meant 50元 --where 橱窗", {"OF26-0001": "misprint:"}),
    Row("offer correct", "offer correct OF26-0002 --everywhere", {"OF26-0002": "corrected"}),
    Row("offer supply", "offer supply OF26-0002 --how 调来300瓶", {"OF26-0002": "调来300瓶"}),
    Row("offer apologise", "offer apologise OF26-0002 --where 晚报", {"OF26-0002": "apologised:"}),
    Row("offer spend", "offer spend OF26-0002 --amount 600 --for 启事", {"OF26-0002": "启事"}),
    Row("offer withdraw", "offer withdraw OF26-0001 --reason 送完", {"OF26-0001": "送完"}),
    Row("event invite", "event invite EV26-0001 --customer CU26-0002", {"EV26-0001": "CU26-0002"}),
    Row("event answer", "event answer EV26-0001 --customer CU26-0001 --comes", {"EV26-0001": "comes"}),
    Row("event came", "event came EV26-0002 --customer CU26-0001", {"EV26-0002": "came"}),
    Row(
        "event heard", "event heard EV26-0002 --customer CU26-0001 --words 热闹 --wish 字再大点 --promise 寄目录=fri",
        {"EV26-0002": "热闹", "WI26-0003": "字再大点", "PM26-0003": "寄目录"},
    ),
    Row("event held", "event held EV26-0002", {"EV26-0002": "held_at:"}),
    Row("event cancel", "event cancel EV26-0001 --reason 大雪", {"EV26-0001": "大雪"}),
    Row("points give", "points give --customer CU26-0001 --points 100 --reason 周年", {"PT26-0003": "given: 100"}),
    Row("points redeem", "points redeem --customer CU26-0001 --points 300 --for 旅行", {"PT26-0003": "drawn: 300"}),
    Row("points hand-over", "points hand-over PT26-0002", {"PT26-0002": "handed_over:"}),
    Row("points cancel", "points cancel PT26-0002 --reason 改主意", {"PT26-0002": "cancelled:"}),
    Row("staff certify", "staff certify ST26-0001 电工证 --until 2032-06-30", {"ST26-0001": "电工证"}),
    Row(
        "staff train", "staff train ST25-0001 ST26-0001 --what 上门规范",
        {"ST25-0001": "上门规范", "ST26-0001": "上门规范"},
    ),
)  # fmt: skip
EVERY: tuple[Row, ...] = (*ADDED, *OF_EVERY_NOUN, *OWN)
"""Every verb that writes; one that writes several records, or in several ways, has several rows.

A new verb that writes gets its row in ``OWN``, one that only reads its name in ``READING``.
"""

READING_OF_EVERY_NOUN = frozenset({"list", "show"})
READING = frozenset(
    {
        *("due", "balance", "score", "score show", "check", "quality", "show", "find", "sql", "completion"),
        "attachments",
        *(f"customer {verb}" for verb in ("find", "timeline", "tree", "out-of-touch", "kindness", "benefits")),
        *(f"product {verb}" for verb in ("units", "quality", "services")),
        *("sale owed", "sale services", "unit remedies", "claim check", "complaint progress", "part stock"),
        *(f"{work} checklist" for work in ("delivery", "installation", "visit")),
        "log",
        *("wish progress", "offer sales", "offer cost", "event guests", "points balance", "points ledger"),
        *("staff work", "staff trainings"),
        *(f"policy {v}" for v in ("list", "categories", "show", "credo", "check", "test", "explain", "ask", "diff")),
        *(f"policy {verb}" for verb in ("upcoming", "sources", "calendar", "schema")),
        *(f"export {kind}" for kind in (*BY_NAME, "all")),
    }
)
"""The verbs that write nothing."""
PAPERS = frozenset(
    {
        *("product leaflet", "sale label", "delivery sheet", "installation sheet", "unit card", "promise apology"),
        *("claim letter", "claim slip", "claim receipt", "report", "report maker"),
        *("export calendar", "export contacts"),
        "policy schema",
    }
)
"""The verbs that write a page where they are told to, and nothing in the book."""

MENDING = frozenset({"doctor"})
"""The verbs that write where something is wrong already, which this book is without."""
UNDOING = frozenset({"undo"})
"""The verbs that write what another one wrote the other way round, in a book under git: ``tests.back_and_forth``."""


def tree_of_commands() -> Iterator[str]:
    """Every command by the words that call it, steps of a verb too."""
    top = root()
    yield from _below(top, click.Context(top, info_name="aftercare"), ())


def _below(command: click.Command, context: click.Context, words: Sequence[str]) -> Iterator[str]:
    if isinstance(command, Steps):
        yield from (" ".join((*words, step)) for step in command.steps)
    elif not isinstance(command, click.Group):
        yield " ".join(words)
    else:
        if command.invoke_without_command:
            yield " ".join(words)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _below(found, click.Context(found, parent=context, info_name=name), (*words, name))


@cache
def base_book(git: bool = False) -> Mapping[str, bytes]:
    """The files of the book on which every row works, by their paths; made once, by typing :data:`SETUP`."""
    with tempfile.TemporaryDirectory(prefix="aftercare-every-verb-") as scratch:
        folder = Path(scratch)
        laid_out(folder, {file: text.encode() for file, text in {**counter.FILES, **BESIDE, **_SPARE}.items()})
        with standing_in(folder):
            for line in SETUP:
                code, __, err = typed(line)
                if code:
                    raise AssertionError(f"{line}: {code} {err}")
        files = files_of(folder)
    if git:
        files["aftercare.yaml"] = files["aftercare.yaml"].replace(b"git: no", b"git: yes")
    return files


_SPARE = {
    "sales/2026/SA26-0003.yaml": (
        "id: SA26-0003\ncustomer: CU26-0002\nsold_on: 2026-03-05\nitems:\n- {product: PR26-0002, qty: 1, price: 58}\n"
    ),
}


def laid_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files into *folder*."""
    for file, data in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a book, by its path, but for the tool's own and git's."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {
        path.as_posix(): (folder / path).read_bytes() for path in found if not {".aftercare", ".git"} & set(path.parts)
    }


@contextlib.contextmanager
def standing_in(folder: Path, **environment: str) -> Iterator[None]:
    """The folder, clock, language and editor that rows are made for."""
    here, before = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    try:
        os.environ.update({**ENVIRONMENT, **environment})
        for name in SILENT:
            os.environ.pop(name, None)
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def typed(line: str) -> tuple[int, str, str]:
    """Run a line in this process: its exit code, and what it printed on stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(shlex.split(line))
    return code, out.getvalue(), err.getvalue()
