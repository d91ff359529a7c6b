"""Each layout that comes with the product, on a small file of our own: rows in, exact claims out."""

from pathlib import Path

import pytest

from graph_model.errors import MapError
from graph_model.model import MODEL
from graph_model.stores.graph import Graph
from ingest.maps import load_map, map_names
from ingest.run import Home, ingest
from tests.ingest.stating import Told, told

SAMPLE = Path(__file__).resolve().parents[2] / "ingest" / "sample"
JIA, YI = "示例甲建设有限公司", "示例乙投资有限公司"
JIA_USCC, YI_USCC = "91360102XP000001X6", "91360102XP00000286"


@pytest.fixture
def tell(tmp_path: Path) -> "Tell":
    return Tell(tmp_path)


class Tell:
    """Writes lines to a file and says what they state under a preset."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, preset: str, *lines: str, encoding: str = "utf-8") -> Told:
        path = self.folder / "rows.csv"
        path.write_text("\n".join(lines) + "\n", encoding)
        return told([path], load_map(preset))


@pytest.mark.parametrize("name", map_names())
def test_every_preset_loads_and_says_what_it_is(name: str) -> None:
    preset = load_map(name)
    assert preset.name == name and " · " in preset.title and preset.description.rstrip().endswith(".")
    assert preset.source.name and 1 <= preset.source.rank <= 4


def test_an_unknown_preset_is_named_with_the_known_ones() -> None:
    with pytest.raises(MapError, match="known: .*company-register"):
        load_map("company-registre")


# --- layouts anybody publishes in ---------------------------------------------------------------------


def test_shareholders(tell: Tell) -> None:
    out = tell(
        "shareholders",
        "企业名称,统一社会信用代码,股东名称,股东类型,持股比例,认缴出资额（万元）,实缴出资额（万元）,认缴日期,出资日期",
        f"{JIA},{JIA_USCC},示例王五,自然人股东,35%,350,50,2020-12-31,2018-01-25",
        f"{JIA},{JIA_USCC},{YI},企业法人,65%,650,650,2018-02-01,",
        f"{JIA},{JIA_USCC},示例市国有资产监督管理委员会,,,,,,",
    )
    person = {"percent": "35", "percent_text": "35%", "subscribed": "3500000", "paid": "500000", "paid_due": "2020-12-31",
              "holder_kind": "自然人股东", "valid_from": "2018-01-25"}  # fmt: skip
    firm = {"percent": "65", "percent_text": "65%", "subscribed": "6500000", "paid": "6500000", "paid_due": "2018-02-01", "holder_kind": "企业法人"}
    assert sorted(out.links, key=str) == sorted(
        [("示例王五", "SHAREHOLDER_OF", JIA, person), (YI, "SHAREHOLDER_OF", JIA, firm), ("示例市国有资产监督管理委员会", "SHAREHOLDER_OF", JIA, {})], key=str
    )
    assert out.labels["示例市国有资产监督管理委员会"] == "Authority" and out.bad == []
    assert out.records == [(JIA, {"name": JIA, "uscc": JIA_USCC})] * 3


def test_officers_with_several_posts_in_a_cell_and_one_unknown(tell: Tell) -> None:
    out = tell(
        "officers",
        "企业名称,统一社会信用代码,姓名,职务,任职日期,离任日期,证件号码",
        f"{JIA},{JIA_USCC},示例张三,法人代表、执行董事兼总经理,2018-01-10,2021-12-31,3601021980****0017",
        f"{JIA},{JIA_USCC},示例李四,首席吉祥物,2022-01-01,,",
    )
    times = {"valid_from": "2018-01-10", "valid_to": "2021-12-31"}
    assert {(t, v["post"]) for _, t, _, v in out.links} == {
        ("LEGAL_REPRESENTATIVE_OF", "法定代表人"), ("DIRECTOR_OF", "执行董事"), ("SENIOR_MANAGER_OF", "总经理"),
    }  # fmt: skip
    assert all(a == "示例张三" and b == JIA and times.items() <= v.items() for a, _, b, v in out.links)
    assert out.bad == [(3, "unknown_role")]


@pytest.mark.parametrize("width", ["（）", "()"])
def test_penalties_in_brackets_of_either_width(tell: Tell, width: str) -> None:
    left, right = width[0], width[1]
    head = ",".join([
        "行政相对人名称", "行政相对人类别", f"行政相对人代码_1{left}统一社会信用代码{right}", f"行政相对人代码_2{left}工商注册号{right}",
        f"行政相对人代码_3{left}组织机构代码{right}", "法定代表人", "法定代表人证件号码", "证件类型", "证件号码", "行政处罚决定书文号",
        "违法行为类型", "违法事实", "处罚依据", "处罚类别", "处罚内容", f"罚款金额{left}万元{right}",
        f"没收违法所得、没收非法财物的金额{left}万元{right}", "暂扣或吊销证照名称及编号", "处罚决定日期", "处罚有效期", "公示截止期", "处罚机关",
        "处罚机关统一社会信用代码", "数据来源单位", "数据来源单位统一社会信用代码", "备注",
    ])  # fmt: skip
    row = f"{JIA},法人及非法人组织,{JIA_USCC},,,示例张三,,,,示例罚〔2020〕1号,示例违法,示例事实,示例依据,罚款;没收违法所得,示例内容,38.68,1.28,示例许可证,2020-11-05,2099-12-31,2023-11-05,示例市市场监督管理局,11330106XP0009022A,示例市信用中心,11330106XP0009006L,示例备注"
    out = tell("penalties", head, row)
    assert out.events == [("Penalty", JIA, {
        "number": "示例罚〔2020〕1号", "violation": "示例违法", "facts": "示例事实", "basis": "示例依据", "kinds": "罚款、没收违法所得",
        "content": "示例内容", "fine": "386800", "fine_text": "38.68", "confiscated": "12800", "confiscated_text": "1.28", "licence": "示例许可证",
        "decided": "2020-11-05", "published_to": "2023-11-05", "authority": "示例市市场监督管理局", "authority_uscc": "11330106XP0009022A",
        "supplier": "示例市信用中心", "supplier_uscc": "11330106XP0009006L", "party_kind": "法人及非法人组织", "party_representative": "示例张三",
        "name_used": JIA, "remark": "示例备注", "valid_from": "2020-11-05",
    })]  # fmt: skip
    point = {"post": "法定代表人", "valid_from": "2020-11-05", "valid_to": "2020-11-05"}
    assert out.links == [("示例张三", "LEGAL_REPRESENTATIVE_OF", JIA, point)]


def test_a_penalty_against_a_person_masks_his_number(tell: Tell) -> None:
    out = tell(
        "penalties",
        "行政相对人名称,行政相对人类别,证件类型,证件号码,行政处罚决定书文号,处罚决定日期,处罚机关",
        "示例周九,自然人,身份证,3701021968****0013,示例罚〔2024〕66号,2024-12-20,示例市人力资源和社会保障局",
    )
    assert out.labels["示例周九"] == "Person" and out.links == [] and out.bad == []
    assert out.records == [("示例周九", {"name": "示例周九", "id_masked": "370102********0013"})]


def test_penalties_in_the_older_layout_end_when_annulled(tell: Tell) -> None:
    out = tell(
        "penalties-cf",
        "CF_WSH,CF_CFMC,CF_CFLB1,CF_SY,CF_YJ,CF_XDR_MC,CF_XDR_SHXYM,CF_XDR_ZDM,CF_FR,CF_JG,CF_JDRQ,CF_XZJG,CF_ZT,DFBM,SJC",
        f"示例罚1号,示例案,罚款,超限,示例法,{JIA},{JIA_USCC},,示例张三,罚款2000元,2017/3/8,示例市交通运输局,0,360102,2017-03-10",
        f"示例罚2号,示例案,罚款,超限,示例法,{YI},,XP0000028,,罚款500元,2017年3月9日,示例市交通运输局,1,360102,2017-03-10",
    )
    common = {"case_name": "示例案", "kinds": "罚款", "facts": "超限", "basis": "示例法", "authority": "示例市交通运输局",
              "area_code": "360102", "updated": "2017-03-10"}  # fmt: skip
    assert out.events == [
        ("Penalty", JIA, {**common, "number": "示例罚1号", "content": "罚款2000元", "decided": "2017-03-08", "valid_from": "2017-03-08",
                          "state": "正常", "party_representative": "示例张三", "name_used": JIA}),
        ("Penalty", YI, {**common, "number": "示例罚2号", "content": "罚款500元", "decided": "2017-03-09", "valid_from": "2017-03-09",
                         "state": "撤销", "valid_to": "unknown", "name_used": YI}),
    ]  # fmt: skip


def test_dishonest_debtors(tell: Tell) -> None:
    out = tell(
        "dishonest-debtors",
        "iname,cardNum,age,sexy,businessEntity,areaName,courtName,caseCode,gistId,gistUnit,duty,performance,performedPart,unperformPart,disruptTypeName,publishDate,regDate,partyTypeName",
        f"{JIA},{JIA_USCC},0,,示例张三,江西,示例市示例区人民法院,示0100执1234号,示0100民初567号,示例市示例区人民法院,支付工程款,部分未履行,20万元,166.5万元,拒不履行,2021年03月15日,2020年10月12日,法人或其他组织",
        f"{YI},XP0000028,0,,,江西,示例市示例区人民法院,示0100执2号,,,,全部未履行,,,,2021年03月15日,2020年10月12日,1",
        "示例冯二,3301061975****0035,47,男性,,浙江,示例市示例区人民法院,示0106执88号,,,,全部未履行,,,,2022年06月15日,2022年01月20日,自然人",
    )
    first = out.events[0]
    assert first == ("Listing", JIA, {
        "list": "失信被执行人", "polarity": "negative", "number": "示0100执1234号", "basis_number": "示0100民初567号",
        "basis_issuer": "示例市示例区人民法院", "ground": "拒不履行", "duty": "支付工程款", "performance": "部分未履行", "performed": "20万元",
        "unperformed": "166.5万元", "filed": "2020-10-12", "published": "2021-03-15", "area": "江西", "authority": "示例市示例区人民法院",
        "name_used": JIA, "valid_from": "2021-03-15",
    })  # fmt: skip
    assert {c: out.labels[c] for c in (JIA, YI, "示例冯二")} == {JIA: "Enterprise", YI: "Enterprise", "示例冯二": "Person"}
    assert out.ids[YI] == {"cn-orgcode-XP0000028"}
    assert not any("problems" in values for _, values in out.records)
    assert out.links == [("示例张三", "LEGAL_REPRESENTATIVE_OF", JIA, {"post": "法定代表人", "valid_from": "2021-03-15", "valid_to": "2021-03-15"})]


def test_list_membership_of_several_lists_and_of_a_person_with_it(tell: Tell) -> None:
    out = tell(
        "list-membership",
        "名单名称,企业名称,统一社会信用代码,列入日期,移出日期,列入决定书文号,列入事由,列入机关,一并列入人员",
        f"失信被执行人名单、经营异常名录,{JIA},{JIA_USCC},2022-07-05,2022-12-01,示例1号,示例事由,示例市市场监督管理局,",
        f"拖欠农民工工资失信名单,{YI},{YI_USCC},2025-03-03,,示例2号,拖欠工资,示例市人社局,示例周九",
        f"示例自造名单,{YI},{YI_USCC},2025-03-03,,示例3号,,示例市人社局,",
        f"红名单,{YI},{YI_USCC},2025-03-03,,示例4号,,示例市人社局,示例周九、示例吴十",
    )
    lists = [(v["list"], about, v["valid_from"], v.get("valid_to")) for _, about, v in out.events]
    assert sorted(lists, key=str) == sorted([
        ("失信被执行人", JIA, "2022-07-05", "2022-11-30"), ("经营异常名录", JIA, "2022-07-05", "2022-11-30"),
        ("拖欠农民工工资失信名单", YI, "2025-03-03", None), ("拖欠农民工工资失信名单", "示例周九", "2025-03-03", None),
    ], key=str)  # fmt: skip
    assert sorted(out.bad) == [(4, "unknown_list"), (5, "pattern")]


def test_enforcement_orders_keep_the_kinds_apart(tell: Tell) -> None:
    out = tell(
        "enforcement-orders",
        "案号,被限制人,统一社会信用代码,措施,执行法院,立案日期,发布日期,解除日期",
        f"示1号,{JIA},{JIA_USCC},限制消费令,示例市示例区人民法院,2020-10-12,2021-03-20,2022-01-01",
        f"示2号,{JIA},{JIA_USCC},终结本次执行程序,示例市示例区人民法院,2020-10-12,2021-03-20,",
        f"示3号,{JIA},{JIA_USCC},拘留,示例市示例区人民法院,2020-10-12,2021-03-20,",
    )
    assert [(v["kind"], v["number"], v["valid_from"], v.get("valid_to")) for _, _, v in out.events] == [
        ("限制消费", "示1号", "2021-03-20", "2021-12-31"), ("终本", "示2号", "2021-03-20", None),
    ]  # fmt: skip
    assert out.bad == [(4, "lookup")]


# --- the sample pack ----------------------------------------------------------------------------------


def test_rating_agencies_are_57_in_both_tables(ladybug_graph: Graph, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for name in ("market", "filed"):
        ingest([SAMPLE / f"rating_agencies_{name}.csv"], load_map(f"rating-agencies-{name}"), ladybug_graph, home)
    with ladybug_graph.reading() as reader:
        nodes = [r["id"] for r in reader.rows("MATCH (e:Enterprise) RETURN e.id AS id")]
        pairs = reader.rows("MATCH (a:Enterprise)-[r:SAME_AS]->(b:Enterprise) RETURN a.id AS a, b.id AS b, r.grade AS g")
        [capital] = reader.rows("MATCH (r:Record) WHERE r.capital = $usd RETURN r.name AS name, r.place AS place, r.ownership AS ownership, r.filed AS filed", {"usd": "18000000 USD"})
    assert sum(n.startswith("cn-uscc-") for n in nodes) == 45
    assert len(set(map(frozenset, [(p["a"], p["b"]) for p in pairs]))) + 57 == len(nodes)
    assert sum(p["g"] == "probable" for p in pairs) == 15  # pairs whose names differ
    assert capital == {"name": "标普信用评级（中国）有限公司", "place": "北京", "ownership": "外资", "filed": "2020-06-11"}


def test_ecommerce_rows_stand_on_the_list_and_on_those_they_name() -> None:
    out = told([SAMPLE / "ecommerce_list_2017.csv"], load_map("ecommerce-list-2017"))
    mine = sorted({v["list"] for _, about, v in out.events if about == "北京和慈世纪电子商务有限公司"})
    assert mine == ["吊销企业名单", "失信被执行人", "电子商务领域严重失信企业黑名单"]
    assert out.bad == [] and {v["polarity"] for _, _, v in out.events} == {"negative"}
    assert MODEL.list_named["海关失信认证企业名单"].polarity == "negative"


def test_transport_rows_are_known_by_their_organization_code() -> None:
    out = told([SAMPLE / "transport_list_2017.csv"], load_map("transport-list-2017"))
    assert len(out.events) == 20 and out.bad == []
    assert out.ids["北京世捷旭元汽车运输服务有限公司"] == {"cn-orgcode-69232753X"}


def test_pollution_reads_both_amounts_of_a_cell() -> None:
    out = told([SAMPLE / "pollution_2017.csv"], load_map("pollution-2017"))
    penalties = [(v.get("kinds"), v.get("fine"), v["content"], v["decided"]) for k, about, v in out.events if k == "Penalty" and about == "陵川县洁美污水处理有限公司"]
    prose = "罚款16万元；按日连续处罚118.68万元。"
    assert penalties == [(None, "160000", prose, "2017"), ("按日连续处罚", "1186800", prose, "2017")]
    fines = {v["fine"] for k, _, v in out.events if k == "Penalty" and "fine" in v}
    assert "50001.6" in fines and "3600000" in fines
    closed = [v for k, _, v in out.events if k == "Penalty" and v["content"] == "责令关闭。"]
    assert len(closed) == 1 and "fine" not in closed[0]
    assert sum(k == "Listing" for k, _, _ in out.events) == 20 and out.bad == []


# --- layouts of one file each -------------------------------------------------------------------------


def test_registered_companies(tell: Tell) -> None:
    out = tell(
        "registered-companies",
        "名称,公司名称,工商,地址,工商注册id,成立时间,法人代表,注册资金,统一信用代码,网址",
        f"示例甲,{JIA},{JIA},示例路1号,360102990000019,2016-04-08,示例张三,222.2222万元人民币,{JIA_USCC},www.example.com",
        f"示例乙,{YI},{YI},,,未知,未公开,万人民币,91360102XP00000287,",
    )
    assert out.records == [(JIA, {
        "name": JIA, "short_name": "示例甲", "uscc": JIA_USCC, "regno": "360102990000019", "capital": "2222222", "capital_text": "222.2222万元人民币",
        "founded": "2016-04-08", "address": "示例路1号", "website": "www.example.com",
    })]  # fmt: skip
    assert out.roles == [("示例张三", "LEGAL_REPRESENTATIVE_OF", JIA)] and out.bad == [(3, "money")]


def test_fundraising_keeps_the_damage_and_proposes_repairs(tell: Tell) -> None:
    out = tell(
        "fundraising-2017",
        "序号,省份,企业名称,统一社会 信用代码,组织结 构代码,罪名,案号,判决作出 机构,法定代 表人",
        "1,安撤,安撤示例服装有 眼公司,9134082868 68674170,XP0000028,非法吸收公众 存款罪,〈2016〉皖0828刑 初52号,示例县人民 法唉,示例王五",
    )
    assert [(k, v.get("cause") or v.get("ground"), v["authority"]) for k, _, v in out.events] == [
        ("Listing", "非法吸收公众存款罪", "国家发展和改革委员会"), ("Judgment", "非法吸收公众存款罪", "示例县人民法唉"),
    ]  # fmt: skip
    [(_, record)] = out.records
    assert record["name"] == "安撤示例服装有 眼公司" and "有限公司" in record["proposals"] and "统一社会信用代码" in record["problems"]
    assert out.roles == [("示例王五", "LEGAL_REPRESENTATIVE_OF", "安撤示例服装有眼公司")]


def test_herbs_are_one_entry_for_each_batch(tell: Tell) -> None:
    head = "药品品名,标示生产企业或供货单位,生产批号,检品来源,检验依据,检验结果,不合格项目,检验机构,备注"
    out = tell("herbs-2017", head, *(f"白及,示例饮片有限公司,{batch},示例医院,示例药典,不合格,[性状],示例研究院,*" for batch in ("160501", "160502")))
    assert [(about, v["list"], v["number"], v["ground"], v["remark"]) for _, about, v in out.events] == [
        ("示例饮片有限公司", "产品质量不合格名单", batch, "[性状]", "白及") for batch in ("160501", "160502")
    ]


def test_investment_events_tell_investors_apart_or_are_quarantined(tell: Tell) -> None:
    out = tell(
        "investment-events",
        "事件资讯,投资方,融资方,融资时间,轮次,金额",
        "示例,示例资本 示例创投,示例科技,2019-06-03,A轮,3.5亿人民币",
        "示例,未披露机构,示例科技,2019-06-04,B轮,未披露",
        "示例,Example Capital 示例创投,示例科技,2019-06-05,B轮,未披露",
        "示例,示例银行,示例科技,2019-06-06,债权融资,未披露",
    )
    assert [(a, b, v["round"], v["valid_from"]) for a, _, b, v in out.links] == [
        ("示例资本", "示例科技", "A轮", "2019-06-03"), ("示例创投", "示例科技", "A轮", "2019-06-03"),
    ]  # fmt: skip
    assert sorted(out.bad) == [(3, "no_fact"), (4, "pattern"), (5, "lookup")]


def test_a_share_basic_is_gb18030_with_tabs(tell: Tell) -> None:
    head = "id gpdm gpjc gpywjc ssb cxzt gsmc gssx clrq zczb fddbr jyfw zycp sf cs zcdz bgdz xydm hymc hydm".replace(" ", "\t")
    row = f"0|000000.SZ|示例甲|SLJ|主板|L|{JIA}|民营企业|1993-10-12|305398662.0|示例张三|示例经营|示例产品|江西省|南昌市|示例路1号|示例路2号|{JIA_USCC}|示例行业|D-D44--".replace("|", "\t")
    out = tell("a-share-basic", head, row, encoding="gb18030")
    assert out.records == [(JIA, {
        "name": JIA, "short_name": "示例甲", "english_name": "SLJ", "ownership": "民营企业", "uscc": JIA_USCC, "ticker": "000000.SZ",
        "capital": "305398662", "capital_text": "305398662.0", "founded": "1993-10-12", "place": "江西省", "address": "示例路1号",
        "industry": "示例行业", "scope": "示例经营", "product": "示例产品",
    })]  # fmt: skip
    assert out.ids[JIA] == {f"cn-uscc-{JIA_USCC}"} and out.roles == [("示例张三", "LEGAL_REPRESENTATIVE_OF", JIA)]


def test_a_share_officers_translates_codes_and_ends_earlier_posts(tell: Tell) -> None:
    rows = [f"0\t000000.SZ\t{code}\t示例张三" for code in ("dsz", "dshms", "zjl", "gsds", "gsjs", "gsgg", "dldsxr", "dldslr", "xxx")]
    out = tell("a-share-officers", "id\tgpdm\tzwdm\tname", *rows, encoding="gb18030")
    posts = ["董事会秘书", "总经理", "高级管理人员", "监事", "董事", "董事长", "独立董事", "独立董事"]
    assert sorted(v["post"] for _, _, _, v in out.links) == sorted(posts)
    assert [v["post"] for _, _, _, v in out.links if v.get("valid_to") == "unknown"] == ["独立董事"]
    assert out.bad == [(10, "lookup")]


def test_a_share_shareholders_products_and_industries_go_by_ticker(tell: Tell) -> None:
    out = tell("a-share-shareholders", "id\tgpdm\torder\tname\tgdcg\tgdcgbl", f"0\t000000.SZ\t0\t{YI}\t3242810791.0\t28.69", encoding="gb18030")
    assert out.links == [(YI, "SHAREHOLDER_OF", "000000.SZ", {"percent": "28.69", "percent_text": "28.69", "shares": "3242810791", "name_used": YI})]
    out = tell("a-share-products", "id\tgpdm\tzycp", "0\t000000.SZ\t示例产品", encoding="gb18030")
    assert out.records == [("000000.SZ", {"ticker": "000000.SZ", "product": "示例产品"})]
    out = tell("a-share-industries", "id\tgpdm\thymc1\thydm1\thymc2\thydm2", "0\t000000.SZ\t制造业\tC\t汽车制造业\tC36", encoding="gb18030")
    assert out.records == [("000000.SZ", {"ticker": "000000.SZ", "industry": "汽车制造业"})]


@pytest.mark.parametrize("anonymous", ["第一名", "供应商三", "供应商 B", "单位5", "C公司", "甲公司", "供应商(1)", "航油供应商 1", "示例**有限公司", "K"])
def test_anonymous_suppliers_are_not_made_one(tell: Tell, anonymous: str) -> None:
    head = "id\tgpdm\tgysmc\tbgnd\torder\tgysbl"
    out = tell("a-share-suppliers", head, f"0\t000000.SZ\t{YI}\t2017\t1\t5.87", f"0\t000000.SZ\t{anonymous}\t2017\t2\t3.1", encoding="gb18030")
    assert out.links == [(YI, "SUPPLIES", "000000.SZ", {"year": "2017", "rank": "1", "percent": "5.87", "name_used": YI})]
    assert out.bad == [(3, "pattern")]


def test_customers_are_supplied_by_the_company(tell: Tell) -> None:
    out = tell("a-share-customers", "mc\tgpdm\tbgnd\torder\tbl", f"{YI}\t000000.SZ\t2017.0\t4.0\t2.87", "示例集团\t000000.SZ\t2017.0\t5.0\t2")
    assert [(a, b, v["year"], v["rank"], v["percent"]) for a, _, b, v in out.links] == [
        ("000000.SZ", YI, "2017", "4", "2.87"), ("000000.SZ", "示例集团", "2017", "5", "2"),
    ]  # fmt: skip
