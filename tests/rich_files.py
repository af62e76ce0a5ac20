"""Office files with all that stands beside plain paragraphs: what a person sees of them, and what he does not see.

python tests/rich_files.py FOLDER        writes them there
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from formats import W, packed

_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES: Final = (
    f'xmlns:w="{W}" xmlns:r="{_RELATION}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _runs(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _item(text: str, number: int, level: int = 0) -> str:
    return _p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _cell(content: str, properties: str = "", width: int = 2000) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _table(rows: list[str], columns: int) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = '<w:gridCol w:w="2000"/>' * columns
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="{2000 * columns}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'


_LEVELS: Final = {
    1: [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")],
    2: [("decimal", "%1．"), ("decimal", "%1.%2 ")],
    3: [("bullet", "●")],
    4: [("chineseCountingThousand", "第%1条")],
}


def _numbering() -> str:
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{420 * (depth + 1)}" w:hanging="420"/></w:pPr></w:lvl>'
            for depth, (style, shown) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for number, levels in _LEVELS.items()
    )
    numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in _LEVELS)
    return f"<w:numbering {_SPACES}>{abstract}{numbers}</w:numbering>"


def _box(text: str) -> str:
    inner = f"<w:txbxContent>{''.join(_p(line) for line in text.splitlines())}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>3600000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="1800000" cy="900000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:shape style="width:140pt;height:70pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


_AUTHOR: Final = 'w:id="9" w:author="审核" w:date="2024-01-01T00:00:00Z"'


_CONTROLS: Final = (
    _runs(_r("编制人："), f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{_r('张某')}</w:sdtContent></w:sdt>"),
    _runs(
        _r("审核人："),
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{_r('单击此处输入文字。')}</w:sdtContent></w:sdt>",
    ),
)


def rich_docx(*, with_controls: bool = True) -> bytes:
    """A post's form with numerals, merged and nested cells, boxes, notes, changes, remarks and hidden text.

    LibreOffice 7.4 saves the text of content controls several times over: what it is to save has none.
    """
    form = _table(
        [
            _cell(_p("岗位名称")) + _cell(_p("仓储主管")) + _cell(_p("所属部门")) + _cell(_p("物流部")),
            _cell(_p("直接上级")) + _cell(_p("物流经理"), '<w:gridSpan w:val="3"/>', 6000),
            _cell(_p("岗位职责"), '<w:vMerge w:val="restart"/>') + _cell(_p("收货")) + _cell(_item("核对送货单", 2) + _item("登记入库", 2), '<w:gridSpan w:val="2"/>', 4000),
            _cell(_p(""), "<w:vMerge/>") + _cell(_p("发货")) + _cell(_item("按单备货", 2) + _p("当日发出"), '<w:gridSpan w:val="2"/>', 4000),
            _cell(_p("考核指标")) + _cell(_table([_cell(_p("盘点准确率")) + _cell(_p("99%以上")), _cell(_p("发货及时率")) + _cell(_p("98%以上"))], 2) + _p(""), '<w:gridSpan w:val="3"/>', 6000),
        ],
        4,
    )  # fmt: skip
    body = "".join(
        [
            _p("岗位说明书", '<w:pStyle w:val="Title"/>'),
            _item("岗位概况", 1),
            form,
            _item("任职要求", 1),
            _item("学历", 1, 1),
            _item("大专以上，物流专业", 1, 2),
            _item("经验", 1, 1),
            _item("三年以上仓储管理经验", 1, 2),
            _item("工作权限", 1),
            _item("有权拒收不合格品", 3),
            _item("有权调配库区人员", 3),
            _runs(_r("协作关系：见右框"), _box("内部：采购部\n外部：承运商")),
            _item("本制度自发布之日起执行", 4),
            _item("本制度由物流部解释", 4),
            _runs(
                _r("每月"),
                f'<w:ins {_AUTHOR}>{_r("末")}</w:ins>',
                f'<w:del {_AUTHOR}><w:r><w:delText>初已删</w:delText></w:r></w:del>',
                _r("盘点库存"),
                _r("隐藏的话", "<w:vanish/>"),
                _r("，差异三日内查明"),
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                '<w:commentRangeStart w:id="0"/>',
                _r("。"),
                '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
            ),
            _runs(f"<w:del {_AUTHOR}><w:r><w:delText>整段都已删去</w:delText></w:r></w:del>", properties=f"<w:rPr><w:del {_AUTHOR}/></w:rPr>"),
            _runs(
                _r("联系："),
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://example.com" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                _r("物流部办公室"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ),
            *(_CONTROLS if with_controls else ()),
            '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/><w:footerReference w:type="default" r:id="rfooter"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>',
        ]
    )  # fmt: skip
    notes = "".join(
        f'<w:footnote w:id="{number}" {kind}>{content}</w:footnote>'
        for number, kind, content in [
            (0, 'w:type="separator"', "<w:p><w:r><w:separator/></w:r></w:p>"),
            (1, 'w:type="continuationSeparator"', "<w:p><w:r><w:continuationSeparator/></w:r></w:p>"),
            (2, "", _runs("<w:r><w:footnoteRef/></w:r>", _r("脚注：差异指账实不符"))),
        ]
    )
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>'
    parts = {
        "numbering": _numbering(),
        "styles": f"<w:styles {_SPACES}>{styles}</w:styles>",
        "footnotes": f"<w:footnotes {_SPACES}>{notes}</w:footnotes>",
        "comments": f'<w:comments {_SPACES}><w:comment w:id="0" w:author="审核" w:date="2024-01-01T00:00:00Z" w:initials="s">{_p("批注：请核实天数")}</w:comment></w:comments>',
        "header": f"<w:hdr {_SPACES}>{_p('页眉：青禾仓储有限公司')}</w:hdr>",
        "footer": f"<w:ftr {_SPACES}>{_p('页脚：内部资料')}</w:ftr>",
    }
    kinds = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for kind in parts)
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    space = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{space}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>{kinds}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}/relationships">{relations}</Relationships>',
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            **{f"word/{kind}.xml": content for kind, content in parts.items()},
        }
    )


def rich_pptx() -> bytes:
    """A deck with cards, a group, a merged table, a chart, numerals, notes, a hidden box and a hidden slide."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "仓储主管岗位职责"
    for number, (name, text) in enumerate(
        [("收货", "核对送货单\n登记入库"), ("发货", "按单备货\n当日发出"), ("盘点", "每月盘点\n查明差异")]
    ):
        first.shapes.add_textbox(Cm(1.5 + 8 * number), Cm(6), Cm(7), Cm(1.2)).text_frame.text = name
        first.shapes.add_textbox(Cm(1.5 + 8 * number), Cm(7.5), Cm(7), Cm(3)).text_frame.text = text
    group = first.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1.5), Cm(12), Cm(6), Cm(1.2)).text_frame.text = "直接上级"
    group.shapes.add_textbox(Cm(8), Cm(12), Cm(6), Cm(1.2)).text_frame.text = "物流经理"
    secret = first.shapes.add_textbox(Cm(1.5), Cm(15), Cm(6), Cm(1.2))
    secret.text_frame.text = "看不见的框"
    secret._element.nvSpPr.cNvPr.set("hidden", "1")
    first.notes_slide.notes_text_frame.text = "备注：讲三分钟"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    frame = second.shapes.add_table(4, 3, Cm(1.5), Cm(2), Cm(21), Cm(6)).table
    for y, row in enumerate([["岗位名称", "仓储主管", ""], ["考核指标", "盘点准确率", "99%以上"], ["", "发货及时率", "98%以上"], ["任职要求", "大专以上", ""]]):  # fmt: skip
        for x, text in enumerate(row):
            frame.cell(y, x).text = text
    frame.cell(0, 1).merge(frame.cell(0, 2))
    frame.cell(1, 0).merge(frame.cell(2, 0))
    frame.cell(3, 1).merge(frame.cell(3, 2))
    listed = second.shapes.add_textbox(Cm(1.5), Cm(10), Cm(20), Cm(4)).text_frame
    listed.text = "有权拒收不合格品"
    listed.add_paragraph().text = "有权调配库区人员"
    for paragraph in listed.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            properties.makeelement(
                "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum", {"type": "ea1ChsPeriod"}
            )
        )
    data = CategoryChartData()
    data.categories = ["一季度", "二季度"]
    data.add_series("入库量", (12.0, 15.0))
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "业务量"
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(4), Cm(18), Cm(10), data)
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "隐藏的幻灯片"
    hidden._element.set("show", "0")
    return _saved(deck.save)


