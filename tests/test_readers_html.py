"""HTML: lines, blocks, tables, lists, what is left out, and pages made to hurt."""

from __future__ import annotations

import time

import pytest

from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, read


def page(html: str, **options: Limits) -> Document:
    (document,) = read(html.encode(), source="a.html", doc_id="a.html", **options)
    assert document.media_type == "text/html"
    return document


def shapes(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks]


def body(html: str) -> str:
    return page(f"<html><body>{html}</body></html>").text


def test_each_block_is_a_line() -> None:
    assert body("<p>岗位<b>职责</b>：</p><div>一<div>二</div>三</div>") == "岗位职责：\n一\n二\n三"


def test_br_breaks_and_stays_in_its_block() -> None:
    document = page("<html><p>1、开票<br>2、对账<br/></p><p><br></p><p>完</p>")
    assert shapes(document) == [("paragraph", 0, "1、开票\n2、对账"), ("paragraph", 0, "完")]


def test_headings_and_title() -> None:
    document = page("<html><head><title> 招聘\n 启事 </title></head><body><h1>前台</h1><h3>职责</h3>")
    assert document.title == "招聘 启事"
    assert shapes(document) == [("heading", 1, "前台"), ("heading", 3, "职责")]


def test_lists_get_their_numerals_and_bullets() -> None:
    document = page(
        "<html><ol start=3><li>甲<ul><li>乙<ol type=a><li>丙</ol></ul>尾<li value=9><p>丁</p><p>续</p></ol><ul><li>戊</ul>"
    )
    assert shapes(document) == [
        ("item", 1, "3. 甲"),
        ("item", 2, "• 乙"),
        ("item", 3, "a. 丙"),
        ("paragraph", 0, "尾"),
        ("item", 1, "9. 丁"),
        ("paragraph", 0, "续"),
        ("item", 1, "• 戊"),
    ]


def test_an_item_with_an_ordinal_of_its_own_gets_no_second_one() -> None:
    assert (
        body("<ol><li>1、开票<li>2.5年经验<li>（3）对账</ol><ul><li>①报税</ul>")
        == "1、开票\n2. 2.5年经验\n（3）对账\n①报税"
    )


def test_a_heading_in_an_item_is_a_heading() -> None:
    document = page("<html><ul><li><h3>会计</h3><p>负责总账</p></ul><ol><li><h3>出纳</h3></ol>")
    assert shapes(document) == [("heading", 3, "会计"), ("paragraph", 0, "负责总账"), ("heading", 3, "1. 出纳")]


def test_a_table_becomes_cells_in_a_grid() -> None:
    document = page(
        "<html><table><tr><td>岗位<td>会计<td rowspan=2>部门<td rowspan=9>财务部<tr><th>上级<td>经理"
        "<tr><td>职责<td colspan=3><p>1、总账；</p>2、报税<br>3、归档</table>完"
    )
    assert document.text == "岗位\t会计\t部门\t财务部\n上级\t经理\n职责\t1、总账；\n2、报税\n3、归档\n完"
    cells = [
        (document.text[block.start : block.end], block.row, block.column, block.rows, block.columns)
        for block in document.blocks
        if block.kind is BlockKind.CELL
    ]
    assert cells == [
        ("岗位", 0, 0, 1, 1),
        ("会计", 0, 1, 1, 1),
        ("部门", 0, 2, 2, 1),
        ("财务部", 0, 3, 3, 1),
        ("上级", 1, 0, 1, 1),
        ("经理", 1, 1, 1, 1),
        ("职责", 2, 0, 1, 1),
        ("1、总账；\n2、报税\n3、归档", 2, 1, 1, 3),
    ]


def test_empty_cells_keep_their_place_and_tables_are_counted() -> None:
    document = page("<html><table><tr><td>上级<td><td>人数<td>2</table><table><tr><td>a<td>b</table>")
    assert document.text == "上级\t\t人数\t2\na\tb"
    assert [(block.table, block.column) for block in document.blocks] == [
        (0, 0),
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 0),
        (1, 1),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><table><tr><td><p>职责</p><p>开票</p></table></table>",
        "<table><tr><td><p>职责</p><tr><td><p>开票</p></table>",
        "<table><tr><td><p>职责</p></td><td><div>开票</div></td></tr></table>",
        "<table><tr><td><h1>职责</h1><td>开票<tr></table>",
    ],
)
def test_tables_that_arrange_a_page_are_walked_as_blocks(html: str) -> None:
    document = page(f"<html>{html}")
    assert document.text == "职责\n开票"
    assert {block.kind for block in document.blocks} <= {BlockKind.PARAGRAPH, BlockKind.HEADING}


def test_a_small_table_within_a_cell_stays_in_it() -> None:
    inner = "<table><tr><td>指标</td><td>权重</td></tr><tr><td>准时率</td><td>40</td></tr></table>"
    document = page(
        f"<html><table><tr><td>岗位名称<td>仓储主管<tr><td>岗位职责<td>1、管理仓库；2、组织每月盘点<tr><td>考核<td>{inner}</table>"
    )
    assert document.text.endswith("考核\t指标 权重\n准时率 40")
    assert len(document.blocks) == 6


