"""What the gallery shows, read from a manifest: lessons, and of each its films, figures, share cards and tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import quote

from look.look import LANGUAGES, THEMES
from look.words import load_words
from pipeline.captions import holds_chapters
from pipeline.catalogue import KINDS
from pipeline.film import QUALITIES
from pipeline.gallery_cues import Cue, read_cues
from pipeline.gallery_order import reading_order
from pipeline.gallery_table import Excerpt, read_excerpt
from pipeline.manifest import Lessons
from pipeline.pages import VISUALIZER
from pipeline.plan import USUAL_LESSON

Entries: TypeAlias = Mapping[str, Mapping[str, Any]]
Said: TypeAlias = Mapping[str, str]
"""A text by language."""

MOVING = ("mp4", "webm")


@dataclass(frozen=True)
class Leaf:
    """One file: its address below the output folder, what is in it, and of a picture width and height in pixels."""

    address: str
    format: str
    lang: str | None
    theme: str | None
    sha256: str
    bytes: int
    size: tuple[int, int] | None
    alt: str
    chapters: bool
    """Whether it has the chapters of a film."""


@dataclass(frozen=True)
class Piece:
    """One artifact of a lesson in every look it was drawn in. Cues and chapters are by language."""

    lesson: str
    name: str
    kind: str
    caption: Said
    leaves: tuple[Leaf, ...]
    duration: float | None
    rate: int | None
    """Frames in a second, of a film."""
    cues: Mapping[str, tuple[Cue, ...]]
    chapters: Mapping[str, tuple[Cue, ...]]
    excerpt: Excerpt | None

    @property
    def id(self) -> str:
        """What a link to it names: `article/output-size`; of a table its file, as a figure may have the same name."""
        name = f"{self.name}.{self.leaves[0].format}" if self.kind == "table" else self.name
        return f"{self.lesson}/{name}"

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over its files' and its words: another one, another section of the page."""
        facts = [[(leaf.address, leaf.sha256, leaf.alt) for leaf in self.leaves], sorted(self.caption.items())]
        return hashlib.sha256(repr(facts).encode()).hexdigest()

    @property
    def alt(self) -> Said:
        """What there is to see, by language; the caption where nothing else says it."""
        return {**self.caption, **{leaf.lang or LANGUAGES[0]: leaf.alt for leaf in self.leaves if leaf.alt}}

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which it was not drawn, if it has words at all."""
        drawn = {leaf.lang for leaf in self.leaves} - {None}
        return tuple(lang for lang in LANGUAGES if drawn and lang not in drawn)

    @property
    def by_look(self) -> tuple[tuple[tuple[str, str], tuple[Leaf, ...]], ...]:
        """Its files by language and theme, empty texts where they have none."""
        looks: dict[tuple[str, str], list[Leaf]] = {}
        for leaf in self.leaves:
            looks.setdefault((leaf.lang or "", leaf.theme or ""), []).append(leaf)
        themes = (*THEMES, "")
        order = sorted(looks, key=lambda look: (look[0], themes.index(look[1])))
        return tuple((look, tuple(looks[look])) for look in order)

    @property
    def moves(self) -> bool:
        """Whether it is a film that a browser plays."""
        return any(leaf.format in MOVING for leaf in self.leaves)

    @property
    def films(self) -> tuple[Leaf, ...]:
        """The files that a browser plays."""
        return tuple(leaf for leaf in self.leaves if leaf.format in MOVING)

    @property
    def plain_films(self) -> Mapping[str, tuple[Leaf, str | None]]:
        """For a page without scripts: by theme a film, and its poster's address; one if both themes have the same."""
        posters = {(leaf.lang, leaf.theme): leaf.address for leaf in self.leaves if leaf.format == "png"}
        found: dict[str, tuple[Leaf, str | None]] = {}
        for theme in THEMES:
            film = min(self.films, key=lambda leaf: (leaf.lang != LANGUAGES[0], leaf.theme != theme))
            poster = posters.get((film.lang, film.theme))
            if (film, poster) not in found.values():
                found[theme] = film, poster
        return found

    def pictures(self, lang: str) -> Mapping[str, Leaf]:
        """By theme, what to show a reader of `lang`: the nearest that there is, vectors first; empty without any."""
        found: dict[str, Leaf] = {}
        for theme in THEMES:
            near = sorted(
                (leaf for leaf in self.leaves if leaf.format in ("svg", "png", "gif")),
                key=lambda leaf: (leaf.lang != lang, leaf.theme != theme, ("svg", "png", "gif").index(leaf.format)),
            )
            if near:
                found[theme] = near[0]
        return found

    def said(self, texts: Mapping[str, Any], lang: str) -> Any:
        """What `texts` have in `lang`, or else in another language; None without any."""
        return texts.get(lang) or next(iter(texts.values()), None)


