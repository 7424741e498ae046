"""Layout: offsets never move; headings, sentences and furniture."""

from hypothesis import given
from hypothesis import strategies as st

from orchestration.extraction.layout import DASH, normalise, parse

REPORT = """下载
打印
【字号：大 中 小】
云溪市政府工作报告
一、2023年工作回顾
（一）经济稳步回升。全年新开工项目31个，完成投资９０亿元。
——城市更美。新建公园４座。
民生改善有力！群众满意。
二、2024年工作安排
相关链接：
某地新闻
"""


def test_normalise_keeps_every_offset() -> None:
    text = "２３．５％\u3000（\u200b）\x00\r\nＡ1"
    assert len(normalise(text)) == len(text)
    assert normalise(text).startswith("23.5% （\u200b） ")


@given(st.text(max_size=300))
def test_any_text_keeps_its_length(text: str) -> None:
    layout = parse(text)
    assert len(layout.normal) == len(text)
    assert all(0 <= s.start < s.end <= len(text) for s in layout.sentences)
    assert layout.starts == sorted(layout.starts)


def test_headings_and_sentences() -> None:
    layout = parse(REPORT)
    paths = [s.path for s in layout.sections]
    assert "一、2023年工作回顾 › （一）经济稳步回升" in paths
    assert paths[-1] == "二、2024年工作安排"
    place = REPORT.index("公园")
    sentence = layout.sentence_at(place)
    assert sentence is not None
    assert layout.sections[sentence.section].level == DASH
    after = layout.sentence_at(REPORT.index("民生"))
    assert after is not None
    assert layout.sections[after.section].level != DASH, "a dash item ends with its line"
    assert REPORT[after.start : after.end] == "民生改善有力！"


def test_clauses() -> None:
    layout = parse("新建公园4座，绿道7公里；栽树3万株。")
    assert [layout.text[a:b] for a, b in layout.clauses(layout.sentences[0])] == ["新建公园4座，", "绿道7公里；", "栽树3万株。"]


def test_furniture() -> None:
    layout = parse(REPORT)
    shown = [REPORT[a:b] for a, b in layout.furniture]
    assert shown == ["下载", "打印", "【字号：大 中 小】", "相关链接：", "某地新闻"]
    assert layout.in_furniture(REPORT.index("打印"))
    assert not layout.in_furniture(REPORT.index("公园"))
    assert layout.sentence_at(REPORT.index("某地")) is None


def test_soft_wraps_are_joined() -> None:
    text = "全市围绕高质量发展首要任务，着力扩大有效需求，累计完成固定资产投资达到12\n0亿元，增长5%。"
    layout = parse(text)
    assert len(layout.sentences) == 1
    assert "12\u200b0亿元" in layout.normal


def test_a_sentence_without_end_is_cut_behind_a_comma() -> None:
    text = "村里修渠12，345米、架桥8.5座，" * 900 + "完工。\n下一行。"
    sentences = [text[s.start : s.end] for s in parse(text).sentences]
    assert "".join(sentences) == text.replace("\n", "")
    assert len(sentences) > 8
    assert all(len(s) <= 2000 and s[-1] in "、，。" and not s[0].isdecimal() for s in sentences)


def test_a_sentence_without_any_mark_is_cut_all_the_same() -> None:
    text = "田" * 9000
    assert [s.end - s.start for s in parse(text).sentences] == [2000, 2000, 2000, 2000, 1000]
