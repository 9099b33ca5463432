"""The articles that the tests of the command line are about."""

RECORDS = (
    {
        "id": "a1",
        "title": "杭州推进协同创新",
        "text": "总投资超过100亿元。",
        "source": "钱江快报",
        "published": "2024-03-05",
    },
    {"id": "a2", "title": "臺灣地區經濟發展計劃", "text": "協同發展。", "source": "海峡通讯"},
    {
        "id": "a3",
        "title": "招商产业园开园",
        "text": "招商引资。",
        "published": "2023-01-01",
        "written_by": "省商务厅",
    },
)
PAGE = """关于人才工作的通知
2024年3月5日 来源：人社局
正文如下。
"""
