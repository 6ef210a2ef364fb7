"""Work done in processes of its own, so that none of it can stop the rest.

Each process is a fresh interpreter that does one task at a time and sends the answer back. One that
dies, takes too long or wants too much memory costs its task and nothing else: the next task gets a
new process. The interpreters are started by hand and not by :mod:`multiprocessing`, because that
runs the caller's script again in every process, which a script without ``if __name__ ==
"__main__"`` does not survive; and none is forked, because polars and PDFium hold locks.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import LifoQueue, SimpleQueue
from types import TracebackType
from typing import IO, Any, Generic, TypeVar

from analytics.errors import AnalyticsError

__all__ = ["Lost", "Workers", "serve", "usable_cores"]

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_PACKAGE = Path(__file__).parents[1]
_GIB = 1024**3
_LEAST_MEMORY, _MOST_MEMORY = 1 * _GIB, 4 * _GIB
_START_SECONDS = 120
_TAIL = 2000  # characters of what a process said last
_OUT_OF_MEMORY = ("memory allocation", "out of memory", "MemoryError", "bad_alloc")


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands in the place of an answer that never came.

    Args:
        reason: What happened, as the end of a sentence about the task.
        hint: What can be done about it.
    """

    reason: str
    hint: str


def usable_cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Generic[Task, Answer]):
    """Processes that do the same work on many tasks; with one process, no process at all.

    Processes are started as they are needed and end with the ``with`` block, also if this process
    is killed. The limits of time and memory hold only in processes of their own.

    Args:
        work: What is done with a task: a function of a module, that a new process can import.
        processes: How many tasks are worked on at once; 1 works in this process.
        seconds: The longest time for a task.
        memory: The most bytes a process may have; by default a fair share of the machine's memory,
            between one and four GiB.

    Examples:
        >>> with Workers(abs, processes=1, seconds=60) as workers:
        ...     [future.result() for future in map(workers.submit, [-1, 2, "three"])]
        [1, 2, Lost(reason="met a fault of this package: TypeError: bad operand type for abs(): \
'str'", hint='please report it, with the file')]
    """

    def __init__(
        self,
        work: Callable[[Task], Answer],
        *,
        processes: int,
        seconds: float,
        memory: int | None = None,
    ) -> None:
        self._work = work
        self._threads = ThreadPoolExecutor(processes) if processes > 1 else None
        limit = memory or _fair_share(processes)
        self._all = [_Worker(work, seconds, limit) for _ in range(processes)]
        # The one that was busy last comes first: what need not start does not start.
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._all:
            self._idle.put(worker)

    def submit(self, task: Task) -> Future[Answer | Lost]:
        """Have a task done; the answer is :class:`Lost` where there is none."""
        if self._threads is not None:
            return self._threads.submit(self._ask, task)
        done: Future[Answer | Lost] = Future()
        done.set_result(_answer(self._work, task))
        return done

    def __enter__(self) -> Workers[Task, Answer]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._threads is None:
            return
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()
        self._threads.shutdown()
        for worker in self._all:
            worker.stop()

    def _ask(self, task: Task) -> Answer | Lost:
        worker = self._idle.get()
        try:
            answer: Answer | Lost = worker.ask(task)
            return answer
        finally:
            self._idle.put(worker)


