"""Verbs of law: law list|show|check, status, reach, qualify, grade, bidders, owners, holdings, controller, beneficial-owners, related-party, scenario run."""

from pathlib import Path
from typing import Any, Literal

from api import law
from api.verbs.asking import Clock, Identity, Nothing, _names_person
from api.verbs.times import Day
from api.verbs.verb import CLI_ONLY, Parameters, Verb, arg, opt
from queries.answers.law_answer import (
    BeneficialOwnersAnswer,
    BiddersAnswer,
    ControllerAnswer,
    GradeAnswer,
    HoldingsAnswer,
    QualifyAnswer,
    ReachAnswer,
    RelatedAnswer,
    StatusAnswer,
)

_SUBJECT = "Id, number or full name of a subject; a person's name needs --anchor."


class LawClock(Clock):
    """When, under which law, where."""

    rules_at: Day | None = opt("Day whose law applies; --at when left out.")
    place: str | None = opt("Place whose local rules apply, in place of the subject's own: 上海市, 广东省深圳市.", max_length=60)
    identity: Identity = opt("Weakest grade of identity to fold in; what rests on probable is undetermined.", default="anchored")


class OfSubject(LawClock):
    """Of whom."""

    subject: str = arg(_SUBJECT, example="示例甲建设有限公司", max_length=200)
    anchor: str | None = opt("Enterprise in whose record the person is named: number, id or full name.", max_length=200)


class Status(OfSubject):
    """Of whom, and whether what is over is shown too."""

    history: str | None = opt("Purpose for which what is over is shown too; without it only what is in force.", max_length=500)


class OfEnterprise(LawClock):
    """Of which enterprise or holder."""

    subject: str = arg("Id, number or full name.", example="示例甲建设有限公司", max_length=200)


class Qualify(LawClock):
    """Who, for which post, where."""

    person: str = arg(_SUBJECT, example="示例张三", max_length=200)
    post: str = opt("The post or activity asked for.", default=..., example="董事", max_length=40, alias="as")
    of: str | None = opt("In which enterprise: its trade and kind matter to some bans.", max_length=200)
    anchor: str | None = opt("Enterprise in whose record the person is named.", max_length=200)


class Grade(LawClock):
    """Of which enterprise, under which scheme."""

    enterprise: str = arg("Id, number or full name.", example="示例甲建设有限公司", max_length=200)
    scheme: str = opt("Name of the scheme; `xinpu law list` names them.", default=..., example="安徽企业信用分类", max_length=60)
    year: int | None = opt("Year of evaluation, where the scheme goes by years.", ge=1990, le=2100)


class Bidders(LawClock):
    """The bidders, in a file."""

    file: Path = arg("YAML file with kind (政府采购 or 招标投标), date and bidders (ids, numbers or names).", example="bid.yml")


class Related(LawClock):
    """Which two."""

    a: str = arg("First subject: id, number or full name.", example="示例甲建设有限公司", max_length=200)
    b: str = arg("Second subject.", example="示例乙投资有限公司", max_length=200)


class LawList(Parameters):
    """Which rules."""

    instrument: str | None = opt("Only of this instrument.", max_length=60)


class LawShow(Parameters):
    """Which rule."""

    id: str = arg("Id of a rule, name of an instrument or of a scheme.", example="限消2015", max_length=60)


class Saved(Parameters):
    """Which answer."""

    file: Path = arg("A saved answer (--json).", example="answer.json")
    replay: bool = opt("Ask the question again with its three clocks too: the answer must be the same byte for byte.", default=False)


class OfList(LawClock):
    """Of which list, as which file."""

    list: str = arg("Name of the list.", example="失信被执行人", max_length=60)
    format: Literal["json", "csv"] = opt("Format of the file.", default="csv", short="f")


class Scenarios(Parameters):
    """Which cases."""

    files: tuple[Path, ...] = arg("Scenario files.", example="case.yml", min_length=1)


def _by_subject(p: Any) -> bool:
    return getattr(p, "anchor", None) is not None or _names_person(getattr(p, "subject", None) or getattr(p, "person", None))


