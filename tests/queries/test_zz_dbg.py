from tests.queries.test_linked import *
def test_dbg(graph):
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    person = facts.person("示例张三", firm)
    claim = facts.role(person, LEGAL, firm, start="2018-01-10")
    facts.listing(firm, DISHONEST, start="2021-03-15", number="（2021）示001号")
    facts.publish(graph)
    import time
    for _ in range(3):
        t=time.time()
        a=ask(graph,person)
        print(time.time()-t, a.timing, a.coverage.cut, answers(a))
