"""Fictional minutes to ingest, distinguished by number and date."""


def minutes_text(
    number: int = 12,
    day: int = 5,
    head: str = "云川市人民政府\n\n常务会议纪要",
    doc_number: str = "〔2021〕7号",
    extra_paragraph: str = "",
) -> str:
    """Return the text of an executive meeting in March 2021.

    The same number and day make it the same meeting.
    """
    return f"""{head}

{doc_number}

2021年3月{day}日上午，沈知远市长主持召开市政府第{number}次常务会议，审议《云川市河道管理办法（草案）》，听取一季度安全生产情况的汇报。

会议议定以下意见：

一、审议《云川市河道管理办法（草案）》

（一）原则同意《云川市河道管理办法》（以下简称《管理办法》）。由市水利局会同市发改委根据本次会议讨论意见修改完善后按程序发文。

（二）市住房和城乡建设局要做好衔接，务必于今年12月底前完成。{extra_paragraph}

二、听取一季度安全生产情况的汇报

（一）原则同意市应急局所作的一季度安全生产情况汇报。

（二）各地各部门要压实责任，市发展和改革委员会要加强督促。

出席：沈知远  陆  岚  贺明舟

列席：市发改委闵怀远  市水利局贾子昂  市应急局应连胜

市检察院、武警云川支队的代表

记录：侯鹤鸣

云川市人民政府办公室整理

2021年3月9日

（此件公开发布）

云川市人民政府办公室                2021年3月{day + 7}日印发
"""


def text_with_item(paragraph: str, title: str = "审议《云川市节水办法》", number: int = 12, day: int = 5) -> str:
    """Return the text of a meeting with one item and no attendance."""
    return f"""云川市人民政府

常务会议纪要

2021年3月{day}日上午，沈知远市长主持召开市政府第{number}次常务会议，{title}。

会议议定以下意见：

一、{title}

{paragraph}

记录：侯鹤鸣
"""
