"""install.sh on machines made of stubs: what it installs, what it says when it cannot, and that it leaves no half."""

import os
import subprocess
from pathlib import Path

import pytest

from tests._machine import Machine

ALL = "build-essential pkg-config libcairo2-dev libpango1.0-dev python3.11-venv python3.11-dev"
BY_HAND = f"apt-get update && apt-get install --yes --no-install-recommends {ALL}"
APT = "apt-get noninteractive --quiet -o DPkg::Lock::Timeout=300"
SUDO_APT = "sudo env DEBIAN_FRONTEND=noninteractive apt-get --quiet -o DPkg::Lock::Timeout=300"
PIP = "pip --disable-pip-version-check --no-input install --quiet --require-hashes --no-build-isolation --requirement"
MADE = ["python3.11 -m venv --clear .venv", f"{PIP} requirements-build.txt", f"{PIP} requirements.txt"]
INSTALLING = "convscan: installing the packages of requirements.txt into .venv for Python 3.11, about a minute\n"


@pytest.fixture
def machine(tmp_path: Path, checkout: Path) -> Machine:
    """A fresh Debian with Python 3.11 and no package that we need; the user is root."""
    machine = Machine(tmp_path, checkout)
    machine.add_python("3.11")
    machine.add_python("3.11", name="python3")
    machine.add_apt()
    return machine


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """The same with Debian's packages there."""
    machine.install(*ALL.split())
    return machine


def test_a_fresh_machine_gets_everything(machine: Machine) -> None:
    run = machine.run()
    assert (run.returncode, run.stderr) == (0, f"convscan: installing the Debian packages {ALL}\n{INSTALLING}")
    assert machine.calls() == [f"{APT} update", f"{APT} install --yes --no-install-recommends {ALL}", *MADE]


def test_only_what_is_missing_is_installed(ready: Machine) -> None:
    ready.remove("libpango1.0-dev")
    assert ready.run().returncode == 0
    assert ready.calls()[:2] == [f"{APT} update", f"{APT} install --yes --no-install-recommends libpango1.0-dev"]


def test_nothing_missing_asks_nothing_of_apt(ready: Machine) -> None:
    assert ready.run().returncode == 0
    assert ready.calls() == MADE


def test_the_second_time_costs_nothing(ready: Machine) -> None:
    ready.run()
    ready.calls()
    again = ready.run()
    assert (again.returncode, again.stdout, again.stderr, ready.calls()) == (0, "", "", [])


def test_a_user_goes_through_sudo(machine: Machine) -> None:
    machine.user(sudo="free")
    assert machine.run().returncode == 0
    assert machine.calls()[:3] == ["sudo -n true", f"{SUDO_APT} update", f"{APT} update"]


def test_sudo_may_ask_for_a_password_on_a_terminal(machine: Machine) -> None:
    machine.user(sudo="password")
    try:
        ours, theirs = os.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")
    try:
        assert machine.run(stdin=theirs).returncode == 0
    finally:
        os.close(ours)
        os.close(theirs)
    assert machine.calls()[0] == f"{SUDO_APT} update"


def test_sudo_cannot_ask_without_a_terminal(machine: Machine) -> None:
    machine.user(sudo="password")
    refused(
        machine,
        f"convscan: needs the Debian packages {ALL}, and sudo asks for a password:"
        f" run 'sudo sh -c \"{BY_HAND}\"', then run this again\n",
    )


def test_a_user_without_sudo(machine: Machine) -> None:
    machine.user(sudo=None)
    refused(
        machine,
        f"convscan: needs the Debian packages {ALL}, and only root may install them:"
        f" as root run '{BY_HAND}', then run this again\n",
    )


def test_another_system(machine: Machine) -> None:
    machine.forget("apt-get")
    refused(
        machine,
        f"convscan: needs what Debian calls {ALL}, and this machine has no apt-get:"
        f" install their like with its own package manager, then run this again (on Debian it would be: {BY_HAND})\n",
    )


def test_another_system_that_has_it_all(ready: Machine) -> None:
    ready.forget("apt-get")
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


def test_apt_that_fails(machine: Machine) -> None:
    machine.set("apt-fails")
    refused(
        machine,
        f"convscan: installing the Debian packages {ALL}\n"
        "E: no network\nconvscan: going on with the package lists that are here\nE: no network\n"
        f"convscan: apt-get failed (see above): mend that, or run '{BY_HAND}' as root, then run this again\n",
    )


def test_lists_that_cannot_be_updated_do_not_matter(machine: Machine) -> None:
    machine.set("update-fails")
    assert machine.run().returncode == 0


def test_apt_that_brings_nothing(machine: Machine) -> None:
    machine.set("apt-brings-nothing")
    refused(
        machine,
        f"convscan: installing the Debian packages {ALL}\n"
        f"convscan: apt-get is done, but what {ALL} should bring is still not found by cc, pkg-config or"
        f" {machine.bin}/python3.11: see that they are Debian's own, or name another Python with PYTHON=python3.x\n",
    )


def test_a_python_that_is_not_debians(ready: Machine) -> None:
    ready.remove("python3.11-dev")
    ready.set("foreign-python")
    refused(
        ready,
        f"convscan: {ready.bin}/python3.11 lacks its venv module or its C headers, and it is not Debian's own Python:"
        " install them, or name another Python with PYTHON=python3.x\n",
    )


@pytest.mark.parametrize("version", ["3.10", "3.14"])
def test_a_python_out_of_range(ready: Machine, version: str) -> None:
    ready.forget("python3.11")
    ready.add_python(version, name="python3")
    refused(
        ready,
        "convscan: runs on Python 3.11, 3.12 and 3.13, and this machine has none of them: install one"
        " (Debian 12 and later: apt-get install python3), or name one with PYTHON=/path/to/python3\n",
    )