def rich_xlsx() -> bytes:
    """A workbook with merged cells, percentages, dates, a formula, hidden rows, columns and sheets, a box, a remark."""
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    percent, day, edge = book.add_format({"num_format": "0%", "border": 1}), book.add_format({"num_format": "yyyy-mm-dd", "border": 1}), book.add_format({"border": 1})  # fmt: skip
    middle = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    sheet = book.add_worksheet("仓储主管")
    sheet.set_column(0, 5, 16)
    sheet.merge_range("A1:D1", "岗位说明书", middle)
    sheet.write_row("A2", ["岗位名称", "仓储主管", "所属部门", "物流部"], edge)
    sheet.write("A3", "直接上级", edge)
    sheet.merge_range("B3:D3", "物流经理", middle)
    sheet.merge_range("A4:A5", "岗位职责", middle)
    sheet.write("B4", "收货", edge)
    sheet.merge_range("C4:D4", "1、核对送货单\n2、登记入库", middle)
    sheet.write("B5", "发货", edge)
    sheet.merge_range("C5:D5", "1、按单备货\n2、当日发出", middle)
    sheet.write("A6", "考核指标", edge)
    sheet.write("B6", "盘点准确率", edge)
    sheet.write("C6", 0.99, percent)
    sheet.write("D6", "每月", edge)
    sheet.write("A7", "生效日期", edge)
    sheet.write_datetime("B7", datetime.datetime(2024, 3, 1), day)
    sheet.write("A8", "定员", edge)
    sheet.write_formula("B8", "=1+2", edge, 3)
    sheet.write_row("A9", ["隐藏行", "看不见"], edge)
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.write("F2", "隐藏列")
    sheet.set_column("F:F", None, None, {"hidden": True})
    sheet.write_comment("B2", "批注：待定")
    sheet.insert_textbox("A11", "说明：本表由物流部填写", {"width": 320, "height": 40})
    book.add_worksheet("参数").hide()
    book.get_worksheet_by_name("参数").write("A1", "隐藏表里的字")
    book.close()
    return out.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


MAKERS: Final = {"rich.docx": rich_docx, "rich.pptx": rich_pptx, "rich.xlsx": rich_xlsx}


def main() -> None:
    for name, make in MAKERS.items():
        Path(sys.argv[1], name).write_bytes(make())


if __name__ == "__main__":
    main()
