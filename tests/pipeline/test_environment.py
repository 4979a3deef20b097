"""The same bytes of every format whatever the folder, the user's settings, the place on earth and the workers."""

import os
import shutil
import sys
from pathlib import Path

from pipeline.catalogue import FORMATS
from pipeline.differences import first_difference
from tests.pipeline._sabotage import CHECKOUT, finish, start_build
from tests.pipeline._studio import Studio


def varied(number: int, folder: Path) -> dict[str, str]:
    """Two environments that have nothing in common but Python and what it needs."""
    home = folder / "home" / str(number)
    home.mkdir(parents=True)
    zone, language, seed, columns = (("UTC", "C", "0", "80"), ("Asia/Shanghai", "zh_CN.UTF-8", "4711", "33"))[number]
    (home / "manim.cfg").write_text("[CLI]\nbackground_color = RED\nframe_rate = 7\n")
    (home / "matplotlibrc").write_text(f"font.size: {10 + 10 * number}\nsvg.fonttype: {('none', 'path')[number]}\n")
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "MATPLOTLIBRC": str(home),
        "TZ": zone,
        "LANG": language,
        "LC_ALL": language,
        "PYTHONHASHSEED": seed,
        "COLUMNS": columns,
        "USER": f"user{number}",
        "SOURCE_DATE_EPOCH": str(number),
    }


def test_the_same_bytes_in_every_environment(tmp_path: Path) -> None:
    built: list[dict[str, bytes]] = []
    for number in range(2):
        place = tmp_path / ("here", "some where else/deeper")[number]
        studio = Studio(place / "studio")
        studio.add_scene("patience")
        for name in ("output_size", "share_card_convolution"):
            shutil.copy(CHECKOUT / "figures" / f"{name}.py", studio.rooms.figures)
        every = dict.fromkeys(form for forms in FORMATS.values() for form in forms)
        formats = [word for form in every for word in ("--format", form)]
        options = ("--quality", "draft", "--lang", "zh", "--theme", "dark", "-q", "--jobs", str(number + 1))
        environment = {**os.environ, **varied(number, tmp_path)}
        build = start_build(studio, *options, *formats, environment=environment, umask=(0o022, 0o077)[number])
        code, _, errors = finish(build)
        assert (code, errors) == (0, "")
        built.append(studio.files())
        if sys.platform == "linux":
            assert {path.stat().st_mode & 0o777 for path in studio.out.rglob("*.*")} == {0o644}
    kinds = {Path(name).suffix for name in built[0]}
    assert kinds == {".mp4", ".webm", ".gif", ".png", ".svg", ".pdf", ".vtt", ".csv", ".json", ".txt"}
    assert built[0].keys() == built[1].keys()
    for name, data in built[0].items():
        assert (name, first_difference(name.rpartition(".")[2], data, built[1][name])) == (name, "no difference")
