"""Encodes raw yuv420p frames as `ffmpeg -crf 18` does, where there is no ffmpeg: FRAMES FILM WIDTHxHEIGHT FPS."""

import sys

import av
import numpy as np

frames, film, size, fps, *options = sys.argv[1:]
width, height = map(int, size.split("x"))
wanted = {
    "crf": "18",
    **{name.removeprefix("-"): value for name, value in zip(options[::2], options[1::2], strict=True)},
}
with open(frames, "rb") as raw, av.open(film, "w") as container:
    stream = container.add_stream("libx264", rate=int(fps), options=wanted)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    while pixels := raw.read(width * height * 3 // 2):
        picture = np.frombuffer(pixels, np.uint8).reshape(height * 3 // 2, width)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="yuv420p")))
    container.mux(stream.encode(None))
