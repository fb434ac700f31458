"""What ``./test`` and ``./run manage`` do around the command that they start."""

import os
import signal
import subprocess
import sys

from launcher.environment import ROOT

STARTED = """
import sys, time
try:
    print("ready", flush=True)
    time.sleep(600)
except KeyboardInterrupt:
    sys.exit(7)
"""
LAUNCHED = f"""
import sys
from launcher import commands, environment
environment.python = lambda: sys.executable
sys.exit(commands._call("-c", {STARTED!r}))
"""


def test_ctrl_c_leaves_the_last_word_to_the_command() -> None:
    command = [sys.executable, "-c", LAUNCHED]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait() == 7
