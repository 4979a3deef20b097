"""One file, one Manim scene: the stem is its name, the docstring its caption, the class its CamelCase."""