@dataclass(frozen=True)
class Shelf:
    """One lesson: its title and stated conventions by language, what else is told of it, and its pieces."""

    name: str
    title: Said
    conventions: Said
    facts: Mapping[str, Any]
    pieces: tuple[Piece, ...]

    @property
    def visualizer(self) -> str | None:
        """Where the visualizer shows it; None without such a place, and for an address that is no setting of ours."""
        address = self.facts.get("visualizer")
        return address if isinstance(address, str) and address.startswith(f"{VISUALIZER}#") else None

    @property
    def kinds(self) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
        """Films first, then figures, cards and tables."""
        groups = ((kind, tuple(piece for piece in self.pieces if piece.kind == kind)) for kind in KINDS)
        return tuple((kind, pieces) for kind, pieces in groups if pieces)


def read_shelves(out: Path, entries: Entries, lessons: Lessons) -> tuple[Shelf, ...]:
    """The lessons of a manifest whose files are in `out`, the article first."""
    groups: dict[tuple[str, str, str], dict[str, Mapping[str, Any]]] = {}
    for file, entry in sorted(entries.items()):
        if _within(file) and (out / file).is_file():
            groups.setdefault((entry["lesson"], entry["kind"], entry["name"]), {})[file] = entry
    names = sorted({lesson for lesson, _, _ in groups}, key=lambda name: (name != USUAL_LESSON, name))
    return tuple(_shelf(out, name, groups, lessons.get(name, {})) for name in names)


def _shelf(out: Path, name: str, groups: Mapping[tuple[str, str, str], Entries], facts: Mapping[str, Any]) -> Shelf:
    own = sorted((key for key in groups if key[0] == name), key=lambda key: reading_order(key[2], name))
    pieces = [_piece(out, key, groups[key]) for key in own]
    pieces.sort(key=lambda piece: bool(piece.excerpt and piece.excerpt.wide))  # narrow tables find a neighbour
    title = facts.get("title") or dict.fromkeys(LANGUAGES, name)
    return Shelf(
        name,
        title,
        facts.get("conventions") or dict.fromkeys(LANGUAGES, ""),
        facts,
        tuple(pieces),
    )


def _within(file: str) -> bool:
    """Whether the path stays below the output folder, as all paths that a build writes do."""
    path = PurePosixPath(file)
    return not path.is_absolute() and ".." not in path.parts


def _piece(out: Path, key: tuple[str, str, str], files: Entries) -> Piece:
    lesson, kind, name = key
    facts = list(files.values())
    film = next((entry for entry in facts if entry["format"] in MOVING and entry.get("quality") in QUALITIES), None)
    tracks = [(file, entry["lang"]) for file, entry in files.items() if entry["format"] == "vtt"]
    return Piece(
        lesson,
        name,
        kind,
        _captions(name, kind, facts),
        tuple(_leaf(out, file, entry) for file, entry in files.items()),
        next((entry["duration"] for entry in facts if entry.get("duration")), None),
        QUALITIES[film["quality"]].fps if film else None,
        {lang: read_cues(out / file) for file, lang in tracks if not holds_chapters(file, name)},
        {lang: read_cues(out / file) for file, lang in tracks if holds_chapters(file, name)},
        next((read_excerpt(out / file) for file in files), None) if kind == "table" else None,
    )


def _captions(name: str, kind: str, facts: Sequence[Mapping[str, Any]]) -> Said:
    """What the manifest says; of a table, whose files have no language, what the locales say."""
    said = {entry.get("lang", LANGUAGES[0]): entry["caption"] for entry in facts}
    key = f"page.tables.{name}.caption"
    if kind != "table" or key not in load_words(LANGUAGES[0]):
        return said
    return {lang: load_words(lang)(key) for lang in LANGUAGES}


def _leaf(out: Path, file: str, entry: Mapping[str, Any]) -> Leaf:
    size = entry.get("size")
    return Leaf(
        quote(file),
        entry["format"],
        entry.get("lang"),
        entry.get("theme"),
        entry["sha256"],
        (out / file).stat().st_size,
        (int(size[0]), int(size[1])) if size else None,
        entry.get("alt", ""),
        holds_chapters(file, entry["name"]),
    )
