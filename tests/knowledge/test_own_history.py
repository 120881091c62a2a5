"""A year of one's own business is no time that is asked about; a year that is asked about stays."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answering.own_history import without_own_history
from knowledge.assistant import Assistant
from knowledge.telling.render import payload

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "xưởng em thành lập năm 2016 có được hưởng khuyến công không",
        "cơ sở tôi mở từ 2012, nay mua máy 150 triệu thì được bao nhiêu",
        "htx hoạt động từ năm 2019 làm miến có xin được không",
        "công ty mình đi vào hoạt động năm 2018, muốn mua máy",
        "nhà tôi làm từ năm 2015, giờ muốn mua máy",
        "công ty đăng ký kinh doanh năm 2018 có được hỗ trợ không",
    ],
)
def test_the_year_in_which_somebody_began_is_not_asked_about(assistant: Assistant, text: str) -> None:
    question = assistant.reader.read(text, TODAY)
    assert question.periods.found
    rest = without_own_history(question)
    assert not rest.periods.found
    assert question.periods.found[0].code not in rest.clean


@pytest.mark.parametrize(
    "text",
    [
        "năm 2016 xưởng em mua máy 500 triệu được hỗ trợ bao nhiêu",
        "hộ kinh doanh năm 2013 có được hưởng khuyến công không",
        "kinh phí khuyến công phía Bắc thực hiện năm 2023",
        "bao nhiêu doanh nghiệp được thành lập năm 2021",
        "cơ sở của tôi thành lập từ 2016 đến 2020 thì sao",
        "cơ sở mở năm ngoái có được không",
        "cho em hỏi kinh phí hoạt động năm 2023 phía Bắc",
        "em muốn hỏi số cơ sở hoạt động năm 2022",
    ],
)
def test_a_year_that_is_asked_about_stays(assistant: Assistant, text: str) -> None:
    question = assistant.reader.read(text, TODAY)
    assert without_own_history(question) == question


def test_a_machine_of_an_old_workshop_is_told_the_level_of_today(assistant: Assistant) -> None:
    answer, _ = assistant.ask("xưởng mình làm từ năm 2016, giờ mua máy đóng gói 900 triệu thì được bao nhiêu")
    assert "300 triệu đồng" in payload(answer)["text"]
    then, _ = assistant.ask("năm 2016 mua máy đóng gói 900 triệu thì được bao nhiêu")
    assert "200 triệu đồng" in payload(then)["text"]
