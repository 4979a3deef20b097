"""Frames that repeat are copies in the file, and every frame is decoded as it was encoded."""

import av
import numpy as np
import pytest

from pipeline.film_encoder import MP4, Mp4Encoder, VideoEncoder
from pipeline.film_picture import Patch, YuvConverter
from pipeline.film_repeats import Repeats, _numbered

SIZE = (176, 98)  # neither is a multiple of 16
GROUND = YuvConverter().patch(np.full((SIZE[1], SIZE[0], 4), 255, np.uint8), (0, 0, *SIZE))


def patch(number):
    pixels = np.random.default_rng(number).integers(0, 256, (32, 48, 4), np.uint8)
    pixels[..., 3] = 255
    x, y = 2 * (number * 5 % 60), 2 * (number * 3 % 30)
    return Patch((x, y, x + 48, y + 32), YuvConverter().patch(pixels, (0, 0, 48, 32)).planes)


def encode(path, encoder, runs):
    for number, run in enumerate(runs):
        encoder.write([GROUND, patch(number)] if number == 0 else [patch(number)], run)
    encoder.finish()
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        packets = [(packet.pts * stream.time_base, packet.is_keyframe) for packet in container.demux() if packet.size]
    with av.open(str(path)) as container:
        container.streams.video[0].codec_context.options = {"err_detect": "explode"}
        frames = [frame.to_ndarray() for frame in container.decode(video=0)]
    return packets, frames


RUNS = [
    [1] * 40,  # more than frame_num can count
    [1, 3, 1, 1, 2, 9, 40, 1, 1, 17, 1],  # across seconds, from a second's first frame and to its last
    [100],
    [1, 3, 3, 2, 3, 3, 3, 1, 3, 3],
    [2, 16, 15, 1, 33, 1],
]


@pytest.mark.parametrize("runs", RUNS, ids=lambda runs: "-".join(map(str, runs)))
@pytest.mark.parametrize("fps", [1, 10, 25])
def test_every_frame_is_there_and_repeats_are_exact(runs, fps, tmp_path):
    path = tmp_path / "film.mp4"
    packets, frames = encode(path, Mp4Encoder(path, SIZE, fps), runs)
    assert [at * fps for at, _ in packets] == list(range(sum(runs)))
    assert [number for number, (_, key) in enumerate(packets) if key] == list(range(0, sum(runs), fps))
    assert len(frames) == sum(runs)
    number = 0
    for run in runs:
        for into_run in range(run):
            if into_run and number % fps:
                assert (frames[number] == frames[number - 1]).all()
            number += 1


def test_pictures_are_as_x264_meant_them(tmp_path):
    # Without repeats, nothing but numbers may be changed, so the file decodes as one that x264 wrote alone.
    ours, theirs = tmp_path / "ours.mp4", tmp_path / "theirs.mp4"
    _, copied = encode(ours, Mp4Encoder(ours, SIZE, 25), [1] * 60)
    _, plain = encode(theirs, VideoEncoder(theirs, MP4, SIZE, 25), [1] * 60)
    assert (np.array(copied) == np.array(plain)).all()


def test_a_picture_after_repeats_is_what_it_would_be_without_them(tmp_path):
    ours, theirs = tmp_path / "ours.mp4", tmp_path / "theirs.mp4"
    _, copied = encode(ours, Mp4Encoder(ours, SIZE, 100), [1, 20, 3, 7, 1, 16])
    _, plain = encode(theirs, VideoEncoder(theirs, MP4, SIZE, 100), [1] * 6)
    assert (np.array(copied) == np.repeat(plain, [1, 20, 3, 7, 1, 16], axis=0)).all()


def test_a_large_picture_repeats(tmp_path):
    path = tmp_path / "film.mp4"
    encoder = Mp4Encoder(path, (3840, 2160), 60)
    encoder.write([Patch((0, 0, 48, 32), patch(1).planes)], 20)
    encoder.finish()
    with av.open(str(path)) as container:
        sizes = [packet.size for packet in container.demux() if packet.size]
    assert len(sizes) == 20
    assert max(sizes[2:]) < 400
    with av.open(str(path)) as container:
        _, *rest = (frame.to_ndarray() for frame in container.decode(video=0))
    assert all((frame == rest[0]).all() for frame in rest)


@pytest.mark.parametrize("number", range(16))
def test_a_number_is_written_and_start_codes_are_avoided(number):
    # first_mb_in_slice 0, slice_type 5 and pic_parameter_set_id 0, then frame_num 9, then zeros that must stay hidden.
    unit = bytes([0x41, 0b10011010 | 1, 0b00100000, 0, 0, 3, 1, 0x80])
    numbered = _numbered(unit, number, 4)
    assert b"\0\0\1" not in numbered
    assert b"\0\0\0" not in numbered
    bits = "".join(f"{byte:08b}" for byte in numbered.replace(b"\0\0\3", b"\0\0"))
    assert bits == f"01000001 1001101{number:04b}00000 00000000 00000000 00000001 10000000".replace(" ", "")


def test_a_stream_that_counts_otherwise_is_refused():
    with pytest.raises(AssertionError, match="order"):
        Repeats("libx264", {"preset": "superfast", "x264-params": "bframes=2:b-adapt=0:threads=1"}, SIZE, 25)
