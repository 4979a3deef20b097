"""Which lessons an artifact can be drawn of: what it needs, compared with the traits that a lesson has.

A module in `scenes/` or `figures/` says it in a constant, which is read and not run:

    NEEDS: Final = ("max-pooling|average-pooling", "plane", "not dilated")

Each text is a trait, alternatives, or the opposite of a trait; a lesson must meet all of them.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from functools import lru_cache

from pipeline.request_error import close_to
from pipeline.rooms import ROOT

USUAL = ("convolution", "plane")
"""What a module without `NEEDS` is for."""

CONSTANT = "NEEDS"
NOT = "not "


def unmet(needs: Iterable[str], traits: Collection[str]) -> tuple[str, ...]:
    """Those of `needs` that a lesson with `traits` does not meet."""
    return tuple(need for need in needs if not _met(need, traits))


def _met(need: str, traits: Collection[str]) -> bool:
    if need.startswith(NOT):
        return need.removeprefix(NOT) not in traits
    return any(trait in traits for trait in need.split("|"))


def in_words(needs: Collection[str]) -> str:
    """`needs max-pooling or average-pooling, plane; cannot show a window with holes`, or the half of it that is."""
    wanted = ", ".join(" or ".join(need.split("|")) for need in needs if not need.startswith(NOT))
    refused = ", ".join(_meanings()[need.removeprefix(NOT)] for need in needs if need.startswith(NOT))
    return "; ".join([f"needs {wanted}"] * bool(wanted) + [f"cannot show {refused}"] * bool(refused))


def needs_in(module: ast.Module) -> tuple[tuple[str, ...], str | None]:
    """What a module needs, and what is wrong with how it says so, as a clause, or None."""
    for node in module.body:
        names = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        if any(isinstance(name, ast.Name) and name.id == CONSTANT for name in names):
            return _read(getattr(node, "value", None))
    return USUAL, None


def _read(value: ast.expr | None) -> tuple[tuple[str, ...], str | None]:
    parts = value.elts if isinstance(value, ast.Tuple) else []
    needs = tuple(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    if not needs or len(needs) < len(parts):
        return USUAL, f'{CONSTANT} must be a tuple of texts such as ("pooling", "not line")'
    for need in needs:
        for trait in need.removeprefix(NOT).split("|"):
            if trait not in known_traits():
                return USUAL, f"{CONSTANT} has no trait '{trait}' to ask for.{close_to(trait, known_traits())}"
    return needs, None


def known_traits() -> tuple[str, ...]:
    """The traits of `core.lesson_traits`."""
    return tuple(_meanings())


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    """What a lesson has that has each trait; read and not imported: that would bring NumPy with it."""
    for node in ast.parse((ROOT / "core" / "lesson_traits.py").read_bytes()).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "TRAITS":
            meanings: dict[str, str] = ast.literal_eval(node.value)
            return meanings
    raise LookupError("core/lesson_traits.py has no TRAITS")
