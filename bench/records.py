"""A book of any size for measuring: customers and everything that follows a sale, drawn from a fixed seed.

Most customers bought a fan: a sale, its delivery, a call.  One in twenty has a longer story, so that promises of every
kind are present: goods packed and put up, a claim with a repair that waits for a part, a loan and money decided, a
complaint with danger in it, a question, a training and a visit that left something to do, a birthday, words given; a
neighbour who was brought, asked and has an appointment, an event, points drawn for a gift, a benefit asked for.  What
a shop has only one of is there once: an offer that was misprinted, somebody whose certificate ends, a pack of its own.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from aftercare.records.words import PROMISE_KINDS

PRODUCTS = 10
LAST = date(2026, 11, 20)
IN_A_STORY = 20
"""Of so many customers one has the longer story."""
FILES_OF_STORY = 17 + len(PROMISE_KINDS)
OF_THE_SHOP = 7
"""So many files are there once, whatever the size: other goods, a part, an offer, a person, the pack, the settings."""
OWN_PACK = """\
id: ours
issuer: shop
title: Ours
benefits: [{id: cleaning, title: Cleaning, category: goods, within: {2020-01-01: {days: 1}}}]
"""


def write_book(folder: Path, records: int) -> None:
    """Write about *records* files into a new book."""
    rng = random.Random(4)
    folder.mkdir(parents=True)
    settings = "shop: bench\ncountry: CN\nregion: Zhejiang\ncurrency: CNY\ntime_zone: Asia/Shanghai\nlanguage: en\n"
    settings += "packs: [place, service-appliances, service-informing, service-prospects]\n"
    (folder / "aftercare.yaml").write_text(settings, encoding="utf-8")
    for number in range(1, PRODUCTS + 1):
        _write(folder, "products", f"PR26-{number:04}", f"name: fan {number}\ncategory: fan\nmodel: F-{number}\n")
    _write(folder, "products", "PR26-0011", "name: cooler\ncategory: air_conditioner\nmodel: K-1\nnature: [glass]\n")
    _write(folder, "products", "PR26-0012", "name: computer\ncategory: personal_computer\nmodel: P-1\n")
    _write(folder, "parts", "PA26-0001", "name: compressor\ncost: 420.00\nlead_days: 7\nreorder_at: 2\n")
    _write_house(folder)
    each = 4 + FILES_OF_STORY / IN_A_STORY
    for number in range(1, int((records - PRODUCTS - OF_THE_SHOP) / each) + 1):
        _write_customer(folder, number, LAST - timedelta(days=rng.randrange(300)), rng)
        if number % IN_A_STORY == 1:
            sold = LAST - timedelta(days=rng.randrange(2, 40))
            _write_story(folder, number, sold)
            _write_words(folder, number, sold)
            _write_neighbour(folder, number, sold - timedelta(days=30))


def _write_house(folder: Path) -> None:
    """What is owed to nobody in particular, and the rule of a benefit: each is there once, in a book of any size."""
    day = LAST - timedelta(days=60)
    _write(
        folder,
        "offers",
        "OF26-0001",
        f"title: 秋季送滤网\npublished_on: {day}\nmeets: {{products: [PR26-0011]}}\n"
        f"gives: [{{what: gift, words: 滤网一套, within: 0d}}]\npublished: [{{where: 晚报, at: {day}}}]\n"
        f"misprint: {{at: {LAST - timedelta(days=1)}, says: 送两套, meant: 送一套}}\n",
    )
    _write(folder, "staff", "ST26-0001", f"name: 张师傅\ncertificates: [{{name: 制冷作业证, until: {LAST}}}]\n")
    (folder / "policies").mkdir()
    (folder / "policies" / "ours.yaml").write_text(OWN_PACK, encoding="utf-8")


def _write_customer(folder: Path, number: int, sold: date, rng: random.Random) -> None:
    day = sold + timedelta(days=1)
    _write(
        folder,
        "customers",
        f"CU26-{number:04}",
        f"name: 王{number}\nphones: [121{number:08}]\nbirthday: 1970-{1 + number % 12:02}-{1 + number % 28:02}\n"
        f"address: {{text: 文三路{number}号, distance_km: 3}}\nsince: {sold}\n"
        f"consent: {{greetings: {'yes' if number % IN_A_STORY == 1 else 'no'}}}\n",
    )
    _write(
        folder,
        "sales",
        f"SA26-{number:04}",
        f'customer: CU26-{number:04}\nsold_on: {sold}\ninvoice: "{number:08}"\nitems:\n'
        f"- {{product: PR26-{rng.randrange(1, PRODUCTS + 1):04}, serial: F{number}, price: 58.00}}\n"
        f"told:\n  deliver: {{by: {day}T18:00}}\n",
    )
    _write(
        folder,
        "deliveries",
        f"DE26-{number:04}",
        f"sale: SA26-{number:04}\narranged_on: {sold}\ncharged: 0\nopened: yes\n"
        f"signed: {{by: 王{number}, at: {day}T{rng.randrange(9, 19):02}:20}}\n",
    )
    _write(
        folder,
        "visits",
        f"VI26-{number:04}",
        f"customer: CU26-{number:04}\nabout: [SA26-{number:04}/1]\nchannel: phone\npurpose: call_back\n"
        f"keeps: [SA26-{number:04}/1/call-back.1, SA26-{number:04}/1/call-back.2]\n"
        f"at: {min(day + timedelta(days=1), LAST)}T10:05\noutcome: {rng.choice(['reached', 'reached', 'no_answer'])}\n",
    )


def _write_story(folder: Path, number: int, sold: date) -> None:
    """A cooler put up and broken, a computer, a complaint, three visits that left something to do."""
    customer, sale = f"CU26-{number:04}", f"SA26-{50000 + number}"
    cooler, computer = f"{sale}/1", f"{sale}/2"
    _write(
        folder,
        "sales",
        sale,
        f"customer: {customer}\nsold_on: {sold}\nitems:\n- {{product: PR26-0011, serial: K{number}, price: 3299.00}}\n"
        f"- {{product: PR26-0012, price: 4299.00}}\ntold: {{deliver: {{by: {LAST}}}, install: {{by: {LAST}}}}}\n",
    )
    _write(
        folder, "deliveries", f"DE26-{50000 + number}", f"sale: {sale}\nsigned: {{by: 王, at: {sold}}}\ndamage: bent\n"
    )
    _write(folder, "installations", f"IN26-{number:04}", f"sale: {sale}\nitems: [1]\nsigned: {{by: 王, at: {sold}}}\n")
    _write(
        folder,
        "claims",
        f"CL26-{number:04}",
        f"unit: {cooler}\nreported_on: {sold}\nfault: {{symptom: 不制冷, severity: safety}}\n"
        f"repairs: [{{in: {sold}, waiting: [{{from: {sold}, for: PA26-0001, because: no_parts}}]}}]\n"
        f"loans: [{{thing: 电扇, at: {sold}}}]\ndecisions: [{{on: {sold}, remedy: replace}}]\n",
    )
    _write(
        folder,
        "claims",
        f"CL26-{50000 + number}",
        f"unit: {computer}\nreported_on: {sold}\nrepairs: [{{in: {sold}, out: {sold}, result: not_fixed}}]\n"
        f"loans: [{{thing: 备用机, at: {sold}}}]\ndecisions: [{{on: {sold}, remedy: refund}}]\n",
    )
    _write(
        folder,
        "complaints",
        f"CO26-{number:04}",
        f"customer: {customer}\nabout: [{cooler}]\nreceived_at: {sold}T10:00\nwhat: 冒火花\n"
        f"incident: {{kind: danger}}\nresolved: [{{at: {sold}T11:00}}]\npassed_on: [{{to: 厂家, promised: {sold}}}]\n",
    )
    for place, left in enumerate(("question: 怎么清洗\nsolved: no", "understood: partly", "undone: [室外机]")):
        purpose = ("advice", "training", "maintenance")[place]
        _write(
            folder,
            "visits",
            f"VI26-{50000 + 3 * number + place}",
            f"customer: {customer}\nabout: [{computer}]\nchannel: home\npurpose: {purpose}\nat: {sold}\n"
            f"outcome: reached\n{left}\n",
        )


def _write_words(folder: Path, number: int, sold: date) -> None:
    """A benefit asked for, points drawn for a gift, an event, and one word given of every kind."""
    customer, computer = f"CU26-{number:04}", f"SA26-{50000 + number}/2"
    _write(
        folder,
        "visits",
        f"VI26-{50000 + 3 * number + 3}",
        f"customer: {customer}\nabout: [{computer}]\nchannel: counter\npurpose: other\nat: {sold}\noutcome: reached\n"
        "wants: [{benefit: ours/cleaning}]\n",
    )
    _write(folder, "points", f"PT26-{2 * number:04}", f"customer: {customer}\non: {sold}\ngiven: 100\n")
    _write(folder, "points", f"PT26-{2 * number + 1:04}", f"customer: {customer}\non: {sold}\ndrawn: 50\nfor: 雨伞\n")
    _write(
        folder,
        "events",
        f"EV26-{number:04}",
        f"name: 联欢\nat: {LAST + timedelta(days=9)}T14:00\nplanned_on: {sold}\ninvite_by: {LAST}\n"
        f"guests: [{{customer: {customer}}}]\n",
    )
    for place, kind in enumerate(PROMISE_KINDS):
        _write(
            folder,
            "promises",
            f"PM26-{number * len(PROMISE_KINDS) + place:04}",
            f"to: {customer}\nwhat: {kind}\nmade_on: {sold}\ndue: {LAST - timedelta(days=place % 3)}\n",
        )


def _write_neighbour(folder: Path, number: int, sold: date) -> None:
    """Somebody brought by the customer of the story, who bought a fan and asked about the other goods."""
    customer = f"CU26-{50000 + number}"
    _write(
        folder,
        "customers",
        customer,
        f"name: 李{number}\nphones: [122{number:08}]\nreferred_by: CU26-{number:04}\nsince: {sold}\n",
    )
    _write(
        folder,
        "sales",
        f"SA26-{50001 + number}",
        f"customer: {customer}\nsold_on: {sold}\nitems: [{{product: PR26-0001, price: 58.00, taken: yes}}]\n",
    )
    asked = (
        (
            "PR26-0011",
            f"appointments: [{{made_at: {sold}, by: {LAST}}}]\nmaterial: [{{what: 说明书, asked_at: {sold}}}]",
        ),
        ("PR26-0012", f"advice: 够用\nanswered: [{{at: {sold}}}]"),
    )
    for place, (product, left) in enumerate(asked):
        _write(
            folder,
            "enquiries",
            f"EN26-{2 * number + place:04}",
            f"customer: {customer}\nat: {sold}\nabout: [{product}]\nquestion: 用多大的\n{left}\n",
        )


def _write(folder: Path, kind: str, record: str, text: str) -> None:
    place = folder / kind / "2026"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{record}.yaml").write_text(f"id: {record}\n{text}", encoding="utf-8")
