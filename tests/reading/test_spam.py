"""Adverts in a text, and templates nobody filled in."""

from __future__ import annotations

import pytest

from orchestration.reading.model import Refusal
from orchestration.reading.spam import check

PROSE = "全县产茶9000吨，增长1.5%。"


@pytest.mark.parametrize(
    "text",
    [
        PROSE + "真人荷官在线发牌，首存送彩金" + PROSE,
        PROSE + "买彩票请加微信 abc123，天天中奖" + PROSE,
        PROSE + "专业代开发票，加微信详谈" + PROSE,
        PROSE + "棋牌下载 www.example.vip 立即注册" + PROSE,
        "全縣(xiàn)種(zhǒng)樹(shù)" * 5,
        "全县生产总值XX亿元，增长X.X%，财政收入××亿元，新增就业XX人，建成住房X套。",
        "完成投资___亿元，改造小区____个，修路___公里，栽树____亩，就业{{n}}人，公厕【 】座、岗位【】个。",
    ],
)
def test_what_is_no_report(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check(text)
    assert refusal.value.code == "spam"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "公安机关打击赌博，收缴老虎机120台，查处六合彩案件3起。",
        "体育彩票公益金投入2000万元，福利彩票销售3亿元，投注站规范运营。",
        "发放创业担保贷款4亿元，发票电子化率达到99%，在线平台www.example.gov.cn上线。",
        "某企业投资XX项目，其余资金20亿元、30亿元、40亿元、50亿元全部到位，惠及6000户。",
        "税务部门代开发票9万份，共建百家乐园3处，严打跨境裸聊敲诈案件7起。",
        "某某同志到会，某局、某镇分别发言，讨论了12个议题。",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    check(text)