def test_spans_around_digits_do_not_break_lines() -> None:
    html = '<p><span lang="EN-US">1<span>.</span></span>\n协助<o:p></o:p>开拓</p>'
    assert body(html) == "1. 协助开拓"


def test_blanks_of_all_kinds() -> None:
    assert (
        body("<p>&nbsp;&nbsp;开票\u2800\n  对账&emsp;</p><p>\u2800</p><p>&#x8077;&#x7A31;&nbsp;：</p>")
        == "开票  对账\n職稱 ："
    )


def test_wrapped_source_lines_are_joined_and_lists_in_them_kept() -> None:
    assert body("<p>负责总账\n    和报税</p>") == "负责总账和报税"
    assert body("<p>skilled in\n Java</p>") == "skilled in Java"
    assert body("<div>职责：\n1、总账\n 2、报税</div>") == "职责：\n1、总账\n2、报税"
    assert body("<pre>一\n  二\n</pre>三") == "一\n二\n三"


def test_buttons_behind_the_text_of_a_line_are_left_out() -> None:
    html = "<div><span>仓管员</span><em>收起</em><a href=#>查看<i>详情</i></a></div><p>开票</p><a>查看详情</a>"
    assert body(html) == "仓管员\n开票\n查看详情"
    assert body("<p>职责：<a>投递</a>报刊</p>") == "职责：投递报刊"


def test_what_stands_in_a_box_at_a_headings_end_stands_beside_it() -> None:
    assert body('<h3>仓管员<span class="city">苏州</span></h3>') == "仓管员 苏州"
    assert body('<p><a class="job">HR专员<small class="en">人事</small> </a></p>') == "HR专员 人事"
    assert body('<h3>仓管<span class="keyword">主管</span></h3>') == "仓管主管"
    assert body('<h3>仓管<span>员</span></h3><h3>职务<span class="x">：</span></h3>') == "仓管员\n职务："


def test_what_nobody_sees_is_left_out_and_said() -> None:
    document = page(
        "<html><head><style>p{}</style></head><!-- <p>旧岗位</p> --><script>var a='<p>x</p>'</script><p>开<span hidden>乱码</span>票"
        "</p><div style='color:red;DISPLAY : none'>弹窗</div><template>甲</template><select><option>乙</select>"
    )
    assert document.text == "开票"
    assert [(note.code, note.message) for note in document.notes] == [
        ("hidden", "left out (2 characters): 乱码"),
        ("hidden", "left out (2 characters): 弹窗"),
    ]


MENU = "<div class=top><a href=/>首页</a> | <a href=/a>关于我们</a> | <a href=/b>联系我们</a></div>"


def test_menus_are_left_out_and_said() -> None:
    crumbs = "<ul class='breadcrumb'><li><a>苏州</a><li><a>工厂</a></ul>"
    document = page(f"<html>{MENU}<nav><a>甲</a></nav>{crumbs}<p>开票</p>")
    assert document.text == "开票"
    assert [note.code for note in document.notes] == ["furniture"] * 3


@pytest.mark.parametrize(
    "html",
    [
        "<ul class=menu><li><a>销售经理</a><li><a>会计</a><li><a>仓库主管</a></ul>",
        "<nav><a>销售经理</a> <a>会计</a></nav>",
        "<div class=nav><a>甲</a><a>乙</a>本公司因发展需要，诚聘下列人员，请有意者将简历投至本公司人力资源部，勿附原件，谢绝来访，合则约见，不合则退，请勿来电，多谢。</div>",
        "<ul><li><a>甲</a><li><a>乙</a></ul>",
        MENU,
    ],
    ids=["posts", "posts in nav", "text among links", "unknown links", "nothing else on the page"],
)
def test_in_doubt_links_are_kept(html: str) -> None:
    text = body(html)
    assert text
    assert text.count("经理") == html.count("经理")


def test_links_side_by_side_are_parted() -> None:
    assert body("<p><a>销售经理</a><a>会计</a></p>") == "销售经理 会计"


def test_fragments_are_html_without_a_head() -> None:
    assert page("</ul><h1>会计</h1><ul>\n<li>总账</li>\n</ul><p>完").text == "会计\n• 总账\n完"
    assert page('ss="x">岗位</td><td>会计</td></tr>\n<tr><td>部门</td><td>财务').text == "岗位\t会计\n部门\t财务"
    assert (
        page("<td>岗位</td><td>会计</td></tr>\n<tr><td>部门</td><td>财务</td></tr><tr><td").text
        == "岗位\t会计\n部门\t财务"
    )


def test_page_in_an_old_encoding_by_its_meta() -> None:
    (document,) = read("<html><meta charset=big5><p>職務：會計".encode("big5"), source="", doc_id="x")
    assert (document.text, document.encoding) == ("職務：會計", "big5")


def test_an_empty_page_is_empty() -> None:
    assert page("<html><body><script>1</script></body></html>").status == "empty"


