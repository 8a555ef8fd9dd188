"""A shop that has something to print of every kind, and the command for each paper.

The clock stands at 20 May 2026: an air conditioner was delivered, put up a day late, repaired, broken again and is in
the workshop, with another one lent meanwhile.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.plain import writing

TODAY = "2026-05-20"
NAME, ADDRESS = "王建国", "杭州市西湖区文三路100号3幢2单元201"
PAPERS = {
    "delivery": "delivery sheet DE26-0001",
    "planned": "delivery sheet SA26-0002",
    "label": "sale label SA26-0001",
    "installation": "installation sheet IN26-0001",
    "to-install": "installation sheet SA26-0002",
    "card": "unit card SA26-0001/1",
    "new-card": "unit card SA26-0002/1",
    "slip": "claim slip CL26-0002",
    "receipt": "claim receipt CL26-0002",
    "verdict": "claim letter CL26-0002",
    "late": "promise apology SA26-0001/1/install",
    "broken": "promise apology PM26-0001",
    "breach": "promise apology IN26-0001/asked-for",
    "leaflet": "product leaflet PR26-0001",
}
"""Each paper with the words that print it; one page each."""
CODES = {
    "delivery": "DE26-0001",
    "planned": "SA26-0002",
    "label": "SA26-0001/1",
    "installation": "IN26-0001",
    "to-install": "SA26-0002",
    "card": "SA26-0001/1",
    "new-card": "SA26-0002/1",
    "slip": "CL26-0002",
    "receipt": "CL26-0002",
    "verdict": "CL26-0002",
    "late": "SA26-0001/1/install",
    "broken": "PM26-0001",
    "breach": "IN26-0001/asked-for",
    "leaflet": "PR26-0001",
}
"""The id that each paper is about."""
OF_NOBODY = frozenset({"leaflet"})
"""Papers that are for whoever asks, and name no customer."""
FILES = {
    "aftercare.yaml": (
        "shop:\n  name: 阳光家电\n  address: 杭州市拱墅区湖墅北路999号\n  phone: 0571-00002000\n"
        "  services: [免费送货, 免费安装]\n  hours: 8:30-18:00\n"
        "country: CN\nregion: Zhejiang\ncurrency: CNY\ngit: no\n"
    ),
    "policies/ours.yaml": (
        "id: ours\nissuer: shop\ntitle: {en: Ours, zh: 本店}\n"
        "materials:\n- {id: pipe, en: extra pipe per metre, zh: 加长铜管, price: 120}\n"
        "credo:\n"
        "- {id: word, text: {en: We keep our word and are there in time., zh: 言而有信，约好的时间准时到。}}\n"
        "- {id: tell, text: {en: Who waits is told in time., zh: 让顾客等，就及时告诉顾客。}}\n"
        "- {id: guest, text: {en: At your home we are guests and leave it clean., zh: 上门是客，走时干净。}}\n"
        "- {id: amends, text: {en: What we did wrong we own up to and make good., zh: 做错了就认，就补救。}}\n"
        "- {id: care, text: {en: Care for the customer is our first task., zh: 关怀顾客是我们最大的使命。}}\n"
    ),
    "staff/2026/ST26-0001.yaml": "id: ST26-0001\nname: 张师傅\nrole: technician\n",
    "products/2026/PR26-0001.yaml": (
        "id: PR26-0001\nname: 空调\nmodel: KFR-35GW\ncategory: split_air_conditioner\nmaker: 晨屿电器\n"
        "hotline: 0571-00000135\nmaker_parts: [{part: 压缩机, months: 120}]\naccessories: [遥控器]\n"
    ),
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-02\ninvoice: '26030001'\n"
        "items:\n- {product: PR26-0001, serial: KF35-2601-0311, price: 2899.00, agreed: 白色面板}\n"
        "told: {deliver: {by: 2026-03-03T18:00}, install: {by: 2026-03-04T18:00}}\n"
    ),
    "sales/2026/SA26-0002.yaml": (
        "id: SA26-0002\ncustomer: CU26-0001\nsold_on: 2026-05-19\ninvoice: '26050019'\n"
        "items:\n- {product: PR26-0001, serial: KF35-2604-0007, price: 2799.00}\n"
        "told: {deliver: {by: 2026-05-22T18:00}, install: {from: 2026-05-23T13:00, by: 2026-05-23T17:00}}\n"
    ),
    "deliveries/2026/DE26-0001.yaml": (
        "id: DE26-0001\nsale: SA26-0001\narranged_on: 2026-03-02\nperson: ST26-0001\nopened: yes\ndamage: none\n"
        "signed: {by: 王小明, at: 2026-03-03T10:45}\n"
    ),
    "installations/2026/IN26-0001.yaml": (
        "id: IN26-0001\nsale: SA26-0001\narranged_on: 2026-03-02\ntechnician: ST26-0001\n"
        "checklist: [抽真空, 垫高外机]\ntested: ok\nexplained: yes\nquestions: 怎么定时\nhotline_left: yes\n"
        "charged: 120\nmaterials: 加长铜管 1米\nagreed_beforehand: yes\nasked_for: 两包烟\n"
        "signed: {by: 王小明, at: 2026-03-06T11:00}\n"
    ),
    "claims/2026/CL26-0001.yaml": (
        "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-04-01\n"
        "fault: {found_on: 2026-04-01, symptom: 不制冷, kind: performance}\n"
        "repairs:\n- {in: 2026-04-01T09:00, by: ST26-0001, cause: 漏氟, done: 补焊加氟, out: 2026-04-03T16:00, "
        "result: fixed}\nclosed: {on: 2026-04-03}\n"
    ),
    "claims/2026/CL26-0002.yaml": (
        "id: CL26-0002\nunit: SA26-0001/1\nreported_on: 2026-05-16\n"
        "fault: {found_on: 2026-05-15, symptom: 不制冷, kind: performance, same_as: CL26-0001}\nasked: repair\n"
        "repairs:\n- in: 2026-05-16T10:00\n  by: ST26-0001\n  problem: 压缩机卡缸\n"
        "  waiting: [{from: 2026-05-17, for: 压缩机, because: no_parts}]\n"
        "loans:\n- {thing: 移动空调 MA-09, at: 2026-05-16T10:30}\n"
    ),
    "promises/2026/PM26-0001.yaml": (
        "id: PM26-0001\nto: CU26-0001\nwhat: 送一台电风扇\ndue: 2026-05-01\nmade_on: 2026-04-20\n"
        "broken: {on: 2026-04-30, reason: 断货}\napologised: {at: 2026-05-02, how: 改送滤网两片}\n"
    ),
}


def opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, name: str = NAME, address: str = ADDRESS, checks: int = 0
) -> Path:
    """The shop as files, in which the commands run from here on; with so many more *checks* of an installation."""
    files = {**FILES, "customers/2026/CU26-0001.yaml": _customer(name, address)}
    if checks:
        files["policies/ours.yaml"] += _checklist(checks)
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("AFTERCARE_TODAY", TODAY)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    return folder


def _customer(name: str, address: str) -> str:
    return (
        f"id: CU26-0001\nname: {writing.scalar(name, flow=True)}\nphones: ['12100002033']\n"
        f"address: {{text: {writing.scalar(address, flow=True)}, floor: 5楼无电梯}}\n"
        "needs: [elderly]\npreferences: [进门先换鞋]\n"
    )


def _checklist(count: int) -> str:
    items = "".join(
        f"  - {{id: step_{n}, en: hold the vacuum for five minutes at point {n}, "
        f"zh: 第{n}处保压五分钟并用肥皂水检漏}}\n"
        for n in range(1, count + 1)
    )
    return (
        "checklists:\n- id: split-ac\n  title: {en: Split air conditioner, zh: 分体式空调}\n"
        f"  category: split_air_conditioner\n  follows: own\n  items:\n{items}"
    )
