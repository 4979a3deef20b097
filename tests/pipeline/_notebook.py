"""The example notebook as its reader meets it: run by a kernel of this Python, with nothing installed for it."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "convscan.ipynb"
STRICT = """import warnings

warnings.simplefilter("error")
warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
warnings.filterwarnings("ignore", module="ipykernel")  # what it says to itself as it ends"""
KERNEL = {
    "display_name": "Python 3",
    "language": "python",
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--HistoryManager.enabled=False"],
}


def executed(folder: Path) -> nbformat.NotebookNode:
    """The notebook after all its cells, warnings being errors; what the kernel leaves behind lies in `folder`.

    CellExecutionError for a cell that fails and is not meant to.
    """
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT, id="strict"))
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps(KERNEL))
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as sockets:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        config = Config()
        config.KernelManager.transport = "ipc"  # files, whose paths must be short; ports would be open to others
        config.KernelManager.ip = f"{sockets}/kernel"
        place = {"metadata": {"path": str(NOTEBOOK.parent)}}
        return NotebookClient(notebook, kernel_name="python3", config=config, timeout=300, resources=place).execute()