def test_limits_make_it_partial_and_say_which() -> None:
    document = page("<html>" + "<p>开票" * 100, limits=Limits(characters=50))
    assert (document.status, len(document.text)) == ("partial", 50)
    assert "50 characters" in document.error
    assert all(block.end <= 50 for block in document.blocks)
    document = page("<html>" + "<p>开票" * 100, limits=Limits(nodes=50))
    assert (document.status, "50 elements" in document.error) == ("partial", True)
    document = page("<html>" + "<p>开票" * 100, limits=Limits(bytes=60))
    assert (document.status, "60 bytes" in document.error) == ("partial", True)
    document = page("<table>" + "<tr><td rowspan=9 colspan=900>a<td>b" * 9, limits=Limits(cells=99))
    assert [note.code for note in document.notes] == ["table"]


N = 20_000
HOSTILE = {
    "nested div": "<div>" * N + "<p>终<p>终<p>终",
    "nested div with p": "<div><p>终" * N,
    "nested lists": "<ul><li>终" * N,
    "nested tables": "<table><tr><td>终" * N,
    "open spans": "<html>" + "<span>" * N + "<p>终</p>" * N,
    "formatting across paragraphs": "<html><p>" + "".join(f"<b id={n}>" for n in range(2000)) + "</p>" + "<p>终" * 2000,
    "attributes": "<html><a " + " ".join(f"a{n}='<'" for n in range(N)) + ">终",
    "unclosed comments": "<html><p>终" + "<!--" * N,
    "unclosed quotes": "<html><p>终</p>" + '<a "' * N,
    "ends of what never began": "<html>" + "<div>" * N + "</p>" * N + "终",
    "ampersands": "<html>终" + "&" * N * 10,
    "spans over everything": "<table>" + "<tr><td rowspan=65000 colspan=1000>终<td>终" * 2000,
    "white space": "<html><p>终" + " " * N * 10 + "\n" * N * 10,
    "links in links": "<html><body>" + "<div><a href=x>终<a>登录</a>" * N,
    "one line of a megabyte": "<html><p>" + "终" * 350_000,
    "cut in a tag": "<html><p>终</p><p cl",
    "zero bytes": "<html><p>终\0</p>" + "\0" * 3,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_quickly(name: str) -> None:
    started = time.process_time()
    document = page(HOSTILE[name])
    assert time.process_time() - started < 1.5  # quadratic ones take many seconds
    assert "终" in document.text


def test_numerals_by_style() -> None:
    body = '<ol style="list-style-type: cjk-ideographic" start=3><li>甲<li>乙</ol><ol style="list-style: none"><li>丙</ol><ol style="margin:0;list-style:upper-alpha inside"><li>丁</ol>'
    assert page(f"<html>{body}").text.split("\n") == ["三、甲", "四、乙", "• 丙", "A. 丁"]


def test_what_was_entered_in_a_form_is_read_where_it_stands_in_a_table() -> None:
    """The fields around a search are none of the page's text."""
    search = '<p><select><option selected>全国</select><input value="搜职位">招聘</p>'
    form = '<table border=1><tr><td>岗位名称<td><input value="仓储主管"><input type=hidden value="7"></tr><tr><td>性别<td><select><option>男<option selected>不限</select></table>'
    assert page(f"<html>{search}{form}").text.split("\n") == ["招聘", "岗位名称\t仓储主管", "性别\t不限"]


def test_panels_that_open_at_a_click_are_read() -> None:
    """What is hidden and says what a post is about is folded; a popup is hidden."""
    html = "<h3>店员</h3><div style='display:none'>岗位职责：<ul><li>收银</ul></div><div style='display:none'>请先登录</div>"
    document = page(html)
    assert document.text == "店员\n岗位职责：\n• 收银"
    assert [note.code for note in document.notes] == ["hidden"]


def test_a_tabs_name_stands_over_its_panel() -> None:
    tabs = "<ul><li><a href='#a'>店员</a><li><a href='#b'>仓库主管</a></ul>"
    panels = "<div id=a><p>岗位职责：<p>收银</div><div id=b><h4>仓库主管</h4><p>岗位职责：<p>盘点</div>"
    document = page(tabs + panels)
    assert document.text.endswith("店员\n岗位职责：\n收银\n仓库主管\n岗位职责：\n盘点")
    assert sum(block.kind is BlockKind.HEADING for block in document.blocks) == 2
    assert "店员\n岗位职责" not in page(tabs.replace("#", "/") + panels).text


def test_a_form_for_applicants_is_left_out() -> None:
    form = "<form><p><label>姓名:</label><input><p><label>学历:</label><input type=text><textarea>自我介绍</textarea></form>"
    document = page(f"<p>诚聘店员</p>{form}")
    assert document.text == "诚聘店员"
    assert [note.code for note in document.notes] == ["furniture"]
    assert page("<form><p>岗位职责：收银</p><input type=hidden></form>").text == "岗位职责：收银"


def test_a_sentence_printed_large_is_no_heading() -> None:
    document = page("<h6>岗位职责：</h6><h6>1、收银；</h6><h6>2、盘点。</h6>")
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
