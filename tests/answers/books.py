"""Random books: a customer's sales, deliveries, installations, contacts and spoken promises around a few days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.answers.shop import BUYER, CHAIR, COOLER, record

AROUND = date(2026, 3, 5)


def moments_near(*edges: date) -> st.SearchStrategy[date]:
    """Days on, before and after the *edges*, near ones more often."""
    return st.builds(lambda edge, off: edge + timedelta(days=off), st.sampled_from(edges), st.integers(-3, 12))


def _whens() -> st.SearchStrategy[str]:
    """Days and times as they are written down."""
    days = moments_near(AROUND).map(date.isoformat)
    return st.one_of(days, st.builds(lambda day, hour: f"{day}T{hour:02}:00", days, st.integers(8, 20)))


def _ended() -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), st.just(""), _whens().map(lambda on: f"{{on: {on}}}"))


def _signed() -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), _whens().map(lambda at: f"{{by: 王建国, at: {at}}}"))


def _window(key: str) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), _whens().map(lambda by: f"{{{key}: {{by: {by}}}}}"))


def _moved() -> st.SearchStrategy[str]:
    who = st.sampled_from(["customer", "shop, agreed: yes", "shop"])
    return st.one_of(st.just(""), st.builds(lambda to, by: f"[{{to: {to}, asked_by: {by}}}]", _whens(), who))


def _items() -> st.SearchStrategy[str]:
    line = st.one_of(
        st.just(f"{{product: {COOLER}}}"),
        st.just(f"{{product: {CHAIR}, taken: yes}}"),
        st.integers(1, 4).map(lambda n: f"{{product: {CHAIR}, qty: {n}}}"),
    )
    return st.lists(line, min_size=1, max_size=2).map(lambda lines: f"[{', '.join(lines)}]")


@st.composite
def books(draw: st.DrawFn, customer: str = BUYER, first: int = 1) -> list[str]:
    """The records of one customer, their ids from the *first* number on."""
    wish = draw(st.sampled_from(["", "", "{calls: fewer}", "{calls: none}"]))
    greeted = draw(st.booleans())
    made = [
        record(
            customer,
            contact=wish,
            left=draw(_ended()),
            birthday="1958-03-08" if greeted else "",
            consent="{greetings: yes}" if greeted else "",
        )
    ]
    for number in range(first, first + draw(st.integers(1, 2))):
        made += draw(_sale_with_works(customer, number))
    if draw(st.booleans()):
        made.append(draw(_spoken(customer, first)))
    return made


@st.composite
def _sale_with_works(draw: st.DrawFn, customer: str, number: int) -> list[str]:
    sale = f"SA26-{number:04}"
    sold = draw(moments_near(AROUND)).isoformat()
    told = draw(st.one_of(_window("deliver"), _window("install")))
    made = [record(sale, customer=customer, sold_on=sold, items=draw(_items()), told=told, cancelled=draw(_ended()))]
    for at in range(draw(st.integers(0, 2))):
        part = draw(st.sampled_from(["", "", "[1]", "[{item: 1, qty: 1}]"]))
        made.append(
            record(
                f"DE26-{10 * number + at:04}",
                sale=sale,
                items=part,
                arranged_on=sold,
                moved=draw(_moved()),
                signed=draw(_signed()),
                cancelled=draw(_ended()),
            )
        )
    if draw(st.booleans()):
        made.append(record(f"IN26-{number:04}", sale=sale, arranged_on=sold, signed=draw(_signed())))
    for at in range(draw(st.integers(0, 3))):
        outcome = draw(st.sampled_from(["reached", "no_answer", "declined"]))
        about = draw(st.sampled_from([f"[{sale}]", f"[{sale}/1]", ""]))
        purpose = draw(st.sampled_from(["call_back", "revisit", "greeting", "apology"]))
        visit = f"VI26-{10 * number + at:04}"
        made.append(record(visit, customer=customer, about=about, purpose=purpose, outcome=outcome, at=draw(_whens())))
    if draw(st.booleans()):
        fact = draw(st.sampled_from(["released", "broken"]))
        said = {fact: f"{{on: {draw(_whens())}}}"}
        made.append(record(f"PM26-{100 + number:04}", of=f"{sale}/1/deliver", **said))
    return made


@st.composite
def _spoken(draw: st.DrawFn, customer: str, number: int) -> str:
    kept = draw(st.one_of(st.just(""), _whens().map(lambda at: f"{{at: {at}}}")))
    due = draw(st.one_of(st.just(""), _whens()))
    return record(f"PM26-{number:04}", to=customer, due=due, kept=kept, broken=draw(_ended()), moved=draw(_moved()))


def several() -> st.SearchStrategy[list[str]]:
    """The records of two customers."""
    return st.builds(lambda one, other: [*one, *other], books(), books(customer="CU26-0002", first=5))
