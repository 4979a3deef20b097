"""What a benchmark needs where there is no ffmpeg."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np


def test_frames_are_encoded_without_ffmpeg(checkout: Path, tmp_path: Path) -> None:
    width, height, count = 96, 64, 10
    pictures = np.zeros((count, height * 3 // 2, width), np.uint8)
    pictures[:, height:] = 128
    pictures[:, :height] = np.linspace(40, 200, count, dtype=np.uint8)[:, None, None]
    (tmp_path / "frames").write_bytes(pictures.tobytes())
    command = [
        sys.executable,
        "-m",
        "bench.encode",
        tmp_path / "frames",
        tmp_path / "film.mp4",
        "96x64",
        "25",
        "-g",
        "5",
    ]
    subprocess.run(command, cwd=checkout, check=True)
    with av.open(str(tmp_path / "film.mp4")) as container:
        stream = container.streams.video[0]
        decoded = list(container.decode(stream))
        assert (stream.codec_context.name, stream.average_rate, stream.pix_fmt) == ("h264", 25, "yuv420p")
    assert [frame.key_frame for frame in decoded] == [True, *[False] * 4] * 2
    for frame, picture in zip(decoded, pictures, strict=True):
        assert np.abs(frame.to_ndarray()[:height].astype(int) - picture[:height]).max() <= 3