def test_the_first_python_that_runs_and_fits(ready: Machine) -> None:
    ready.install("python3.12-venv", "python3.12-dev")
    ready.add_python("3.14", name="python3")
    ready.add_python("3.12")
    ready.add("python3.13", "echo 'python3.13: not installed here' >&2; exit 127")
    assert ready.run().returncode == 0
    assert ready.calls()[0] == "python3.12 -m venv --clear .venv"


def test_a_python_that_is_asked_for(ready: Machine) -> None:
    ready.install("python3.12-venv", "python3.12-dev")
    ready.add_python("3.12")
    ready.run()
    ready.calls()
    assert ready.run(PYTHON="python3.12").returncode == 0
    assert ready.calls()[0] == "python3.12 -m venv --clear .venv"
    assert (ready.run(PYTHON="python3.12").returncode, ready.calls()) == (0, [])
    assert (ready.run().returncode, ready.calls()) == (0, []), "who asks for no Python keeps the one that is there"


def test_a_python_that_is_asked_for_in_vain(ready: Machine) -> None:
    refused(
        ready,
        "convscan: PYTHON=python3.9 is not a Python 3.11, 3.12 or 3.13 that runs: name another, or leave PYTHON out\n",
        PYTHON="python3.9",
    )


def test_pip_that_fails_is_not_taken_for_done(ready: Machine) -> None:
    ready.set("pip-fails")
    run = ready.run()
    assert (run.returncode, run.stderr) == (
        1,
        f"{INSTALLING}ERROR: no network\nconvscan: pip could not install requirements-build.txt (see above):"
        " mend that and run this again, it starts over\n",
    )
    ready.unset("pip-fails")
    ready.calls()
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


def test_a_killed_install_is_not_taken_for_done(ready: Machine) -> None:
    ready.set("pip-kills")
    assert ready.run().returncode == -9
    ready.unset("pip-kills")
    ready.calls()
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_a_new_lock_starts_over(ready: Machine, name: str) -> None:
    ready.run()
    ready.calls()
    with (ready.checkout / name).open("a") as lock:
        lock.write("# another\n")
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


def test_a_moved_checkout_starts_over(ready: Machine) -> None:
    ready.run()
    ready.calls()
    ready.checkout = ready.checkout.rename(ready.checkout.with_name("moved here"))
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


def test_an_old_lock_does_not_pass_for_done_after_a_failure(ready: Machine) -> None:
    ready.run()
    lock = ready.checkout / "requirements.txt"
    old = lock.read_text()
    lock.write_text(old + "# another\n")
    ready.set("venv-fails")
    assert ready.run().returncode == 1
    ready.unset("venv-fails")
    lock.write_text(old)
    ready.calls()
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


def test_an_environment_with_another_python_put_in_starts_over(ready: Machine) -> None:
    ready.run()
    ready.calls()
    ready.add_python("3.12")
    python = ready.checkout / ".venv/bin/python"
    python.unlink()
    python.symlink_to(ready.bin / "python3.12")
    assert (ready.run().returncode, ready.calls()) == (0, MADE)


def test_a_linked_environment_is_left_alone(ready: Machine, tmp_path: Path) -> None:
    (tmp_path / "others" / "theirs").mkdir(parents=True)
    (ready.checkout / ".venv").symlink_to(tmp_path / "others")
    told = f".venv is a link to {tmp_path}/others, which may serve others too: remove the link, and run this again"
    assert ready.run().stderr == f"convscan: {told}\n"
    assert (tmp_path / "others" / "theirs").exists()


def test_a_python_that_is_gone_starts_over(ready: Machine) -> None:
    ready.run()
    ready.forget("python3.11")
    ready.install("python3.12-venv", "python3.12-dev")
    ready.add_python("3.12")
    ready.add_python("3.12", name="python3")
    ready.calls()
    assert ready.run().returncode == 0
    assert ready.calls()[0] == "python3.12 -m venv --clear .venv"


def test_tests_want_a_browser_too(ready: Machine) -> None:
    assert ready.run().returncode == 0
    ready.calls()
    run = ready.run("browser")
    assert (run.returncode, run.stderr) == (0, "convscan: installing the Debian packages chromium\n")
    assert ready.calls() == [f"{APT} update", f"{APT} install --yes --no-install-recommends chromium"]
    assert (ready.run("browser").returncode, ready.calls()) == (0, [])


def test_any_chromium_will_do(ready: Machine) -> None:
    ready.add("google-chrome", "exit 1")
    assert (ready.run("browser").returncode, ready.calls()) == (0, MADE)


def test_two_at_once_install_once(ready: Machine) -> None:
    ready.set("pip-is-slow")
    first = ready.start()
    ready.wait_for("pip")
    second = ready.start()
    errors = [process.communicate(timeout=60)[1] for process in (first, second)]
    assert (first.returncode, second.returncode, ready.calls()) == (0, 0, MADE)
    assert errors == [INSTALLING, "convscan: waiting for another install of this checkout\n"]


def test_the_script_is_plain_sh(checkout: Path) -> None:
    for script in ("install.sh", ".ci/lock"):
        assert (checkout / script).read_text().startswith("#!/bin/sh\n")
        subprocess.run(["sh", "-n", checkout / script], check=True)


def refused(machine: Machine, message: str, **environment: str) -> None:
    """The run ends with exactly this message, and no .venv is begun."""
    run = machine.run(**environment)
    assert (run.returncode, run.stderr) == (1, message)
    assert not (machine.checkout / ".venv").exists()
