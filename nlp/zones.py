"""Where no name may begin: inside titles of laws and papers, document numbers, addresses, web addresses, sources."""

import re
from dataclasses import dataclass

_TITLE = re.compile(r"《[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})?》")
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）]{0,14}?[〔（\[](?:19|20)\d\d[〕）\]]\s?[\u4e00-\u9fff\d]{0,12}?第?\s?[\dA-Za-z\-—、]{1,18}\s?号?"
    r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,10}字第?\s?[\dA-Za-z〔〕（）\-]{2,18}号"
    r"|[\u4e00-\u9fff]{2,7}罚(?:决|告|处|先告)?字?(?:19|20)\d\d第?\d{1,6}号"
)
_WEB = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。）]+")
_ADDRESS = re.compile(
    r"(?:住\s?所(?:地|（住址）)?|(?:注册|经营|通讯|联系|办公|登记|所在)?地\s?址|(?:户籍)?住\s?址|(?:主要|住所)?经营场所|营业场所|生产地址|户籍所在地|户籍地"
    r"|所在地|(?<=[，。])住)(?:为|是|位于|在)?[ \t]*[：|]?[ \t]*(?P<what>[^，。；\n|：\t]{4,60})"
)
_PLACED = re.compile(r"[路街号村镇楼室园区道巷栋乡]")
_NO_ADDRESS = re.compile(r"无|或|的|进行|检查|变更|登记|不|未|已|存|被|内|公示|联系")
_SOURCE = re.compile(
    r"(?:(?:文章|信息|稿件|消息|内容)?来源|转载自|转自|原标题|索引号|浏览|点击)[ \t]*[：|][ \t]*(?P<what>[^\s，。；|]{2,30})"
)


@dataclass(frozen=True, slots=True)
class Zones:
    """One mark a character: 1 inside a title, 2 a number, 3 an address, 4 a source, 0 elsewhere."""

    marks: bytearray

    def blocked(self, start: int) -> bool:
        """Whether the place lies in a document's number or a web address."""
        return self.marks[start] == 2

    def sourced(self, start: int) -> bool:
        """Whether the place lies in the line that says where the text was taken from."""
        return self.marks[start] == 4

    def titled(self, start: int, end: int) -> bool:
        """Whether the stretch lies in the title of a paper."""
        return self.marks[start] == 1 and self.marks[end - 1] == 1

    def addressed(self, start: int) -> bool:
        """Whether the place lies in an address."""
        return self.marks[start] == 3


def zones(text: str) -> Zones:
    """The zones of a cleaned text."""
    marks = bytearray(len(text))
    for match in _ADDRESS.finditer(text):
        if _PLACED.search(match["what"]) and not _NO_ADDRESS.match(match["what"]):
            _set(marks, match.start("what"), match.end("what"), 3)
    for match in _TITLE.finditer(text):
        _set(marks, match.start(), match.end(), 1)
    for pattern in (_NUMBER, _WEB):
        for match in pattern.finditer(text):
            _set(marks, _number_start(match), match.end(), 2)
    for match in _SOURCE.finditer(text):
        _set(marks, match.start("what"), match.end("what"), 4)
    return Zones(marks)


_BEFORE_NUMBER = re.compile(
    r".*(?:(?:书|公告|通知|令(?!字)|通报|决定|编号|文号|案号|字号)(?=[\u4e00-\u9fff]{0,12}[〔（\[])"
    r"|法院(?=[〔（\[])|(?:检察院|人民政府|委员会|(?:管理|监督|环境|应急|财政|税务|公安|民政|卫生|建设|保障|监管)(?:局|厅|支队|大队))(?=[\u4e00-\u9fff]{0,10}[〔（\[]))"
)


def _number_start(match: re.Match[str]) -> int:
    """Where the number begins: behind the name of the paper that bears it, or of the organ that issued it."""
    before = _BEFORE_NUMBER.match(match[0])
    return match.start() + (before.end() if before else 0)


def _set(marks: bytearray, start: int, end: int, value: int) -> None:
    marks[start:end] = bytes([value]) * (end - start)
