"""What the invented city dealt with: the items that the page tests and the browser tests read."""

import datetime

from tests.pages.factory import ItemFacts

PARKING_DRAFT = ItemFacts(
    title="审议《云川市公共停车场管理办法（草案）》",
    paragraphs=(
        "原则同意《云川市公共停车场管理办法》（以下简称《停车场办法》）。由市城管局会同市公安局、市交通局根据本次会议讨论意见"
        "作进一步修改完善后提请市委常委会审议。",
        "市区机动车保有量已达58万辆，泊位缺口超过14万个。《停车场办法》对路内泊位的设置标准、收费减免、夜间错时开放作了规定，"
        "但是对机关、学校内部泊位开放还缺少硬约束，需要与《云川市城市道路管理条例》衔接。",
        "市级机关大院的停车场于明年1月底前向周边居民错时开放，由市机关事务局带头落实。",
    ),
    outcome="原则同意",
    lead="市城管局",
    supporting=("市公安局", "市交通局"),
    next_step="提请市委常委会审议",
    deadline=("明年1月底前", datetime.date(2020, 1, 31)),
    document="云川市公共停车场管理办法",
    stage="草案",
    mentions=("云川市城市道路管理条例",),
)
PARKING_AGAIN = ItemFacts(
    title="审议《云川市公共停车场管理办法（修订稿）》",
    paragraphs=("同意《云川市公共停车场管理办法》。由市城管局按程序印发实施。",),
    outcome="同意",
    lead="市城管局",
    next_step="按程序印发实施",
    document="云川市公共停车场管理办法",
    stage="修订稿",
)
FIRE = ItemFacts(
    title="听取今冬明春火灾防控工作情况的汇报",
    paragraphs=(
        "原则同意市应急局关于今冬明春火灾防控工作情况的汇报。",
        "入冬以来全市接报火警同比上升11%，电动自行车违规充电、“三合一”场所住人是主要诱因。各地各部门要以高层建筑、沿街门店、"
        "养老院为重点，逐栋逐户过一遍，元旦前完成第一轮排查，春节前回头再查一遍。",
    ),
    outcome="原则同意",
    reported_by="市应急局",
)
HOUSING = ItemFacts(
    title="审议《云川市城镇老旧小区改造三年行动方案》",
    paragraphs=(
        "原则同意《云川市城镇老旧小区改造三年行动方案》。由市住建局根据本次会议讨论意见作进一步修改完善后按程序印发实施。",
        "改造要先问居民要什么，再定改什么。水、电、气、排水管网和消防通道是必改项，加装电梯由业主商定，"
        "首批36个小区要在2020年10月底前完工，市财政按每户3000元给予补助。",
    ),
    outcome="原则同意",
    lead="市住建局",
    next_step="按程序印发实施",
    deadline=("2020年10月底前", datetime.date(2020, 10, 31)),
    document="云川市城镇老旧小区改造三年行动方案",
)
TALK = ItemFacts(
    title="传达学习全省安全生产电视电话会议精神",
    paragraphs=("会议传达学习了全省安全生产电视电话会议精神。",),
)

PLANS = [
    ItemFacts(
        title=f"审议《云川市{matter}实施方案》",
        paragraphs=(
            f"原则同意《云川市{matter}实施方案》。由{unit}根据本次会议讨论意见作进一步修改完善后按程序发文。",
            "各地各部门要把责任压到岗、落到人，每季度向社会公布一次进展，办不完的要说明白原因。",
        ),
        outcome="原则同意",
        lead=unit,
        next_step="按程序发文",
        document=f"云川市{matter}实施方案",
    )
    for matter, unit in (
        ("散煤污染治理", "市生态环境局"),
        ("乡村公益性岗位开发", "市人社局"),
        ("社区食堂建设", "市民政局"),
        ("夜间公交线网优化", "市交通局"),
        ("小微水体整治", "市水务局"),
        ("校园周边道路交通整治", "市公安局"),
    )
]
LONG_AGENDA = (FIRE, PARKING_DRAFT, HOUSING, TALK, *PLANS)
