"""Lists that a report counts out, and the clause around a figure."""

import pytest

from orchestration.ledger.annex import list_at, name_of
from orchestration.stages.linking import clause


@pytest.mark.parametrize(
    ("text", "section", "found"),
    [
        ("全力办好八件民生实事：（1）添置雨棚@60座。", None, "民生实事"),
        ("今年推进20项民心工程。一是扩建书屋@6间。", None, "民心工程"),
        ("办好民生实事。改建书屋@6间。", None, None),  # no number, no items: no list
        ("办好八件民生实事。\n改建书屋@6间。", None, None),  # another paragraph
        ("改建书屋@6间。", "附件 › 2024年12件惠民实事", "民生实事"),
        ("改建书屋@6间。", "（三）办好民生实事", None),
    ],
)
def test_where_an_item_stands(text: str, section: str | None, found: str | None) -> None:
    assert list_at(text.replace("@", ""), text.index("@"), section) == found


def test_names_of_one_list_are_one() -> None:
    assert name_of("十件惠民实事") == name_of("年度民生实事项目") == "民生实事"
    assert name_of("全年主要目标任务") is None


def test_a_clause_ends_at_its_marks_and_at_other_figures() -> None:
    text = "今年，改造街区5处、菜场7家，惠民。"
    figures = [(text.index("5处"), text.index("5处") + 2), (text.index("7家"), text.index("7家") + 2)]
    assert clause(text, *figures[0], figures) == ("改造街区", "改造街区", "、菜场")
    assert clause(text, *figures[1], figures) == ("改造街区5处、菜场", "、菜场", "")


def test_what_is_left_out_belongs_to_the_clause() -> None:
    text = "全年平稳。扣除矿业投资后，投资增长9%。"
    start = text.index("9%")
    assert clause(text, start, start + 2, [(start, start + 2)])[0] == "扣除矿业投资后，投资增长"
