"""Every bound on a lesson, in one place. Each is checked before memory is spent on what it bounds."""

LESSON_BYTES = 1 << 20  # the .toml file itself
CSV_BYTES = 64 << 20
INPUT_CELLS = 1 << 22  # 2048 x 2048, or a 1024 x 1024 photograph with its channels
KERNEL_CELLS = 1 << 16
PADDED_CELLS = 1 << 23
OUTPUT_CELLS = 1 << 22
PATCH_CELLS = 1 << 26  # h * w * C * kh * kw: the cells of the im2col matrix
PRODUCTS = 1 << 28  # multiplications in the whole scan
SETTING = 1_000_000  # stride, padding, dilation, groups, a layer's kernel

LAYERS = 16
NETWORK_LAYERS = 10_000
NETWORKS_COMPARED = 12
GRADIENT_NUMBERS = 1 << 27  # values of one layer that a gradient is followed through
GRADIENT_PRODUCTS = 1 << 38
PLANE_CELLS = PADDED_CELLS  # what one layer of a receptive field reads: room for the largest padded input
PATHS = 1 << 62  # paths from one unit to the input: the product of the kernels' areas

INT64 = (1 << 63) - 1
EXACT_FLOAT = 1 << 53  # integers beyond this are not all float64 values

NAME_LENGTH = 64
TITLE_LENGTH = 120
TAGLINE_LENGTH = 160
SITE_LENGTH = 60
