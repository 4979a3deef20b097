"""The command `field`: parses, calls, prints."""

from __future__ import annotations

import click

from pipeline.command_examples import FIELD_EXAMPLES
from pipeline.completion import complete_networks
from pipeline.option_types import Whole
from pipeline.printing import print_pieces
from pipeline.rooms import Rooms

MOST_SIDE = 1_000_000


@click.command(epilog=FIELD_EXAMPLES, short_help="Print the receptive field of every node of a network.")
@click.argument("network", shell_complete=complete_networks)
@click.option("--node", metavar="NAME", help="Only this node, by its name or its output's.")
@click.option("--input-size", nargs=2, type=Whole(1, MOST_SIDE), metavar="H W", help="The picture's size in cells.")
@click.option("--effective", is_flag=True, help="What each cell of the picture counts for the node's middle unit.")
@click.option("--gradient", is_flag=True, help="The same by the model's weights instead of by counting paths.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option("--csv", "as_csv", is_flag=True, help="One line for each node.")
@click.pass_obj
def field(
    rooms: Rooms,
    network: str,
    node: str | None,
    input_size: tuple[int, int] | None,
    effective: bool,
    gradient: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the receptive field of every node of NETWORK that has rows and columns: size, stride, start and padding.

    A NETWORK is the name of a shipped one, or the path of a .toml lesson with [[network.layer]] or of an .onnx file. Of
    an .onnx file only the graph is read, and its weights if --gradient asks for them; nothing in it is run.

    Padding is how far the first field begins before the picture. Where it depends on the picture's size, and neither
    the file nor --input-size tells that, it is null. Nodes behind a merge whose branches look at different places are
    not aligned.

    With --effective the weights of the picture's cells: how many of all paths to the unit begin there, or with
    --gradient how strongly it changes with them, activations taken as the identity and max pools as averages.
    """
    from pipeline.effective_print import effective_of
    from pipeline.field_print import field_of

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other: choose one.")
    form = "json" if as_json else "csv" if as_csv else "text"
    if effective or gradient:
        printed = effective_of(network, node, input_size, form, rooms, gradient=gradient)
    else:
        printed = field_of(network, node, input_size, form, rooms)
    print_pieces(printed.pieces)
    for note in printed.notes:
        click.echo(f"Note: {note}", err=True)
