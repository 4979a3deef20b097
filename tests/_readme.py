"""The README as its reader meets it: sections with commands to type and files to make."""

import re
from dataclasses import dataclass

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{2,} (.+)$", re.MULTILINE)
COMMENT = re.compile(r"(?:^|\s+)# .*$")


@dataclass(frozen=True)
class Section:
    """The part under one heading: its commands in order, and its files (name -> content with the naming comment)."""

    title: str
    commands: tuple[str, ...]
    files: dict[str, str]


def sections(readme: str) -> list[Section]:
    """Every section that has code. A block is commands (sh), or a file whose first line is `# its/name`."""
    parts = HEADING.split(readme)
    found = [section(title, text) for title, text in zip(parts[1::2], parts[2::2], strict=True)]
    return [part for part in found if part.commands or part.files]


def section(title: str, text: str) -> Section:
    """The code of one section; raises ValueError for a block that is neither commands nor a named file."""
    commands: list[str] = []
    files: dict[str, str] = {}
    for block in FENCE.finditer(text):
        first = block["text"].split("\n", 1)[0]
        if block["language"] == "sh":
            commands += filter(None, (COMMENT.sub("", line).strip() for line in block["text"].splitlines()))
        elif re.fullmatch(r"# [\w./-]+", first):
            files[first.removeprefix("# ")] = block["text"]
        else:
            raise ValueError(
                f"README, {title}: a code block is neither commands (sh) nor names its file on its first line"
            )
    return Section(title, tuple(commands), files)
