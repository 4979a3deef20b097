"""The visualizer in Chromium: stacks of layers, sizes and channels are those of core."""

from playwright.sync_api import expect

from core import Trace
from core.axis_size import AxisSize
from core.receptive_field import Layer, ReceptiveField
from look.numbers import number, size
from pipeline.visualizer import LIMITS
from tests.web._opened import EN, Opened, article, linked, shown


def test_layers_are_added_changed_and_removed(visualizer: Opened) -> None:
    page = visualizer.go("v=field")
    page.find(".add").click()
    page.find("#layer2-dilation").select_option("2")
    page.find("#layer0-stride").select_option("2")
    layers = [Layer(stride=(2, 2)), Layer(), Layer(dilation=(2, 2))]
    for stack in (layers, layers[1:]):
        field = ReceptiveField(tuple(stack), article().lesson.plane, (0, 0))
        last = page.find("tbody tr").last.locator("td").all_inner_texts()
        assert last[5] == size(*field.rows[-1].size)
        assert last[6] == number(field.rows[-1].jump[0])
        assert page.find("fieldset").count() == len(stack)
        page.find(".remove").first.click()


def test_a_unit_at_any_depth_lights_what_it_reads(visualizer: Opened) -> None:
    page = visualizer.go("v=field&i=" + ";".join(["1,2,3,4,5,6,7"] * 6) + "&l=3s2p1d1;2d2;2")
    layers = (Layer(stride=(2, 2), padding=(1, 1, 1, 1)), Layer((2, 2), dilation=(2, 2)), Layer((2, 2)))
    for depth in (3, 2, 1):
        plane = page.find(".sheet").nth(depth)
        expect(plane).to_be_visible()
        field = ReceptiveField(layers[:depth], page_plane(page, 0), (0, 0))
        unit = plane.locator(".ground").bounding_box()
        assert unit
        page.page.mouse.move(unit["x"] + 4, unit["y"] + 4)
        expect(page.find("tr.lit td").nth(5)).to_have_text(size(*field.rows[-1].size))
        counts = [page.find(".sheet").nth(below).locator(".lit").count() for below in range(depth)]
        assert counts == [int(field.mask(below).sum()) for below in range(depth)]
        paths = page.find(".sheet").first.locator("text").all_text_contents()
        assert paths == [number(int(count)) for count in field.paths.flat if count]


def page_plane(page: Opened, at: int) -> tuple[int, int]:
    rows, cols = page.find("tbody tr").nth(at).locator("td").nth(4).inner_text().split("×")
    return int(rows), int(cols)


def test_sliders_give_the_size_of_core(visualizer: Opened) -> None:
    page = visualizer.go("v=size")
    for cells, kernel, padding, stride, dilation in (
        (5, 3, 0, 2, 1),
        (8, 3, 1, 3, 2),
        (12, 5, 6, 4, 1),
        (6, 2, 0, 1, 3),
    ):
        for name, value in (
            ("height", cells),
            ("width", cells),
            ("kernel", 1),
            ("dilation", dilation),
            ("padding", padding),
        ):
            page.slide(name, value)
        page.slide("stride", stride)
        page.slide("kernel", kernel)
        axis = AxisSize(cells, padding, padding, kernel, dilation, stride)
        assert page.text(".result") == number(axis.output)
        assert page.find(".strip .unread").count() == len(axis.unread)
        assert page.find(".strip .window").count() == axis.output
        read = len(axis.reads) - len(axis.unread)
        unread = axis.padded**2 - read**2
        said = EN.say("visualizer.size.unread", count=unread) if unread else EN.say("visualizer.size.all_read")
        assert said in page.answer


