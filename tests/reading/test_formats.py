"""Readers of one format each: what text they give, where it stood, what they refuse."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reading import docx, encoding, html, pdf, plain
from orchestration.reading.archive import Archive
from orchestration.reading.model import Refusal

from . import make

PROSE = "全县粮食总产量三十万吨，比前一年多收两成；新修水渠十二公里，惠及八个村。" * 3
TRADITIONAL = "全縣糧食總產量三十萬噸，比前一年多收兩成；新修水渠十二公里，惠及八個村，還種了樹。"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"])
def test_an_encoding_is_told_and_nothing_is_changed(name: str) -> None:
    text = "题目\r\n  " + PROSE + "\n\n尾行\t \r"
    assert encoding.decode(text.encode(name)) == text


def test_traditional_text_in_big5() -> None:
    assert encoding.decode(TRADITIONAL.encode("big5")) == TRADITIONAL


@pytest.mark.parametrize("text", ["全市的工作和发展", "宜昌夷陵枝江当阳", "ＧＤＰ，100"])
def test_a_few_words_in_gb18030(text: str) -> None:
    assert encoding.decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n\t \xe3\x80\x80", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"1234567890" * 50, "empty"),
        ("数据\0数据".encode(), "unreadable"),
        (bytes(range(128, 256)) * 9, "unreadable"),
        (b"abc\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10" * 30, "unreadable"),
        (("锟斤拷" * 40).encode(), "unreadable"),
        ("字".encode() * 50 + b"\xff\xfe\xfd", "unreadable"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        plain.read(data, "a.txt")
    assert refusal.value.code == code


@given(st.text("字一。，、\r\n\t a1%　\u200b\ufeff\u2028𠀀🙂", min_size=1))
def test_plain_text_is_stored_as_it_stands(text: str) -> None:
    stored = "字" + text
    content = plain.read(stored.encode(), "a.txt")
    assert content.text == stored
    assert all(content.text[mark.char_start :].strip() for mark in content.marks)
    assert [m.paragraph for m in content.marks] == list(range(1, len(content.marks) + 1))


def test_word_keeps_headings_tables_and_what_is_wrapped() -> None:
    body = (
        make.p("某县报告", "Title")
        + make.p("去年回顾", "H1")
        + '<w:p><w:r><w:t>产值</w:t></w:r><w:smartTag><w:r><w:t>12亿元</w:t></w:r></w:smartTag><w:ins><w:r><w:t>，增长3%</w:t></w:r></w:ins>'
        "<w:del><w:r><w:delText>删掉的</w:delText></w:r></w:del><w:r><w:tab/><w:t>完</w:t></w:r></w:p>"
        + "<w:sdt><w:sdtContent>" + make.p("控件里的一段") + "</w:sdtContent></w:sdt>"
        + make.table([["指标", "数"], ["产值", "1,200.5"]])
        + make.p("结束")
    )  # fmt: skip
    styles = (
        f'<w:styles {make.W}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
    )
    content = docx.read(make.docx(body, styles=styles), "a.docx")
    assert content.text.split("\n") == [
        "# 某县报告",
        "## 去年回顾",
        "产值12亿元，增长3%\t完",
        "控件里的一段",
        "指标\t数",
        "产值\t1,200.5",
        "结束",
    ]
    assert [content.text[m.char_start :].split("\n")[0] for m in content.marks] == content.text.split("\n")
    (sheet,) = content.sheets
    assert [[c.text for c in row] for row in sheet.rows] == [["指标", "数"], ["产值", "1,200.5"]]
    assert str(sheet.rows[1][1].number) == "1200.5"


def test_numbers_that_word_sets_itself() -> None:
    levels = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    levels += '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>'
    numbering = (
        f'<w:numbering {make.W}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def item(text: str, level: int) -> str:
        return make.p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    body = item("甲", 0) + item("子", 1) + item("丑", 1) + "".join(item("乙", 0) for _ in range(11)) + item("寅", 1)
    lines = docx.read(make.docx(body, numbering=numbering), "a.docx").text.split("\n")
    assert [*lines[:4], *lines[-2:]] == ["一、甲", "（1）子", "（2）丑", "二、乙", "十二、乙", "（1）寅"]
    named = '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
    styles = f'<w:styles {make.W}><w:style w:styleId="h"><w:name w:val="heading 1"/>{named}</w:style></w:styles>'
    out = make.p("外", "h", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    styled = docx.read(make.docx(make.p("甲", "h") + out + make.p("乙", "h"), numbering=numbering, styles=styles), "a.docx").text
    assert styled.split("\n") == ["## 一、甲", "## 外", "## 二、乙"]


def test_merged_cells_of_a_word_table() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + make.p("宽") + "</w:tc>"
    top = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + make.p("高") + "</w:tc>"
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + make.p("") + "</w:tc>"
    (sheet,) = docx.read(make.docx(make.table([[wide, "丙"], [top, "1", "2"], [below, "3", "4"]])), "a.docx").sheets
    assert sheet.merged == ((0, 0, 0, 1), (1, 0, 2, 0))
    assert [[c.text for c in row] for row in sheet.rows] == [["宽", "", "丙"], ["高", "1", "2"], ["", "3", "4"]]


def test_text_boxes_come_once_and_footnotes_last() -> None:
    box = f"<w:txbxContent>{make.p('框中字')}</w:txbxContent>"
    body = f"<w:p><w:r><w:t>外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    notes = f'<w:footnotes {make.W}><w:footnote w:type="separator">{make.p("——")}</w:footnote><w:footnote>{make.p("脚注一")}</w:footnote></w:footnotes>'
    assert docx.read(make.docx(body, footnotes=notes), "a.docx").text == "外\n框中字\n脚注一"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make.docx("")[:-30], "unreadable"),
        (make.archive({"word/document.xml": b"<w:document"}), "unreadable"),
        (make.archive({"word/styles.xml": b"<a/>"}), "unreadable"),
        (make.archive({"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), "hostile"),
        (lambda: make.archive({"word/document.xml": bytes(60 * 2**20)}), "hostile"),
        (lambda: make.archive({f"word/{n}.xml": b"" for n in range(6000)}), "hostile"),
        (make.docx(make.p("  ")), "empty"),
    ],
    ids=["cut", "cut xml", "no text part", "entities", "bomb", "many parts", "blank"],
)
def test_broken_and_hostile_word_files(data: bytes | Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        docx.read(data() if callable(data) else data, "a.docx")
    assert refusal.value.code == code


def test_a_part_of_another_size_than_declared() -> None:
    data = make.archive({"word/document.xml": b"x" * 5000})
    lying = data.replace((5000).to_bytes(4, "little"), (4000).to_bytes(4, "little"))
    with pytest.raises(Refusal) as refusal:
        Archive(lying).read("word/document.xml")
    assert refusal.value.code in ("unreadable", "hostile")


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>本县晒出年度账本_某县政府网</title>
<meta name="ArticleTitle" content="本县晒出年度账本"><meta name="PubDate" content="2022-03-04 09:00"><meta name="ContentSource" content="县融媒体中心">
<script>var t = "脚本里的字";</script></head><body><form>
<ul class="main-nav"><li><a href="/">首页</a></li></ul><div class="crumb">您的位置：<a href="/">首页</a> &gt; 要闻 &gt; 正文</div>
<div class="box"><h1>本县晒出年度账本</h1><p>发布时间：2022-03-04 09:00 来源：县融媒体中心 【字号：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a></p>
<div id="{container}"><p>　　去年，全县茶叶<b>产量</b>突破9000吨，增长<span>1</span><span>2.5</span>%。</p><p style="display: none">看不见的字。</p>
<div>二、民生</div>散落在容器里的话，新增岗位三千个。<br>又一行，建成公厕18座。
<table><tr><th>项目</th><th>数</th></tr><tr><td><p>公厕</p></td><td>18</td></tr><tr><td>岗位</td><td>3,000</td></tr></table>
<p>扫一扫在手机打开当前页</p><p>【打印本页】【关闭窗口】</p><p>责任编辑：某甲</p></div></div>
<div class="related"><a href="#">别处的一条长长的新闻，和本文没有关系。</a></div><div class="footer">版权所有：某县政府 备案号一二三</div></form></body></html>"""
LINES = [
    "去年，全县茶叶产量突破9000吨，增长12.5%。",
    "二、民生",
    "散落在容器里的话，新增岗位三千个。",
    "又一行，建成公厕18座。",
    "项目\t数",
    "公厕\t18",
    "岗位\t3,000",
]