class _Worker:
    """One process at a time, and the limits that it has to keep."""

    def __init__(self, work: Callable[[Any], Any], seconds: float, memory: int) -> None:
        self._work = work
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._starting = threading.Lock()
        self._is_closed = False

    def ask(self, task: Any) -> Any:
        if self._process is None or self._process.poll() is not None:
            self._start()
        alarm = _Alarm(self._process, self._seconds)
        try:
            return self._exchange(task)
        except (EOFError, OSError, pickle.UnpicklingError):
            alarm.cancel()
            return self._post_mortem(alarm)
        finally:
            alarm.cancel()
            if alarm.rang:
                self.stop()

    def close(self) -> None:
        """End the process from another thread, for good."""
        with self._starting:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                _close(pipe)
        _close(self._said)
        self._process = self._said = None

    def _start(self) -> None:
        self.stop()
        start = (
            f"import sys; sys.path[:] = {sys.path!r}\n"
            "from analytics.pipeline.processes import serve; serve()"
        )
        with self._starting:
            if self._is_closed:
                raise AnalyticsError("the processes are ended already")
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed by stop)
            self._process = subprocess.Popen(
                [sys.executable, "-c", start],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                # The processes share the cores among them; none needs more than one.
                env={**os.environ, "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"},
                # An interrupt from the keyboard is for the process that waits for these.
                start_new_session=True,
            )
        alarm = _Alarm(self._process, _START_SECONDS)
        try:
            self._exchange((self._work, self._memory))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            said = self._last_words().strip().splitlines() or [str(error)]
            raise AnalyticsError(
                f"no process could be started to read in: {said[-1]}",
                hint="read in this process, with processes=1",
            ) from error
        finally:
            alarm.cancel()

    def _exchange(self, message: Any) -> Any:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EOFError
        pickle.dump(message, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        return pickle.load(process.stdout)

    def _post_mortem(self, alarm: _Alarm) -> Lost:
        process = self._process
        code = process.wait() if process is not None else None
        if alarm.rang:
            return Lost(
                f"took more than {self._seconds:g} seconds", "allow more time, or split the file"
            )
        if any(sign in self._last_words() for sign in _OUT_OF_MEMORY):
            return _too_large(self._memory)
        return Lost(
            f"ended the process that read it ({_death(code)})",
            "the file may be damaged, or too large for the memory there is",
        )

    def _last_words(self) -> str:
        if self._said is None:
            return ""
        self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, self._said.tell() - _TAIL))
        return self._said.read().decode("utf-8", "replace")


class _Alarm:
    """Kills a process when its time is over."""

    def __init__(self, process: subprocess.Popen[bytes] | None, seconds: float) -> None:
        self.rang = False
        self._process = process
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Stop the clock; afterwards it is known whether it rang."""
        self._timer.cancel()
        self._timer.join()

    def _ring(self) -> None:
        self.rang = True
        if self._process is not None:
            self._process.kill()


def serve() -> None:
    """Do what the process at the other end of the standard streams asks for, until it is gone."""
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests = sys.stdin.buffer
    work, memory = pickle.load(requests)
    _limit_memory(memory)
    tasks: SimpleQueue[Any] = SimpleQueue()

    def listen() -> None:
        try:
            while True:
                tasks.put(pickle.load(requests))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)  # also in the middle of a task: nobody waits for its answer any more

    threading.Thread(target=listen, daemon=True).start()
    answer: Any = None
    while True:
        answers.write(_packed(answer, memory))
        answers.flush()
        answer = _answer(work, tasks.get(), memory)


def _answer(work: Callable[[Any], Any], task: Any, memory: int = 0) -> Any:
    try:
        return work(task)
    except MemoryError:
        return _too_large(memory)
    except Exception as error:
        # One task must not stop the others, whatever is wrong with it or with this package.
        return Lost(
            f"met a fault of this package: {type(error).__name__}: {error}{_where(error)}",
            "please report it, with the file",
        )


def _where(error: Exception) -> str:
    """The line of this package that was at work when the error came."""
    calls = traceback.extract_tb(error.__traceback__)
    own = [call for call in calls if Path(call.filename).is_relative_to(_PACKAGE)]
    if len(own) < 2:  # nothing but the work itself being called
        return ""
    return f" (in {Path(own[-1].filename).relative_to(_PACKAGE)}, line {own[-1].lineno})"


def _packed(answer: Any, memory: int) -> bytes:
    try:
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(_too_large(memory))


def _too_large(memory: int) -> Lost:
    most = f"{memory / _GIB:.1f} GiB" if memory else "all the memory there is"
    return Lost(f"needs more than {most}", "split the file, or read it with fewer processes")


def _limit_memory(memory: int) -> None:
    """Keep the data of this process below a limit, where the system can."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    except (ImportError, ValueError, OSError):
        return


def _fair_share(processes: int) -> int:
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _MOST_MEMORY
    return min(_MOST_MEMORY, max(_LEAST_MEMORY, whole // processes))


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


def _close(file: IO[bytes] | None) -> None:
    try:
        if file is not None:
            file.close()
    except OSError:
        return  # what was still to be written has no reader