def test_a_kernel_that_does_not_fit_is_said(visualizer: Opened) -> None:
    page = visualizer.go("v=scan")
    page.slide("dilation", 3)
    axis = AxisSize(5, 0, 0, 3, 3, 1)
    said = EN.say("visualizer.problem.fit", span=axis.span, padded=axis.padded, missing=-axis.numerator)
    assert page.answer == said
    expect(page.find(".lesson")).to_be_disabled()
    assert page.cells("o-") == []
    assert page.find(".strip").count() == 1, "the view that explains it is shown"
    page.slide("padding", 1)
    expect(page.find(".lesson")).to_be_enabled()
    assert len(page.cells("o-")) == 1, "and then the scan again"
    page.go("p=3&m=reflect&i=1,2,3;4,5,6;7,8,9&k=1")
    assert page.answer == EN.say("visualizer.problem.padding", padding=3, cells=3, most=2, mode="reflect")


def test_channels_add_up_to_the_map(visualizer: Opened) -> None:
    lesson, setting = linked("three-channels")
    page, trace = visualizer.go(setting.replace("v=scan", "v=channels")), Trace(lesson)
    for channel in range(len(trace.output)):
        page.find(".segments button").filter(has_text=EN.say("common.filter", index=channel)).click()
        maps = trace.channel_maps(channel)
        assert [page.cells(f"m{depth}-") for depth in range(len(maps))] == [shown(plane) for plane in maps]
        assert page.cells("o-") == shown(trace.output[channel])
    page.slide("channels", 2)
    assert [page.find('.grid [id^="x0-0-0"]').count(), page.find('.grid [id^="x2-0-0"]').count()] == [1, 0]
    page.slide("filters", 4)
    page.find("#groups").select_option("2")
    page.find(".segments button").last.click()
    assert page.find(".lines .flow").count() == 1
    assert "x1-0-0" in page.find(".lines input").evaluate_all("all => all.map(one => one.id)")


def test_a_slider_goes_only_where_its_own_address_leads(visualizer: Opened) -> None:
    page = visualizer.go("v=scan&l=1p6;1p6;1p5")
    page.slide("height", 12)
    assert page.text(".notice") == EN.say("visualizer.field.too_large", most=LIMITS["plane"])
    assert page.find("#height").input_value() == "5"
    page.slide("width", 4)
    assert page.find(".notice").count() == 0
    page.page.reload()
    assert page.find(".notice").count() == 0
    assert page.find("#width").input_value() == "4"


def test_cells_that_a_slider_cut_come_back_whatever_else_grew(visualizer: Opened) -> None:
    page = visualizer.go("v=scan&i=1,2,3;4,5,6;7,8,9&k=1")
    for name, cells in (("height", 1), ("width", 9), ("height", 3), ("width", 3)):
        page.slide(name, cells)
    assert page.cells("x0-") == [number(value) for value in range(1, 10)]


def test_groups_stay_while_they_divide_channels_and_filters(visualizer: Opened) -> None:
    page = visualizer.go("v=channels&i=1,2;3,4/1,0;0,1/2,2;2,2/0,1;1,0&k=1~2~3~4&g=4")
    assert page.find("#groups").input_value() == "4"
    page.slide("filters", 2)
    assert page.find("#groups").input_value() == "2"
    page.slide("channels", 2)
    assert page.find("#groups").input_value() == "2"
    page.slide("filters", 3)
    assert page.find("#groups").input_value() == "1"


def test_a_bias_that_is_no_number_goes_when_it_is_left(visualizer: Opened) -> None:
    page = visualizer.go("v=scan")
    page.find("#b0").fill("abc")
    expect(page.find("#b0")).to_have_attribute("aria-invalid", "true")
    page.find("#b0").blur()
    expect(page.find("#b0")).to_have_value("0")
    assert page.find("#b0").get_attribute("aria-invalid") is None


def test_arrows_scroll_a_table_that_has_the_focus(visualizer: Opened) -> None:
    page = visualizer.go("v=field&l=3")
    before = page.answer
    page.find(".scroller").focus()
    page.page.keyboard.press("ArrowRight")
    assert page.answer == before
    page.find(".scroller").blur()
    page.page.keyboard.press("ArrowRight")
    assert page.answer != before
