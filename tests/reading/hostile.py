"""Some two hundred bad files, made on the spot and always the same: cut, flipped, empty, endless, nested, locked, advertising, not what they say.

`files()` yields (path below the landing folder, bytes, codes of which one must be the reason; `read` where reading it is right too).
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

from . import make

Bad = tuple[str, bytes, frozenset[str]]
READ, EMPTY, BROKEN, UNKNOWN, LOCKED, HOSTILE, SPAM = (
    frozenset([c]) for c in ("read", "empty", "unreadable", "unknown_type", "encrypted", "hostile", "spam")
)
ANY = READ | EMPTY | BROKEN | UNKNOWN | LOCKED | HOSTILE | SPAM | {"timeout", "too_large", "unknown_layout"}
PROSE = "全县茶叶产量9000吨，增长1.5%，茶农户均增收三千元，新开茶园两百亩。"
PAGE = f"<html><head><title>茶事</title></head><body><div id='zoom'>{''.join(f'<p>第{n}段。{PROSE}</p>' for n in range(30))}</div></body></html>"
LAUGHS = "<!DOCTYPE a [<!ENTITY x0 'ha'>" + "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"


def files() -> Iterator[Bad]:
    """All of them; names are unique."""
    for n, family in enumerate(
        (cut, flipped, noise, blank, encoded, archives, entities, pdfs, containers, pages, endless, adverts, word, tables)
    ):
        for name, data, codes in family():
            folder = "tables" if family is tables else "articles"
            yield f"{folder}/{n:02}-{family.__name__}-{name}", data, codes


def good() -> dict[str, bytes]:
    """A sound document of each kind."""
    styled = make.docx(
        make.p("茶事", "Title") + "".join(make.p(f"第{n}段。{PROSE}") for n in range(30)) + make.table([["项", "数"], ["茶", "9"]])
    )
    return {
        "a.docx": styled,
        "a.pdf": make.pdf([[(30, 560 - 12 * n, PROSE[:30]) for n in range(40)]] * 3),
        "a.html": PAGE.encode(),
        "a.txt": (PROSE * 50).encode(),
    }


def cut() -> Iterator[Bad]:
    for name, data in good().items():
        for part in range(1, 11):
            codes = READ | BROKEN | EMPTY if name.endswith(("html", "txt", "pdf")) else BROKEN
            yield f"{part}-{name}", data[: len(data) * part // 11], codes | UNKNOWN if part == 1 else codes


def flipped() -> Iterator[Bad]:
    dice = random.Random(7)
    for name, data in good().items():
        for n in range(8):
            changed = bytearray(data)
            for _ in range(1 + n * 4):
                changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            yield f"{n}-{name}", bytes(changed), ANY


def noise() -> Iterator[Bad]:
    dice = random.Random(11)
    suffixes = ["txt", "md", "docx", "pdf", "html", "doc"]
    for n in range(24):
        yield f"{n}.{suffixes[n % 6]}", dice.randbytes(1 << (n // 2 + 3)), BROKEN | EMPTY | UNKNOWN | (READ if n < 4 else frozenset())
    for n, head in enumerate((b"%PDF-1.7\n", b"PK\x03\x04", make.OLE, b"<html>", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        yield f"head{n}.docx", head + dice.randbytes(5000), BROKEN | UNKNOWN | EMPTY | (READ if head == b"<html>" else frozenset())


def blank() -> Iterator[Bad]:
    for n, text in enumerate(
        ("", " ", "\n" * 999, "\u3000" * 99, "\t \r\n", "\ufeff", "\u200b\n", "\u00a0", "。，、！" * 9, "1234567890\n" * 99, "- - -")
    ):
        yield f"{n}.txt", text.encode(), EMPTY
    yield "a.html", b"<html><head><title>x</title></head><body></body></html>", EMPTY
    yield "b.html", "<html><body><script>var a='字，字。'</script></body></html>".encode(), EMPTY
    yield "c.html", b"<html><frameset><frame src='a.html'></frameset></html>", EMPTY
    yield "d.docx", make.docx(make.p("") * 50), EMPTY
    yield "e.pdf", make.pdf([[]] * 20), EMPTY


def encoded() -> Iterator[Bad]:
    text = PROSE * 20
    for name in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield f"{name}.txt", text.encode(name), READ
    for name in ("utf-16", "gb18030"):
        yield f"{name}.html", PAGE.encode(name), READ
    yield "shift.txt", text.encode("gb18030")[1:], ANY
    yield "mixed.txt", text.encode() + text.encode("gb18030"), BROKEN | READ
    yield "nul.txt", text.encode() + b"\0" + text.encode(), BROKEN
    yield "nuls.txt", bytes(4096), EMPTY | BROKEN
    yield "lost.txt", ("\ufffd" * 40 + PROSE).encode(), BROKEN
    yield "damaged.txt", ("锟斤拷" * 40 + PROSE).encode(), BROKEN
    yield "controls.txt", ("\x01\x02\x1b" * 40 + PROSE).encode(), BROKEN
    yield "latin.txt", b"caf\xe9 \xe0 la carte, \xfc\xf6\xe4\n" * 9, BROKEN
    yield "surrogate.txt", PROSE.encode() + b"\xed\xa0\x80" + PROSE.encode(), BROKEN


def archives() -> Iterator[Bad]:
    yield "bomb.docx", make.archive({"word/document.xml": bytes(150 * 2**20)}), HOSTILE
    yield "bomb.zip", make.archive({"a.txt": bytes(150 * 2**20)}), HOSTILE
    yield "sum.docx", make.archive({f"word/{n}.xml": bytes(9 * 2**20) for n in range(30)}), HOSTILE
    yield "parts.docx", make.archive({f"word/{n}.xml": b"" for n in range(6000)}), HOSTILE
    yield "twice.zip", make.archive({"inner.zip": make.archive({"a": bytes(2**20)})}), UNKNOWN
    yield "up.zip", make.archive({"../../etc/passwd": b"x", "/abs": b"y"}), UNKNOWN
    yield "none.zip", make.archive({}), UNKNOWN
    text = b"<w>" + b"x" * 5000
    lying = make.archive({"word/document.xml": text}).replace(len(text).to_bytes(4, "little"), (4000).to_bytes(4, "little"))
    yield "lying.docx", lying, BROKEN | HOSTILE
    yield "huge.docx", lying.replace((4000).to_bytes(4, "little"), (2**31).to_bytes(4, "little")), HOSTILE | BROKEN
    sound = bytearray(good()["a.docx"])
    for at in (sound.find(b"PK\x03\x04") + 6, sound.find(b"PK\x01\x02") + 8):
        sound[at] |= 1
    yield "locked.docx", bytes(sound), LOCKED
    yield "ofd.ofd", make.archive({"OFD.xml": b"<a/>"}), UNKNOWN
    yield "slides.pptx", make.archive({"ppt/presentation.xml": b"<a/>"}), UNKNOWN
    yield "sheet.docx", make.archive({"xl/workbook.xml": b"<a/>"}), UNKNOWN


def entities() -> Iterator[Bad]:
    body = f"<w:document {make.W}><w:body>{make.p('&x9;')}</w:body></w:document>"
    yield "laughs.docx", make.archive({"word/document.xml": LAUGHS + body}), HOSTILE
    outside = "<!DOCTYPE a [<!ENTITY x9 SYSTEM 'file:///etc/passwd'>]>"
    yield "outside.docx", make.archive({"word/document.xml": outside + body}), HOSTILE
    yield "styles.docx", make.archive({"word/document.xml": body.replace("&x9;", "字"), "word/styles.xml": LAUGHS + "<a/>"}), HOSTILE
    yield "utf16.docx", make.archive({"word/document.xml": (LAUGHS + body).encode("utf-16")}), HOSTILE | BROKEN
    late = "<!--" + "x" * 9000 + "-->" + LAUGHS + body
    yield "late.docx", make.archive({"word/document.xml": late}), HOSTILE | BROKEN | EMPTY
    yield "laughs.html", f"{LAUGHS}<html><body><p>{PROSE}&x9;</p></body></html>".encode(), READ | UNKNOWN | HOSTILE
    yield "laughs.xml", f"<?xml version='1.0'?>{LAUGHS}<a>&x9;</a>".encode(), UNKNOWN


def pdfs() -> Iterator[Bad]:
    catalogue = "<</Type/Catalog/Pages 2 0 R>>"
    bad = BROKEN | EMPTY | HOSTILE | frozenset(["timeout"])
    yield "loop.pdf", make.assemble([catalogue, "<</Type/Pages/Kids[2 0 R]/Count 1>>"]), bad
    yield "ring.pdf", make.assemble([catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"]), bad
    yield "self.pdf", make.assemble(["1 0 R"]), bad
    yield "count.pdf", make.assemble([catalogue, "<</Type/Pages/Kids[]/Count 99999999>>"]), bad
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    pages = [catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    packed = zlib.compress(zlib.compress(bytes(50 * 2**20))).decode("latin-1")
    yield "bomb.pdf", make.assemble([*pages, f"<</Length {len(packed)}/Filter[/FlateDecode/FlateDecode]>>stream\n{packed}\nendstream"]), bad
    yield "nested.pdf", make.assemble([*pages, f"<</Length 90000>>stream\n{'[' * 90000}\nendstream"]), bad
    yield "arrays.pdf", make.assemble([catalogue, "[" * 50000 + "]" * 50000]), bad
    yield "operators.pdf", make.assemble([*pages, f"<</Length 600000>>stream\n{'q ' * 300000}\nendstream"]), bad
    yield "box.pdf", make.pdf([[(30, 500, PROSE)]]).replace(b"[0 0 400 600]", b"[0 0 0 0]    "), bad | READ
    yield (
        "encrypted.pdf",
        make.pdf([[(30, 500, PROSE)]]).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Adobe.PubSec/V 4>>"),
        bad | LOCKED,
    )
    yield "standard.pdf", make.pdf([[(30, 500, PROSE)]]).replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>"), bad | LOCKED  # fmt: skip


def containers() -> Iterator[Bad]:
    yield "locked.docx", make.ole("EncryptedPackage", "EncryptionInfo"), LOCKED
    for name, stream in (("a.doc", "WordDocument"), ("b.xls", "Workbook"), ("c.ppt", "PowerPoint Document"), ("d.bin", "Strange")):
        yield name, make.ole(stream), UNKNOWN
    yield "cut.doc", make.OLE, UNKNOWN
    for n, head in enumerate(
        ("7b5c72746631", "526172211a0700", "377abcaf271c", "1f8b0800", "ffd8ffe0", "47494638", "7f454c46", "50415231")
    ):
        yield f"{n}.docx", bytes.fromhex(head) + bytes(200), UNKNOWN


def pages() -> Iterator[Bad]:
    yield "deep.html", ("<div>字，" * 100_000).encode(), HOSTILE
    yield "bold.html", ("<b>字，" * 5_000).encode(), HOSTILE
    yield "tables.html", ("<table><tr><td>字，" * 1_000).encode(), HOSTILE | BROKEN
    yield (
        "span.html",
        f"<html><body><p>{PROSE}</p><table><tr><td colspan=999999999 rowspan=999999999>1</td><td>2</td></tr><tr><td>3</td></tr></table>".encode(),
        ANY,
    )
    yield "attribute.html", f"<html><body><p class='{'x ' * 300_000}'>{PROSE}</p>".encode(), READ
    yield "attributes.html", ("<html><body><p " + " ".join(f"a{n}=1" for n in range(15_000)) + f">{PROSE}</p>").encode(), READ | HOSTILE
    yield "unclosed.html", f"<html><body><p>{PROSE}<p>{PROSE}<table><tr><td>".encode(), READ
    yield "comment.html", f"<html><body><!-- {PROSE}".encode(), EMPTY
    yield "hidden.html", f"<html><body><div style='display:none'>{PROSE}</div></body></html>".encode(), EMPTY
    yield "refs.html", ("<html><body><p>" + "&#x5b57;&amp;&nosuch;&#0;&#xffffff;" * 2000 + f"{PROSE}</p>").encode(), READ | BROKEN
    yield "many.html", ("<html><body>" + "<p>字。</p>" * 30_000).encode(), READ
    yield "page.doc", PAGE.encode(), READ
    yield "archive.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + PAGE.encode(), UNKNOWN


def endless() -> Iterator[Bad]:
    repeated = {
        "digits": "9" * 1_000_000, "decimals": "1." * 300_000, "commas": "1," * 300_000, "open": "（" * 500_000, "square": "【" * 300_000,
        "quotes": "“" * 300_000, "lines": "一\n" * 300_000, "label": "来源：" * 200_000, "labels": "来源：\n" * 200_000, "days": "2024年1月1日" * 60_000,
        "dated": "2024年1月1日在" * 60_000, "assembly": "在第一届人民代表大会" * 60_000, "title": "关于" * 200_000, "blanks": "X" * 500_000, "spaces": "字" + " " * 900_000,
        "breadcrumb": "首页 > " * 100_000, "years": "2024年" * 100_000, "report": "工作报告\n" * 100_000, "blank figures": "＿" * 400_000, "speaker": "代表" * 300_000,
    }  # fmt: skip
    for name, text in repeated.items():
        yield f"{name}.txt", (PROSE + "\n" + text + "\n" + PROSE).encode(), READ | SPAM
    for name in ("label", "dated", "open", "report"):
        yield f"{name}-first.txt", (repeated[name] + PROSE).encode(), READ
    yield "matter.md", ("---\n" + "a: &a [x]\n" * 300 + "---\n" + PROSE).encode(), READ
    yield "yaml.md", ("---\ntitle: " + "[" * 3000 + "\n---\n" + PROSE).encode(), READ


def adverts() -> Iterator[Bad]:
    for n, words in enumerate(
        ("真人荷官在线发牌", "首存送八百，提现秒到", "彩票投注请加微信", "百家乐官网入口", "老虎机任你玩", "棋牌 立即注册 天天送")
    ):
        yield f"{n}.txt", (PROSE * 20 + words + PROSE * 20).encode(), SPAM
        yield f"{n}.docx", make.docx([PROSE] * 20 + [words] + [PROSE] * 20), SPAM
    yield "template.txt", ("全县生产总值XX亿元，增长X.X%；财政收入XX亿元，增长XX%；新增就业XXX人。" * 5).encode(), SPAM
    yield "form.txt", ("完成投资____亿元，改造小区___个，修路____公里，栽树___亩。" * 5).encode(), SPAM


def word() -> Iterator[Bad]:
    yield "tables.docx", make.docx("<w:tbl><w:tr><w:tc>" * 80 + make.p(PROSE) + "</w:tc></w:tr></w:tbl>" * 80), READ | HOSTILE
    yield "deep.docx", make.docx("<w:sdt><w:sdtContent>" * 5000 + make.p(PROSE) + "</w:sdtContent></w:sdt>" * 5000), BROKEN | HOSTILE
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>' + make.p("1") + "</w:tc>"
    yield "span.docx", make.docx(make.p(PROSE) + make.table([[wide] * 20] * 20)), READ | HOSTILE
    yield "many.docx", make.docx(make.p(PROSE) * 20_000), READ | HOSTILE
    yield (
        "levels.docx",
        make.docx(make.p(PROSE, props='<w:outlineLvl w:val="-5"/>') + make.p(PROSE, props='<w:outlineLvl w:val="99999"/>')),
        READ,
    )
    styles = f'<w:styles {make.W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    yield "ring.docx", make.docx(make.p(PROSE, "a"), styles=styles), READ
    yield "foreign.docx", make.archive({"word/document.xml": "<html><body>字</body></html>"}), EMPTY
    yield "binary.docx", make.archive({"word/document.xml": random.Random(3).randbytes(999)}), BROKEN


def tables() -> Iterator[Bad]:
    yield "prose.txt", (PROSE * 9).encode(), UNKNOWN | READ
    yield "blank.csv", b",,,\n,,,\n", EMPTY
    yield "wide.csv", b",".join([b"1"] * 20_000), frozenset(["too_large"])
    yield "bomb.xlsx", make.archive({"xl/workbook.xml": bytes(150 * 2**20)}), HOSTILE
    yield "broken.xlsx", make.archive({"xl/workbook.xml": b"<a/>"}), BROKEN | EMPTY
    yield "locked.xlsx", make.ole("EncryptedPackage"), LOCKED
    yield "picture.xls", b"\x89PNG\r\n\x1a\n" + bytes(99), UNKNOWN
    yield "page.xls", b"<html><body><table><tr><td>a</td></tr></table></body></html>", EMPTY | UNKNOWN | READ
