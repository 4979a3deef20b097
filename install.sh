#!/bin/sh
# Makes .venv, with every package that the two requirements files pin, after Debian's packages that those are built with.
# Does nothing, at once, when nothing is missing. Everything else starts over: there is no half-finished .venv to mend.
#   ./install.sh                      with python3 or a python3.x of this machine, whichever is 3.11, 3.12 or 3.13
#   PYTHON=python3.12 ./install.sh    with this one
#   ./install.sh browser              and Chromium, in which the tests open the pages
set -eu
case $0 in */*) cd -P -- "${0%/*}" ;; esac
unset PYTHONHOME PYTHONPATH

stamp=.venv/installed
requirements='requirements-build.txt requirements.txt'
wanted=${1-}

say() { printf 'convscan: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# What an install depends on: the pins, this script, the place (a virtual environment cannot be moved) and the Python.
fingerprint() {
    # shellcheck disable=SC2086
    sha256sum $requirements install.sh
    pwd -P
    readlink -f .venv/bin/python
}

# A browser counts if it is one that tests/web/conftest.py finds.
has_browser() { have chromium || have chromium-browser || have google-chrome; }
has_all_wanted() { [ "$wanted" != browser ] || has_browser; }

has_environment() {
    [ -f "$stamp" ] && [ -x .venv/bin/python ] && [ "$(cat "$stamp")" = "$(fingerprint)" ] || return 1
    [ -z "${PYTHON-}" ] || [ "$(supported "$PYTHON")" = "$(readlink -f .venv/bin/python)" ]
}

# The real path of the interpreter $1, if it runs and we support it.
supported() {
    "$1" -IS -c '
import os, sys
(3, 11) <= sys.version_info[:2] <= (3, 13) or sys.exit(1)
print(os.path.realpath(sys.executable))' 2>/dev/null
}

choose_python() {
    if [ -n "${PYTHON-}" ]; then
        supported "$PYTHON" || die "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13 that runs: name another, or leave PYTHON out"
        return
    fi
    for name in python3 python3.13 python3.12 python3.11; do
        ! supported "$name" || return 0
    done
    die "runs on Python 3.11, 3.12 and 3.13, and this machine has none of them:" \
        "install one (Debian 12 and later: apt-get install python3), or name one with PYTHON=/path/to/python3"
}

# The Debian packages that $python needs to build pycairo and ManimPango, and that are not here, found by looking for what they bring.
missing_packages() {
    has_all_wanted || echo chromium
    ! has_environment || return 0
    { have c++ && echo '#include <stdlib.h>' | cc -x c -fsyntax-only -; } 2>/dev/null || echo build-essential
    pkg-config --version >/dev/null 2>&1 || echo pkg-config
    pkg-config --exists cairo 2>/dev/null || echo libcairo2-dev
    pkg-config --exists pangocairo 2>/dev/null || echo libpango1.0-dev
    "$python" -IS -c 'import ensurepip, venv' 2>/dev/null || echo "python$version-venv"
    "$python" -IS -c '
import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || echo "python$version-dev"
}

install_packages() {
    # shellcheck disable=SC2046
    set -- $(missing_packages)
    [ $# -gt 0 ] || return 0
    missing=$*
    by_hand="apt-get update && apt-get install --yes --no-install-recommends $missing"
    have apt-get || die "needs what Debian calls $missing, and this machine has no apt-get:" \
        "install their like with its own package manager, then run this again (on Debian it would be: $by_hand)"
    case $missing in
        *"python$version"-*) dpkg-query --search "$python" >/dev/null 2>&1 || die "$python lacks its venv module or its C headers," \
            "and it is not Debian's own Python: install them, or name another Python with PYTHON=python3.x" ;;
    esac
    as_root=
    if [ "$(id -u)" != 0 ]; then
        have sudo || die "needs the Debian packages $missing, and only root may install them:" \
            "as root run '$by_hand', then run this again"
        # Without a terminal there is nobody to type a password.
        [ -t 0 ] || sudo -n true 2>/dev/null || die "needs the Debian packages $missing, and sudo asks for a password:" \
            "run 'sudo sh -c \"$by_hand\"', then run this again"
        as_root=sudo
    fi
    say "installing the Debian packages $missing"
    apt_get update || say 'going on with the package lists that are here'
    apt_get install --yes --no-install-recommends "$@" || die "apt-get failed (see above): mend that," \
        "or run '$by_hand' as root, then run this again"
    # shellcheck disable=SC2046
    set -- $(missing_packages)
    [ $# = 0 ] || die "apt-get is done, but what $* should bring is still not found by cc, pkg-config or $python:" \
        "see that they are Debian's own, or name another Python with PYTHON=python3.x"
}

apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet -o DPkg::Lock::Timeout=300 "$@" >&2
}

# Nothing but what the lock names is fetched: the packages that come as source are built with the tools that are installed first.
pip_install() {
    PATH="$PWD/.venv/bin:$PATH" PIP_USER=0 .venv/bin/python -m pip --disable-pip-version-check --no-input install \
        --quiet --require-hashes --no-build-isolation --requirement "$1" >&2 ||
        die "pip could not install $1 (see above): mend that and run this again, it starts over"
}

make_environment() {
    [ ! -L .venv ] || die ".venv is a link to $(readlink .venv), which may serve others too: remove the link, and run this again"
    say "installing the packages of requirements.txt into .venv for Python $version, about a minute"
    rm -f "$stamp"
    "$python" -m venv --clear .venv || die "$python could not make .venv (see above)"
    for file in $requirements; do pip_install "$file"; done
    .venv/bin/python -c 'import av, cairo, manimpango, matplotlib, typst' || die '.venv is made but its packages do not load (see above)'
    fingerprint >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

is_installed() { has_environment && has_all_wanted; }

! is_installed || exit 0

# One at a time: another make in this checkout may be at it already.
exec 9<install.sh
if have flock && ! flock -n 9; then
    say 'waiting for another install of this checkout'
    flock 9
    ! is_installed || exit 0
fi

python=$(choose_python)
version=$("$python" -IS -c 'import sys; print("%d.%d" % sys.version_info[:2])')
install_packages
has_environment || make_environment
