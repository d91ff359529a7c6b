"""The parameters that several questions share."""

from queries.query import ParamSpec

IDS = ParamSpec("texts", "Ids of the subject's nodes; give those that SAME_AS joins to it too.", ("cn-uscc-91330100MA2H31531M",))
AT = ParamSpec("date", "Day asked for; what its dates do not exclude on that day is shown.", "2024-06-30")
SINCE = ParamSpec("date", "First day of the period.", "2023-01-01")
UNTIL = ParamSpec("date", "Last day of the period.", "2024-12-31")
MINIMUM = ParamSpec("integer", "Least number that makes a row.", 2, 2)
NAME = ParamSpec("text", "Comparison form of the name: simplified, without brackets, dots and spaces.", "示例甲")
LIST_NAME = ParamSpec("text", "Name of the list as the model has it.", "失信被执行人")
ANY_LIST = ParamSpec("text", "Name of the list as the model has it; empty for all lists.", "", "")
AUTHORITY = ParamSpec("text", "Name of the authority or a part of it.", "市场监督管理局")
SOURCE = ParamSpec("text", "Id of the Source.", "sample-register")
DOCUMENT = ParamSpec("text", "Id of the Document: the sha-256 of its bytes.", "0" * 64)
RUN_NUMBER = ParamSpec("integer", "Number of the run.", 1)
CODE = ParamSpec("text", "Text that the problem contains; empty for all.", "", "")
