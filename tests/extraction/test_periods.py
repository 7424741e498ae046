"""Periods: bounds of ISO periods, the years words count from, times and contexts."""

from datetime import date

import pytest

from orchestration.extraction import anchors, isoperiods, layout, periods
from orchestration.extraction.model import Context

BOUNDS = {
    "2023": ("2023-01-01", "2023-12-31"),
    "2023-H1": ("2023-01-01", "2023-06-30"),
    "2023-H2": ("2023-07-01", "2023-12-31"),
    "2023-Q3": ("2023-07-01", "2023-09-30"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2023-01/2023-05": ("2023-01-01", "2023-05-31"),
    "2021/2025": ("2021-01-01", "2025-12-31"),
    "2023-12-31": ("2023-12-31", "2023-12-31"),
}


@pytest.mark.parametrize(("period", "ends"), BOUNDS.items())
def test_bounds(period: str, ends: tuple[str, str]) -> None:
    assert isoperiods.bounds(period) == (date.fromisoformat(ends[0]), date.fromisoformat(ends[1]))


ANCHORS = [
    ("一、2023年工作回顾\n稳。\n二、2024年工作安排\n干。", Context(), (2023, 2024)),
    ("干。", Context(title="2024年云溪市政府工作报告"), (2023, 2024)),
    ("干。", Context(title="云溪市政府工作报告", published_on=date(2024, 1, 8)), (2023, 2024)),
    ("干。", Context(title="云溪市政府工作报告", published_on=date(2023, 12, 20)), (2023, 2024)),
    ("干。", Context(genre="communique", report_year=2019), (2019, None)),
    ("云溪市政府工作报告\n——2022年1月6日在第五届人民代表大会第一次会议上\n各位代表：\n干。", Context(), (2021, 2022)),
    ("区里交出答卷\n发布时间：2024-01-19\n2023年，街区更美。", Context(), (2023, 2024)),
    ("区里一季度成绩单\n发布时间：2024-04-19\n一季度开局良好。", Context(), (2024, 2025)),
    ("", Context(), (None, None)),
]


@pytest.mark.parametrize(("text", "context", "years"), ANCHORS)
def test_anchor(text: str, context: Context, years: tuple[int | None, int | None]) -> None:
    anchor = anchors.anchor_of(layout.parse(text), context)
    assert (anchor.reviewed, anchor.planned) == years


def _line(text: str, context: Context | None = None) -> periods.Timeline:
    return periods.timeline(layout.parse(text), context or Context(title="2024年云溪市政府工作报告", genre="work_report", report_year=2023))


def test_nearest_time_in_the_sentence_wins() -> None:
    text = "上半年稳，2023年11月回升，全年向好。2022年如何。"
    line = _line(text)
    assert line.at(text.index("稳")).period == "2023-H1"
    assert line.at(text.index("回升")).period == "2023-11"
    assert line.at(text.index("向好")).period == "2023"
    assert line.at(text.index("如何")).period == "2022"


def test_comparisons_and_records_are_no_period() -> None:
    text = "比2019年翻番，较上年同期提高，为近五年最高。"
    assert [t.compared for t in _line(text).times] == [True, True, True]


def test_quotation_does_not_shift_what_follows() -> None:
    text = "居民说“2020年可不是这样”，如今车位充足。"
    line = _line(text)
    assert line.at(text.index("可不是")).period == "2020"
    assert line.at(text.index("充足")).period == "2023"


def test_sections_set_period_and_status() -> None:
    text = "一、2023年工作回顾\n成效显著。\n（一）稳中有进。经济向好。\n二、2024年工作安排\n（一）扩大内需。多措并举。\n三、加强自身建设\n从严治理。"
    line = _line(text)
    assert line.at(text.index("经济向好")) == periods.When("2023", "actual", "period_heading")
    assert line.at(text.index("多措")) == periods.When("2024", "target", "period_heading")
    assert line.at(text.index("从严")).period == "2024", "a heading without time goes on with the one before"


def test_an_opening_span_holds_for_what_follows() -> None:
    text = "一、工作回顾\n五年来，我们奋力前行。\n城市更美。\n（一）经济更强。动能更足。\n二、2024年工作安排\n干。"
    line = _line(text)
    assert {line.at(text.index(w)).period for w in ("城市", "动能")} == {"2019/2023"}
    assert line.at(text.rindex("干")).period == "2024"


def test_plans_by_name() -> None:
    text = "“八五”期间打基础，“十二五”末上台阶，“十五五”时期开新局。"
    assert [t.period for t in _line(text).times] == ["1991/1995", "2015", "2026/2030"]


def test_bad_dates_are_no_times() -> None:
    assert [t.period for t in _line("2023年2月30日、13月、2023年6月31日完工，7月1日通车。").times] == ["2023-07-01"]
