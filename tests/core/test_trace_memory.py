"""A trace is lazy: memory grows with the input, not with the number of steps."""

import tracemalloc

import numpy as np
import pytest

from core import LessonError, Trace, load_lesson, parse_lesson


@pytest.fixture
def photograph(tmp_path):
    numbers = np.random.default_rng(0).integers(0, 256, (512, 512))
    np.save(tmp_path / "photograph.npy", numbers)
    path = tmp_path / "photograph.toml"
    path.write_text(
        "title = 'A photograph'\n[convolution]\ninput = 'photograph.npy'\n"
        "kernel = [[-1,0,1],[-2,0,2],[-1,0,1]]\npadding = 1\nhighlight = [300, 200]\n"
    )
    return path, numbers.nbytes


def peak(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_photograph_is_scanned_in_a_few_times_its_own_memory(photograph):
    path, size = photograph

    def scan():
        trace = Trace(load_lesson(path))
        assert trace.output.shape == (1, 512, 512)
        assert len(trace.steps) == 512 * 512
        for step in trace.steps[::5000]:
            assert step.value == trace.output[0, step.row, step.col]
        assert trace.highlight.cell == (300, 200)

    assert peak(scan) < 5 * size


def test_steps_cost_nothing_until_they_are_asked_for(photograph):
    path, _ = photograph
    trace = Trace(load_lesson(path))
    assert trace.padded is trace.padded
    assert peak(lambda: (len(trace.steps), trace.steps[7:], trace.steps[-1], trace.highlight.products)) < 20_000


def test_without_padding_the_input_is_not_copied():
    trace = Trace(parse_lesson("title='T'\n[convolution]\ninput=[[1,2],[3,4]]\nkernel=[[1]]", name="x"))
    assert trace.padded is trace.input


@pytest.mark.parametrize("setting", ["padding = 1000000", "padding = 'full'\ndilation = 1000000"])
def test_what_is_too_large_is_refused_before_memory_is_spent(setting):
    text = f"title='T'\n[convolution]\ninput=[[1,2],[3,4]]\nkernel=[[1,1],[1,1]]\n{setting}"

    def load():
        with pytest.raises(LessonError, match="cells: lower it"):
            parse_lesson(text, name="x")

    assert peak(load) < 200_000
