"""What the processes of the tests are asked to do."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path


def answer(task: str) -> str:
    """Do what the task says: answer, fail, die, hang, or take too much memory."""
    kind, _, what = task.partition(" ")
    match kind:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(int(what))
        case "hang":
            time.sleep(600)
        case "fill":
            return str(len(bytearray(int(what)) + b"x"))
        case "fault":
            raise KeyError(what)
        case "print":
            print("noise", flush=True)
            sys.__stdout__.write("more noise")
        case "write":
            Path(what).write_text(str(os.getpid()))
    return f"{task} done"


def process(task: str) -> int:
    return os.getpid()
