"""How a frozen report of 考核 stands on paper: columns as wide as what is in them."""

#: Millimetres of a column by its head; the columns without a width share what is left of the page.
WIDTHS = {
    **dict.fromkeys(("应办", "按期", "次数", "发出", "异议", "退回"), 15),
    **dict.fromkeys(("按期率", "甲移乙", "乙移甲", "已反馈", "已核实"), 17),
    **dict.fromkeys(("应履行", "已履行", "开展次数", "学时", "性质"), 18),
    "法定应办": 20,
    "内部目标应办": 20,
    "文书": 46,
    "处理": 52,
    "应于": 27,
    "办结": 27,
    "事项编号": 31,
}
#: Columns of words stand at the left, numbers and days in the middle.
WORDS = {"类别", "承担单位", "时限", "依据", "乡镇", "部门", "甲方", "乙方", "单位", "环节", "文书", "职责", "处理"}


def on_paper(rows: dict) -> list[dict]:
    """The tables: of each its title, the width of each column, and its cells with whether they are words."""
    return [
        {
            "title": table["title"],
            "columns": [(head, WIDTHS.get(head)) for head in table["head"]],
            "lines": [
                [(cell, head in WORDS) for cell, head in zip(line, table["head"], strict=True)]
                for line in table["lines"]
            ],
        }
        for table in rows["tables"]
    ]
