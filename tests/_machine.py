"""A machine made of stubs: a PATH on which apt-get, sudo, compilers and Pythons are scripts that note their calls."""

import os
import shutil
import subprocess
import time
from pathlib import Path

REAL = ["cat", "env", "flock", "grep", "ln", "mkdir", "mv", "readlink", "rm", "sh", "sha256sum", "sleep", "touch"]

# The part of Python that install.sh uses; `$machine` holds the conditions, `$version` and `$name` are its own.
PYTHON = r"""
case "$*" in
    *os.path.realpath*) case $version in 3.11|3.12|3.13) echo "$bin/python$version" ;; *) exit 1 ;; esac ;;
    *ensurepip*) [ -e "$machine/python$version-venv" ] ;;
    *Python.h*) [ -e "$machine/python$version-dev" ] ;;
    *"%d.%d"*) echo "$version" ;;
    "-m venv --clear .venv")
        echo "$name $*" >>"$calls"
        [ ! -e "$machine/venv-fails" ] || exit 1
        rm -rf .venv; mkdir -p .venv/bin
        ln -s "$bin/python$version" .venv/bin/python ;;
    "-m pip "*)
        shift
        echo "$*" >>"$calls"
        [ ! -e "$machine/pip-fails" ] || { echo 'ERROR: no network' >&2; exit 1; }
        [ ! -e "$machine/pip-kills" ] || kill -9 $PPID
        [ ! -e "$machine/pip-is-slow" ] || sleep 0.3 ;;
    "-c import "*) ;;
    *) echo "unforeseen: $name $*" >>"$calls"; exit 99 ;;
esac
"""

APT = r"""
echo "apt-get $DEBIAN_FRONTEND $*" >>"$calls"
[ ! -e "$machine/apt-fails" ] || { echo 'E: no network' >&2; exit 100; }
case "$*" in
    *" update") [ ! -e "$machine/update-fails" ] ;;
    *) [ -e "$machine/apt-brings-nothing" ] || for word; do case $word in
        chromium) ln -s "$bin/apt-get" "$bin/chromium" ;;
        [a-z]*[a-z0-9]) touch "$machine/$word" ;; esac; done ;;
esac
"""

SUDO = r"""
echo "sudo $*" >>"$calls"
[ "$1" != -n ] || { [ ! -e "$machine/sudo-asks" ]; exit; }
exec "$@"
"""


class Machine:
    """A checkout of ours, a PATH of stubs, and one empty file for each package and each condition that holds."""

    def __init__(self, root: Path, source: Path) -> None:
        self.bin, self.state, self.log = root / "bin", root / "state", root / "calls.txt"
        self.checkout = root / "a checkout"
        for folder in (self.bin, self.state, self.checkout):
            folder.mkdir()
        for name in ("install.sh", "requirements.txt", "requirements-build.txt"):
            shutil.copy(source / name, self.checkout)
        for name in REAL:
            (self.bin / name).symlink_to(str(shutil.which(name)))
        self.add("id", "echo 0")
        for name in ("cc", "c++"):
            self.add(name, '[ -e "$machine/build-essential" ]')
        package = "case $2 in '') ;; cairo) echo libcairo2-dev ;; pangocairo) echo libpango1.0-dev ;; esac"
        self.add("pkg-config", f'[ -e "$machine/pkg-config" ] && [ -e "$machine/$({package})" ]')
        self.add("dpkg-query", '[ ! -e "$machine/foreign-python" ]')

    def add(self, name: str, body: str, **variables: object) -> None:
        """Put a command on the PATH."""
        known = {"machine": self.state, "bin": self.bin, "calls": self.log, "name": name, **variables}
        lines = ["#!/bin/sh", *(f'{key}="{value}"' for key, value in known.items()), body, ""]
        self.forget(name)
        (self.bin / name).write_text("\n".join(lines))
        (self.bin / name).chmod(0o755)

    def add_python(self, version: str, name: str = "") -> None:
        """Put a Python of this version on the PATH, as python3.x or as `name`."""
        self.add(name or f"python{version}", PYTHON, version=version)

    def add_apt(self) -> None:
        """Make it a Debian."""
        self.add("apt-get", APT)

    def user(self, sudo: str | None) -> None:
        """Be not root; `sudo` is "free", asks for a "password", or is not there (None)."""
        self.add("id", "echo 1000")
        if sudo:
            self.add("sudo", SUDO)
        if sudo == "password":
            self.set("sudo-asks")

    def forget(self, name: str) -> None:
        """Take a command off the PATH."""
        (self.bin / name).unlink(missing_ok=True)

    def install(self, *packages: str) -> None:
        """Debian packages that are there from the start."""
        for package in packages:
            self.set(package)

    def remove(self, package: str) -> None:
        """A Debian package that is not there after all."""
        self.unset(package)

    def set(self, condition: str) -> None:
        """From now on this holds."""
        (self.state / condition).touch()

    def unset(self, condition: str) -> None:
        """From now on this holds no longer."""
        (self.state / condition).unlink()

    def start(self, *words: str, stdin: int = subprocess.DEVNULL, **environment: str) -> subprocess.Popen[str]:
        """Begin ./install.sh with these words, and nothing but this PATH and `environment`."""
        return subprocess.Popen(
            ["./install.sh", *words],
            cwd=self.checkout,
            env={"PATH": str(self.bin), **environment},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, stdin: int = subprocess.DEVNULL, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ./install.sh to its end."""
        process = self.start(*words, stdin=stdin, **environment)
        stdout, stderr = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def wait_for(self, word: str) -> None:
        """Return once some call starts with this word."""
        deadline = time.monotonic() + 30
        while not any(call.startswith(word) for call in self._noted()):
            assert time.monotonic() < deadline, f"no call of {word}"
            time.sleep(0.01)

    def calls(self) -> list[str]:
        """The calls noted since the last time this was asked."""
        calls = self._noted()
        if calls:
            os.truncate(self.log, 0)
        return calls

    def _noted(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []
