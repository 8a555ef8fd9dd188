"""What was written in another land is not read as ours: its bytes can be, and would give names that nobody has."""

from __future__ import annotations

import pytest

from aftercare.errors import InvalidInput
from aftercare.plain.encodings import recoded
from aftercare.plain.sheets import read
from aftercare.plain.vcards import read as cards

_KOREA = "이름,전화,주소\n김민수,010-1234-5678,서울특별시 강남구 테헤란로 12\n박지영,010-2345,부산광역시 해운대구\n"
_JAPAN = "氏名,電話番号,住所\n山田たろう,090-1234,東京都千代田区まるのうち\n鈴木ハナコ,080-1234,大阪府大阪市\n"
_JAPAN_IN_NAMES = (
    "氏名,電話番号,都道府県,市区町村,商品,数量,単価,金額\n"
    "山田太郎,090,東京都,千代田区,冷蔵庫,1,80000,80000\n鈴木花子,080,大阪府,堺市,洗濯機,1,60000,60000\n"
    "高橋健一,070,北海道,札幌市,電子炊飯器,2,20000,40000\n渡辺直樹,090,神奈川県,横浜市,扇風機,1,5000,5000\n"
    "伊藤誠,090,愛知県,名古屋市,掃除機,1,30000,30000\n"
)
_TAIWAN = "姓名,電話,地址\n陳淑芬,0912-345-678,臺北市信義區松仁路\n林志豪,0922-345-678,高雄市苓雅區\n"
EASTERN = {
    "euc-kr": (_KOREA, "euc_kr"),
    "cp949": (_KOREA, "cp949"),
    "euc-jp": (_JAPAN, "euc_jp"),
    "euc-jp in names alone": (_JAPAN_IN_NAMES, "euc_jp"),
    "shift-jis": (_JAPAN, "shift_jis"),
    "big5": (_TAIWAN, "big5"),
}
CENTRAL = {
    "polish": ("Imię,Miasto\nMichał Łuczak,Łódź\nGrażyna Wójcik,Kraków\n", "cp1250"),
    "polish, two names": ("Name,City\nMichał Nowak,Opole\nPrzełucki,Opole\n", "cp1250"),
    "hungarian": ("Név,Város\nKovács Győző,Győr\nSzabó Erzsébet,Fűzfő\n", "cp1250"),
    "czech": ("Name,City\nJiří Dvořák,Plzeň\nTomáš Černý,Kolín\nLenka Růžičková,Písek\n", "cp1250"),
    "slovene": ("Name,City\nJanez Kovačič,Žalec\nNina Potočnik,Škofja Loka\n", "cp1250"),
    "turkish": ("Ad,Şehir\nAyşe Yılmaz,İzmir\nMehmet Çelik,Eskişehir\nGül Doğan,Muğla\n", "cp1254"),
}


@pytest.mark.parametrize("name", EASTERN)
def test_a_list_from_abroad_does_not_become_customers_whom_nobody_can_call_by_their_name(name: str) -> None:
    """김민수 would have stood in the book as 辫刮荐 for good: every letter of it, and exit 0."""
    text, encoding = EASTERN[name]
    with pytest.raises(InvalidInput) as refused:
        read(text.encode(encoding), "f")
    assert [fault.code for fault in refused.value.faults] == ["encoding"]
    assert recoded(text.encode(encoding), chinese=True) is None


@pytest.mark.parametrize("name", CENTRAL)
def test_letters_of_central_europe_are_not_bent_into_those_of_western_europe(name: str) -> None:
    """Győző would have had letters to Gyõzõ, and Michał to Micha³."""
    text, encoding = CENTRAL[name]
    with pytest.raises(InvalidInput) as refused:
        read(text.encode(encoding), "f")
    assert [fault.code for fault in refused.value.faults] == ["encoding"]


def test_an_address_book_from_abroad_is_refused_too() -> None:
    """An old Korean phone writes no CHARSET either."""
    names = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n" for name in _KOREA.split("\n")[1:] if name)
    found = cards(names.encode("euc_kr"), "f")
    assert (found.cards, {fault.code for fault in found.faults}) == ([], {"encoding"})


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("姓名,电话\n王喆,138\n翀,139\n", "GB 18030"),
        ("姓名,电话,地址\n" + "李明,138,江西省吉安市吉安县\n" * 40, "GB 18030"),
        ("name,phone\n陈刚,138\n", "GB 18030"),
        ("客户,商品\n李丽,松下（ナショナル）电饭煲\n", "GB 18030"),
        ("Nome,Cidade\nJoão Simões,Camões\nÂngela,São Tomé\n", "Windows-1252"),
        ("Nom,Ville\nBenoît Août,Brûlon\nZoé Dûr,Nîmes\nLoïc Hélène,Besançon\n", "Windows-1252"),
        ("Nafn,Borg\nÞórður Jónsson,Reykjavík\nGuðný Bjarnadóttir,Höfn\n", "Windows-1252"),
        ("Navn,By\nSøren Kjærgård,Tårnby\nÅse Bjørn,Tromsø\n", "Windows-1252"),
        ("Name,Stadt\nMüller,Köln\nNovotný,Görlitz\nGroße,Weiß\n", "Windows-1252"),
        ("Nombre,Nota\nPeña,¿cuándo? 1ª vez\nMuñoz,Nº 12, 3 m³, £20\n", "Windows-1252"),
        ("Nome,Nota\nNicolò,è così più là perché\n", "Windows-1252"),
    ],
)
def test_what_is_ours_is_read_as_before(text: str, encoding: str) -> None:
    """Rare characters, the same address forty times, one name alone; every language that Windows-1252 is for."""
    sheet = read(text.encode("gb18030" if encoding == "GB 18030" else "cp1252"), "f")
    assert sheet.encoding == encoding
    assert sheet.rows[1].cells[0] in text
