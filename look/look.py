"""A look is a value: theme and language travel together, and everything drawn asks it for colours and words."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

from look import palette
from look.words import Words, load_words

THEMES = ("light", "dark")
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Look:
    """Theme and language. Roles are attributes: `look.window` is a hex colour; see `look.palette.ROLES`."""

    theme: str = "light"
    lang: str = "en"

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError(f"no theme {self.theme!r}: there are {', '.join(THEMES)}")
        if self.lang not in LANGUAGES:
            raise ValueError(f"no language {self.lang!r}: there are {', '.join(LANGUAGES)}")

    def __getattr__(self, role: str) -> str:
        if role in palette.ROLES:
            return palette.colour(self.theme, role)
        raise AttributeError(f"a look has no role {role!r}: there are {', '.join(palette.ROLES)}")

    @property
    def words(self) -> Words:
        """The messages of this look's language."""
        return load_words(self.lang)

    def say(self, key: str, /, **values: float | str) -> str:
        """The message `key` in this look's language, with its values put in."""
        return self.words(key, **values)

    @staticmethod
    def number(value: Real | float) -> str:
        """`value` as a reader sees it: true minus sign, few digits."""
        from look.numbers import number  # the core, with NumPy, which a list of looks needs not

        return number(value)

    def colour(self, name: str) -> str:
        """A role's hex colour; a hex colour passes through."""
        return name if name.startswith("#") else palette.colour(self.theme, name)

    def cell(self, role: str, strength: float = 1.0) -> str:
        """Fill of a cell that carries `role`, 0 (bare surface) .. 1."""
        return palette.cell(self.theme, role, strength)

    def ink_on(self, fill: str) -> str:
        """Ink that reads on `fill`."""
        return palette.ink_on(self.theme, self.colour(fill))

    def ink_role(self, fill: str) -> str:
        """The role of the ink that reads on `fill`: ink or background."""
        return "ink" if self.ink_on(fill) == self.ink else "background"

    def faint(self, role: str, amount: float = 0.5) -> str:
        """A role's colour moved `amount` of the way to the background."""
        return palette.mix(self.colour(role), self.background, amount)
