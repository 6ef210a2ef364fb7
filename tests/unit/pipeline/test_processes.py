"""Processes of their own: answers come back, and what kills one process costs one task."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from worker_tasks import answer, process

from analytics.errors import AnalyticsError
from analytics.pipeline.processes import Lost, Workers, usable_cores

MIB = 1024**2


def answers(*tasks: str, processes: int = 2, seconds: float = 60, **limits: int) -> list[object]:
    with Workers(answer, processes=processes, seconds=seconds, **limits) as workers:
        return [future.result() for future in [workers.submit(task) for task in tasks]]


@pytest.mark.parametrize("processes", [1, 2])
def test_answers_belong_to_their_tasks(processes: int) -> None:
    tasks = [f"task {number}" for number in range(20)]
    assert answers(*tasks, processes=processes) == [f"{task} done" for task in tasks]


def test_one_process_is_this_one_and_several_are_others() -> None:
    with Workers(process, processes=1, seconds=60) as workers:
        assert workers.submit("").result() == os.getpid()
    with Workers(process, processes=2, seconds=60) as workers:
        others = {future.result() for future in [workers.submit("") for _ in range(8)]}
    assert os.getpid() not in others
    assert 1 <= len(others) <= 2


def test_a_process_that_dies_costs_its_task_only() -> None:
    found = answers("task 1", "die", "exit 7", "task 2", "task 3")
    assert [found[0], *found[3:]] == ["task 1 done", "task 2 done", "task 3 done"]
    assert isinstance(found[1], Lost)
    assert found[1].reason == "ended the process that read it (SIGKILL)"
    assert isinstance(found[2], Lost)
    assert found[2].reason == "ended the process that read it (exit code 7)"


def test_a_task_that_takes_too_long_is_given_up() -> None:
    began = time.monotonic()
    found = answers("hang", "task 1", seconds=1)
    assert found == [
        Lost("took more than 1 seconds", "allow more time, or split the file"),
        "task 1 done",
    ]
    assert time.monotonic() - began < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the data of a process")
def test_a_task_that_wants_too_much_memory_is_given_up() -> None:
    found = answers(f"fill {600 * MIB}", "fill 10", memory=512 * MIB)
    assert isinstance(found[0], Lost)
    assert found[0].reason == "needs more than 0.5 GiB"
    assert found[1] == "11"


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_is_an_answer(processes: int) -> None:
    found, other = answers("fault here", "task 1", processes=processes)
    assert isinstance(found, Lost)
    assert found.reason == "met a fault of this package: KeyError: 'here'"
    assert other == "task 1 done"


def test_what_is_printed_does_not_come_between_the_answers() -> None:
    assert answers("print", "task 1") == ["print done", "task 1 done"]


def test_leaving_early_ends_the_processes(tmp_path: Path) -> None:
    began = time.monotonic()
    with Workers(answer, processes=2, seconds=60) as workers:
        pid = tmp_path / "pid"
        workers.submit(f"write {pid}").result()
        for _ in range(4):
            workers.submit("hang")
    assert time.monotonic() - began < 30
    assert_gone(int(pid.read_text()))


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    script = (
        f"import os, sys; sys.path[:] = {sys.path!r}\n"
        "from analytics.pipeline.processes import Workers\n"
        "from worker_tasks import answer\n"
        "with Workers(answer, processes=2, seconds=600) as workers:\n"
        f"    workers.submit('write {pid}').result()\n"
        "    workers.submit('hang')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
    assert_gone(int(pid.read_text()))


def assert_gone(pid: int) -> None:
    for _ in range(100):
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat")
            if state.exists() and re.search(r"\) Z ", state.read_text()):
                return
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} is still there")


def test_work_that_cannot_be_imported_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "__module__", "nowhere")
    monkeypatch.setitem(sys.modules, "nowhere", sys.modules["worker_tasks"])
    with pytest.raises(AnalyticsError, match=r"no process could be started.*nowhere"):
        answers("task 1")


def test_cores_are_counted() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
