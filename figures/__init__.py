"""One file, one matplotlib figure or share card: the stem is its name, the docstring its caption, `draw` draws it."""
