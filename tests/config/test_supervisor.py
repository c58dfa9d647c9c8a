"""How the supervisor ends its processes, and those that do not end when they are asked to."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config.settings import BASE_DIR

# A process of the application that leaves one behind which listens to no SIGTERM.
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
LEAVES_ONE_BEHIND = f"""
import pathlib, subprocess, sys, time
left = subprocess.Popen([sys.executable, "-c", {DEAF!r}])
pathlib.Path(sys.argv[1]).write_text(str(left.pid))
time.sleep(60)
"""
SUPERVISED = """
import sys
from config.embedded.supervisor import Stopped, Supervisor
supervisor = Supervisor()
file = sys.argv[2]
def is_there():
    import pathlib, time
    return pathlib.Path(file).exists() and pathlib.Path(file).read_text() != ""
with supervisor.running():
    supervisor.start("parent", [sys.executable, "-c", sys.argv[1], file])
    supervisor.wait_for("parent", is_there, seconds=20)
"""
GOES_ON = """
import sys
from config.embedded.supervisor import Stopped, Supervisor
supervisor = Supervisor()
try:
    with supervisor.running():
        supervisor.start("child", [sys.executable, "-c", sys.argv[1]])
        supervisor.go_on()
except Stopped:
    sys.exit("It was asked to stop.")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_asks_for_an_end_asks_the_supervisor_alone(number: signal.Signals) -> None:
    stays = "import time; print('here', flush=True); time.sleep(60)"
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", GOES_ON, stays],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as supervisor:
        assert supervisor.stdout
        assert supervisor.stdout.readline() == "[child]  here\n"
        (child,) = psutil.Process(supervisor.pid).children()
        supervisor.send_signal(number)
        assert supervisor.stdout.read() == "It was asked to stop.\n"
    assert not child.is_running()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux lists what was left behind")
def test_what_a_process_leaves_behind_is_ended_though_it_ignores_the_request(
    tmp_path: Path,
) -> None:
    file = tmp_path / "pid"
    command = [sys.executable, "-c", SUPERVISED, LEAVES_ONE_BEHIND, str(file)]
    subprocess.run(command, cwd=BASE_DIR, check=True, timeout=60)  # noqa: S603 - our own command
    assert not psutil.pid_exists(int(file.read_text()))