VERBS: tuple[Verb, ...] = (
    Verb("status", "状态", "state of every record", "How does every listing, penalty, order and enforcement of this subject stand on this day, and why?", Status, StatusAnswer, law.status, "xinpu status 示例甲建设有限公司 --at 2021-06-01", personal=_by_subject),
    Verb("reach", "惩戒所及", "measures that reach", "Which measures reach this subject, through which role, until when, by which article; and which do not, and why?", OfSubject, ReachAnswer, law.reach, "xinpu reach 示例甲建设有限公司 --at 2021-06-01", personal=_by_subject),
    Verb("reach-list", "名单所及", "the reach of a whole list", "Whom do measures reach through everybody on this list, in one pass?", OfList, str, law.reach_of_list, "xinpu reach-list 失信被执行人 --at 2021-06-01 -o reach.csv", faces=CLI_ONLY, personal=lambda _: True, text=True),
    Verb("qualify", "任职资格", "may he take the post", "May this person take this post, until when not, by which article?", Qualify, QualifyAnswer, law.qualify, "xinpu qualify 示例张三 --as 董事 --anchor 示例甲建设有限公司 --at 2024-12-01", personal=lambda _: True),
    Verb("grade", "信用评价", "grade under a scheme", "Which class does this scheme give, by which conditions, and what is unknown?", Grade, GradeAnswer, law.grade, "xinpu grade 示例甲建设有限公司 --scheme 安徽企业信用分类 --at 2021-06-01"),
    Verb("bidders", "投标冲突", "conflicts between bidders", "Which of these bidders conflict, on which ground, and who stands on which list on the day?", Bidders, BiddersAnswer, law.bidders, "xinpu bidders bid.yml", faces=CLI_ONLY),
    Verb("owners", "所有者", "who owns it in the end", "Who owns how much of this enterprise, directly and through others?", OfEnterprise, HoldingsAnswer, law.owners, "xinpu owners 示例甲建设有限公司"),
    Verb("holdings", "持有", "what it owns in the end", "How much of whom does this subject own, directly and through others?", OfEnterprise, HoldingsAnswer, law.holdings, "xinpu holdings 示例乙投资有限公司", personal=_by_subject),
    Verb("controller", "实际控制人", "who controls it", "Who controls this enterprise, on which ground?", OfEnterprise, ControllerAnswer, law.controller, "xinpu controller 示例甲建设有限公司"),
    Verb("beneficial-owners", "受益所有人", "beneficial owners", "Who are its beneficial owners under the three tests in order?", OfEnterprise, BeneficialOwnersAnswer, law.beneficial_owners, "xinpu beneficial-owners 示例甲建设有限公司"),
    Verb("related-party", "关联方", "related parties", "Are these two related parties (公司法 265), and by whom?", Related, RelatedAnswer, law.related_party, "xinpu related-party 示例甲建设有限公司 示例乙投资有限公司"),
    Verb("law list", "规则目录", "the rules", "Which rules are loaded, from which instrument, how far read?", LawList, list[dict[str, Any]], law.law_list, "xinpu law list"),
    Verb("law show", "规则", "one rule", "What does this rule, instrument or scheme say?", LawShow, dict[str, Any], law.law_show, "xinpu law show 限消2015"),
    Verb("law check", "规则检查", "check the rules", "Are the rules without contradiction?", Nothing, dict[str, Any], law.law_check, "xinpu law check", exit_code=law.all_good),
    Verb("verify", "复核", "check a saved answer again", "Do the measures of this saved answer follow from the rules and claims they cite?", Saved, dict[str, Any], law.verify, "xinpu verify answer.json", faces=CLI_ONLY, exit_code=law.all_good),
    Verb("scenario run", "案例检验", "run legal cases", "Does each case answer as its file expects?", Scenarios, list[dict[str, Any]], law.scenario_run, "xinpu scenario run case.yml", effect="runs", faces=CLI_ONLY, exit_code=law.all_good),
)  # fmt: skip