@pytest.mark.parametrize("container", ["TRS_Editor", "unheard-of"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_gives_its_article_and_nothing_else(charset: str, container: str) -> None:
    content = html.read(PAGE.format(charset=charset, container=container).encode("gbk" if charset == "gb2312" else charset), "a.html")
    assert content.text.split("\n") == LINES
    assert content.stated["title"] == "本县晒出年度账本"
    assert content.stated["publisher"] == "县融媒体中心"
    assert "发布时间：2022-03-04" in content.head
    assert [[c.text for c in row] for row in content.sheets[0].rows[-2:]] == [["公厕", "18"], ["岗位", "3,000"]]


def test_paragraphs_outside_the_named_container_are_kept() -> None:
    page = "<body><div id='zoom'><p>第一段话，产值九亿元，增长一成。</p></div><div><p>第二段话，产值十亿元，增长两成。</p></div></body>"
    assert html.read(page.encode(), "a.html").text.count("段话") == 2


def test_prose_that_is_left_out_is_named() -> None:
    inside = "<p>正文一段，产值九亿元，增长一成，人人高兴，户户增收。</p>" * 9
    page = f"<body><div id='zoom'>{inside}</div><div>旁边的一段摘要，讲的是别的事情。</div></body>"
    content = html.read(page.encode(), "a.html")
    assert "摘要" not in content.text
    assert len(content.warnings) == 1


def test_an_old_page_of_nested_tables() -> None:
    cells = "".join(f"<p>第{n}段，修路{n}公里，栽树{n}万株。</p>" for n in range(1, 6))
    page = f"<html><body><table><tr><td><a href='#'>首页</a></td></tr><tr><td><table><tr><td>{cells}</td></tr></table></td></tr></table></body></html>"
    assert html.read(page.encode("gbk"), "a.htm").text.split("\n") == [f"第{n}段，修路{n}公里，栽树{n}万株。" for n in range(1, 6)]


def test_line_breaks_of_the_source_are_no_spaces() -> None:
    page = "<body><p>全县\n  茶叶<span>产量\r\n</span>9000\n吨，GDP\n增长 3%。</p><pre>甲，\n乙。</pre></body>"
    assert html.read(page.encode(), "a.html").text.split("\n") == ["全县茶叶产量9000吨，GDP 增长 3%。", "甲，", "乙。"]


def test_an_article_that_a_script_unveils() -> None:
    page = f"<body><div id='js_content' style='visibility: hidden;'><p>{PROSE}</p></div><p style='visibility:hidden'>暗处的话，没人看。</p></body>"
    assert html.read(page.encode(), "a.html").text == PROSE


def test_a_page_that_is_nested_without_end() -> None:
    with pytest.raises(Refusal) as refusal:
        html.read(("<div>字，" * 5000).encode(), "a.html")
    assert refusal.value.code == "hostile"


@given(st.text("<>/=\"'!-&;ab 中文，。pdivtr\n", max_size=80))
def test_any_page_is_read_or_refused(page: str) -> None:
    try:
        content = html.read(("<html>" + page).encode(), "a.html")
    except Refusal:
        return
    assert content.text.strip()


def test_pdf_lines_become_paragraphs() -> None:
    first = [
        (150, 560, "某县决算"),
        (50, 500, "二十字的首行从这里起头一直写到右边界为止"),
        (30, 480, "这一行接着上一行同样写满二十二个字直到纸边"),
        (30, 460, "到此结束。"),
        (50, 440, "一、新的标题"),
        (50, 420, "又一段从这里起头，写满这一行直到右边的界"),
        (190, 20, "- 1 -"),
    ]
    second = [(30, 560, "翻过一页以后接着写完。"), (30, 500, "收入"), (200, 500, "12.5"), (190, 20, "- 2 -")]
    content = pdf.read(make.pdf([first, second]), "a.pdf")
    assert content.text.split("\n") == [
        "某县决算",
        "二十字的首行从这里起头一直写到右边界为止这一行接着上一行同样写满二十二个字直到纸边到此结束。",
        "一、新的标题",
        "又一段从这里起头，写满这一行直到右边的界翻过一页以后接着写完。",
        "收入\t12.5",
    ]
    turned = content.text.index("翻过")
    assert [(m.char_start, m.page) for m in content.marks if m.page == 2] == [(turned, 2), (content.text.index("收入"), 2)]


COLUMNS = (
    "去年全县新修村道九十公里，改造旧桥十六座，山里的果子当天能运到省城的市场上去卖。农户因此每亩多收三千元，"
    "外出的青年也有两百多人回到家乡。县里又拿出一千二百万元，给五所小学换了新的屋顶和窗子，孩子们冬天不再受冻。",
    "今年打算再修村道一百二十公里，把最后十一个村子都连起来，并且给每座桥装上路灯。药材合作社要增加到四十家，"
    "社员人均增收两千元以上。医院的新楼在九月底交付使用，床位增加三百张，乡里的病人不必再走远路去看病。",
)


@pytest.mark.parametrize("strip", [14, 40])
def test_two_columns_are_read_one_after_the_other(strip: int) -> None:
    size, per_line = 10.0, 16
    left, right = ([text[i : i + per_line] for i in range(0, len(text), per_line)] * 2 for text in COLUMNS)
    lines = [(150.0, 560.0, "山川县二〇一九年年报")]
    for x, column in ((30.0, left), (30 + per_line * size + strip, right)):
        lines += [(x, 520 - 16 * n, text) for n, text in enumerate(column)]
    text = pdf.read(make.pdf([lines], size), "a.pdf").text
    assert text.replace("\n", "") == lines[0][2] + COLUMNS[0] * 2 + COLUMNS[1] * 2
    assert "山里的果子当天能运到省城的市场" in text


def test_a_table_is_not_two_columns() -> None:
    rows = [(x, 520 - 20 * n, word) for n in range(12) for x, word in ((40.0, f"第{n}村"), (230.0, f"{n * 37 % 90}户"))]
    text = pdf.read(make.pdf([[(30.0, 560.0, "各村用上自来水的农户如下表所示，全乡合计已过千户。"), *rows]]), "a.pdf").text
    assert "第3村\t21户" in text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make.pdf([[], []]), "empty"),
        (make.pdf([[(30, 500, "字" * 30)]])[:300], "unreadable"),
        (b"%PDF-1.4\n" + bytes(300), "unreadable"),
    ],
    ids=["pictures", "cut", "nothing in it"],
)
def test_pdfs_without_text(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        pdf.read(data, "a.pdf")
    assert refusal.value.code == code
