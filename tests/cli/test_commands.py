"""Commands as a person types them: whole answers, exit codes, one sentence for a mistake."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from look import LANGUAGES, THEMES
from look.words import load_words
from pipeline.film import QUALITIES
from render import cli
from tests.pipeline._studio import FIGURE, Studio

Run = Callable[..., Result]


@pytest.mark.parametrize("command", [[], ["list"], ["build"], ["trace"], ["verify"], ["cache"], ["doctor"]])
def test_help_reads_well(run: Run, command: list[str]) -> None:
    for flag in ("--help", "-h"):
        result = run(*command, flag)
        assert result.exit_code == 0, result.output
        assert "Example" in result.stdout
        assert f"python render.py {' '.join(command)}".strip() in result.stdout
        assert "\b" not in result.stdout
        assert "..." not in result.stdout.replace("[LESSON]...", "").replace("[ARGS]...", "")
        assert max(map(len, result.stdout.splitlines())) <= 100


def test_every_option_is_explained(run: Run) -> None:
    text = run("build", "--help").stdout
    for option in ("--only", "--lang", "--theme", "--format", "--quality", "--out", "--jobs", "--quiet", "--verbose"):
        assert option in text
    for choices in (LANGUAGES, THEMES, tuple(QUALITIES)):
        assert "|".join(choices) in text


def test_no_command_is_help(run: Run) -> None:
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == run("--help").stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("render.py build --only conv2", "conv2d-results"),
        ("render.py build art", "article"),
        ("render.py trace min", "mine.toml"),
        ("render.py trace lessons/min", "lessons/mine.toml"),
        ("render.py build --qual", "--quality"),
        ("render.py build --lang z", "zh"),
    ],
)
def test_the_shell_completes(studio: Studio, words: str, offered: str) -> None:
    Path("lessons").mkdir()
    for folder in (".", "lessons"):
        Path(folder, "mine.toml").touch()
    typed = words.split()
    shell = {"_RENDER_PY_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(typed) - 1)}
    result = CliRunner().invoke(cli, [], prog_name="render.py", env=shell)
    assert offered in [line.partition(",")[2] for line in result.stdout.splitlines()]


def test_version(run: Run) -> None:
    assert run("--version").stdout == "convscan 0.1.0\n"


def test_build_says_what_it_drew(run: Run, studio: Studio) -> None:
    studio.add_figure("output_size")
    result = run("build", "--only", "output-*", "--only", "summary", "--lang", "zh", "--theme", "dark", "--jobs", "1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "article/output-size (zh, dark): svg, pdf, png\narticle/summary: txt\n4 files in out\n"
    assert Path("out/article/output-size.zh.dark.svg").is_file()


def test_quiet_says_nothing(run: Run) -> None:
    result = run("build", "-q", "--only", "summary", "--out", "there")
    assert (result.exit_code, result.output) == (0, "")
    assert Path("there/manifest.json").is_file()


def test_a_failure_is_listed_and_the_rest_is_there(run: Run, studio: Studio) -> None:
    studio.add_figure("fails", FIGURE.replace("fig.set_size", "1/0\n    fig.set_size"))
    options = ("--only", "fails", "--only", "summary", "--lang", "en", "--theme", "light", "--jobs", "1")
    result = run("build", *options)
    assert result.exit_code == 1
    assert result.stdout == "article/fails (en, light): FAILED\narticle/summary: txt\n1 files in out\n"
    listed = "1 could not be made:\n  article/fails (en, light): "
    listed += "studio/figures/fails.py:3: ZeroDivisionError: division by zero\n"
    assert result.stderr == listed
    assert run("build", "-q", *options).stderr == listed
    assert (
        run("build", *options).stdout == "article/fails (en, light): FAILED\n1 files in out, none of them drawn now\n"
    )
    assert Path("out/article/summary.txt").is_file()


def test_verbose_has_the_traceback_and_times(run: Run, studio: Studio) -> None:
    studio.add_figure("fails", FIGURE.replace("fig.set_size", "1/0\n    fig.set_size"))
    result = run(
        "build", "-v", "--only", "fails", "--only", "summary", "--lang", "en", "--theme", "light", "--jobs", "1"
    )
    assert "Traceback (most recent call last):" in result.stderr
    assert "article/summary: txt in 0." in result.stdout


def test_a_lesson_of_one_s_own(run: Run) -> None:
    Path("mine.toml").write_text('title = "Mine"\n[convolution]\ninput = [[1,2],[3,4]]\nkernel = [[1]]\n')
    result = run("build", "mine.toml", "--only", "conv2d-results")
    assert result.exit_code == 0
    assert Path("out/mine/conv2d-results.csv").read_text().splitlines()[1:] == [
        "0,0,1.000000",
        "0,1,2.000000",
        "1,0,3.000000",
        "1,1,4.000000",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("build --lang fr", "Invalid value for '--lang': 'fr' is not one of 'en', 'zh': choose one."),
        ("build --theme sepia", "Invalid value for '--theme': 'sepia' is not one of 'light', 'dark': choose one."),
        (
            "build --quality 4k",
            "Invalid value for '--quality': '4k' is not one of 'draft', 'hd', 'hd60', 'uhd': choose one.",
        ),
        (
            "build --jobs 0",
            "Invalid value for '-j' / '--jobs': it must be a whole number of 1 or more, not '0': give another.",
        ),
        (
            "build --jobs 2 --cluster tcp://127.0.0.1:1",
            "--jobs is about this machine, and --cluster about others: choose one.",
        ),
        ("build --only nothing", "--only nothing matches nothing; `list` shows every name."),
        (
            "build --only sumary",
            "--only sumary matches nothing; `list` shows every name. Did you mean 'summary'?",
        ),
        (
            "build --only summary --format mp4",
            "--only summary with --format mp4 selects nothing: it can be had as txt.",
        ),
        (
            "build artcle",
            "There is no lesson 'artcle': `list` shows the lessons, and any other is given by the path of its .toml "
            "file. Did you mean 'article'?",
        ),
        ("build none.toml", "none.toml: there is no such file: check the path"),
        ("build a-file", "a-file: a lesson's file name ends in .toml: rename it"),
        ("trace .", ".: a folder, not a lesson: name one .toml file in it"),
        (
            f"trace {'a' * 300}",
            f"There is no lesson '{'a' * 300}': `list` shows the lessons, and any other is given by the path of its "
            ".toml file.",
        ),
        (
            "build --only summary --out a-file",
            "a-file is a file, and the output needs a folder of that name: choose another --out.",
        ),
        (
            "build --only summary --out a-file/b",
            "a-file/b cannot be written to (Not a directory): choose another folder with --out.",
        ),
        ("trace", "Missing argument 'LESSON': `cli trace --help` shows what goes where."),
        ("doctor x", "Got unexpected extra argument (x): `cli doctor --help` shows what goes where."),
        ("trace article --json --csv", "--json and --csv exclude each other: choose one."),
        ("paint", "There is no command 'paint': `--help` lists them."),
        ("biuld", "There is no command 'biuld': `--help` lists them. Did you mean 'build' or 'field'?"),
        (
            "build --quality hd30",
            "Invalid value for '--quality': 'hd30' is not one of 'draft', 'hd', 'hd60', 'uhd': choose one. "
            "Did you mean 'hd60' or 'hd' or 'uhd'?",
        ),
    ],
)
def test_a_mistake_is_one_sentence_and_2(run: Run, arguments: str, sentence: str) -> None:
    Path("a-file").touch()
    result = run(*arguments.split())
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {sentence}\n")


def test_a_cluster_needs_a_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("build", "--only", "summary", "--cluster", "tcp://127.0.0.1:1")
    missing = "Error: --cluster needs the package distributed, which is not installed: run `pip install .[cluster]`.\n"
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", missing)
    assert not Path("out").exists()


@pytest.mark.parametrize("command", ["build", "verify"])
def test_an_empty_folder_name_is_a_mistake(run: Run, command: str) -> None:
    result = run(command, "--out", "")
    sentence = "Error: Invalid value for '--out': it is empty: name a folder, or . for the working folder.\n"
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", sentence)


def test_an_empty_name_is_no_lesson(run: Run) -> None:
    for command in ("build", "trace", "list"):
        result = run(command, "")
        assert result.exit_code == 2
        assert result.stderr.startswith("Error: There is no lesson '': `list` shows the lessons")


def test_a_mistake_in_a_lesson_is_the_loader_s_sentence(run: Run) -> None:
    Path("bad.toml").write_text('title = "Bad"\n[convolution]\ninput = [[1,2],[3,4]]\nkernel = [[1,2,3]]\n')
    for command in ("build", "trace"):
        result = run(command, "bad.toml")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Error: bad.toml: ")
        assert result.stderr.count("\n") == 1


def test_doctor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "MISSING" not in result.stdout
    monkeypatch.setattr("pipeline.doctor.CODECS", {"libx2640": "MP5"})
    result = run("doctor")
    assert result.exit_code == 1
    assert "MISSING  libx2640 (MP5)" in result.stdout
    assert "run `make install`" in result.stdout


def test_ctrl_c_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.placing.write_aside", interrupt)
    result = run("build", "--only", "summary")
    assert result.exit_code == 130
    assert result.stderr.strip() == "Stopped. Finished files are complete and in the manifest."


def test_words_that_cannot_be_read_are_one_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for lang in ("en", "zh"):
        (tmp_path / "words" / lang).mkdir(parents=True)
    (tmp_path / "words" / "zh" / "page.toml").write_text("# one\nx = y\n")
    monkeypatch.setattr("look.words.FOLDER", tmp_path / "words")
    load_words.cache_clear()
    try:
        result = run("build", "article", "--only", "summary", "--no-cache")
    finally:
        load_words.cache_clear()
    sentence = "locales/zh/page.toml: Invalid value at line 2, column 5: correct it."
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {sentence}\n")
    assert not Path("out").exists()


def test_what_one_of_two_lessons_does_not_get_is_told(run: Run, studio: Studio) -> None:
    studio.add_figure("mine", FIGURE)
    pool = 'title = "P"\n[convolution]\nop = "max_pool"\ninput = [[1, 2], [3, 4]]\nkernel_size = 2\n'
    Path("pool.toml").write_text(pool)
    Path("plain.toml").write_text('title = "L"\n[convolution]\ninput = [[1, 2], [3, 4]]\nkernel = [[1]]\n')
    named = ("--only", "mine", "--lang", "en", "--theme", "light", "--format", "svg")
    result = run("build", "pool.toml", "plain.toml", *named)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("mine is not drawn of pool: it needs convolution.\n")
