"""Runs one job on one engine in a process of its own, and tells as JSON what happened and what it took at most.

It is started as a script: ``child.py ENGINE JOB SOURCE TARGET``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from tests.scale.people import kader, lijst

import igm

T = TypeVar("T")
WAIT: Final = 0.01
PATIENCE: Final = 60.0


def peak() -> int:
    """The most memory that this process held at any moment, in bytes.

    The kernel counts it from the moment that this program was loaded; ``ru_maxrss`` would count in the parent.
    """
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def asked(job: str, frame: Any) -> Any:
    """What the library is asked for, beside all that the files hold."""
    if job == "score":
        return igm.score(frame, lijst())
    return kader().evaluate_many(frame, beleid="cautious")


def polars(job: str, source: Path, target: Path) -> dict[str, Any]:
    import polars as pl

    target.mkdir()
    asked(job, pl.scan_parquet(source)).sink_parquet(target / "all.parquet")
    return {}


def duckdb(job: str, source: Path, target: Path) -> dict[str, Any]:
    import duckdb

    target.mkdir()
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("SET preserve_insertion_order = false")
    frame = connection.read_parquet(f"{source}/*.parquet")
    asked(job, frame).write_parquet(str(target / "all.parquet"))
    return {}


def whole(job: str, source: Path, target: Path) -> dict[str, Any]:
    """All of it in memory at once, to see that the measure sees it."""
    import pyarrow.parquet as pq

    pq.read_table(source)
    return {}


def dask(job: str, source: Path, target: Path) -> dict[str, Any]:
    """Two processes share the work; one is killed when the first partitions are done and others are not."""
    import dask.dataframe as dd
    import distributed

    # it has types for some of itself only
    own: Any = distributed
    target.mkdir()
    cluster = own.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, own.Client(cluster) as client:
        workers: dict[str, int] = client.run(os.getpid)
        frame = dd.read_parquet(source, dtype_backend="pyarrow").map_partitions(_slowed)
        tasks = client.compute([_kept(part, target) for part in asked(job, frame).to_delayed()])
        finished = own.as_completed(tasks)
        next(finished)
        next(finished)
        before = sum(task.done() for task in tasks)
        os.kill(next(iter(workers.values())), signal.SIGKILL)
        client.gather(tasks)
        # the work may well be done by who is left before the new process has started
        replaced = _until(lambda: _new_workers(client, workers))
    return {"tasks": len(tasks), "done": before, "killed": 1, "replaced": replaced}


def _new_workers(client: Any, workers: dict[str, int]) -> int | None:
    """How many workers there are that were not there, once there is one."""
    now: dict[str, int] = client.run(os.getpid, on_error="ignore")
    return len(set(now.values()) - set(workers.values())) or None


def _slowed(part: Any) -> Any:
    """The same partition, a moment later: so there is a middle at which to kill."""
    time.sleep(0.2)
    return part


def _kept(part: Any, target: Path) -> Any:
    from dask.delayed import delayed

    return delayed(_write)(part, target)


def _write(part: Any, target: Path) -> int:
    """One partition in a file; done twice, it is the same file."""
    part.to_parquet(target / f"from-{int(part['ref'].min()):09}.parquet", index=False)
    return len(part)


def spark(job: str, source: Path, target: Path) -> dict[str, Any]:
    """Two executors of one core each; one is killed when the first tasks are done and others are not."""
    import psutil

    session = _session("local-cluster[2,1,1024]")
    frame = asked(job, session.read.parquet(str(source)))
    written = threading.Thread(target=frame.write.parquet, args=(str(target),))
    executors = {one.pid for one in _executors(psutil.Process())}
    written.start()
    done, of = _until(lambda: _progress(session, written))
    victim = min(executors)
    os.kill(victim, signal.SIGKILL)
    written.join()
    left = {one.pid for one in _executors(psutil.Process())}
    session.stop()
    return {"tasks": of, "done": done, "killed": int(victim not in left), "replaced": len(left - executors)}


def local(job: str, source: Path, target: Path) -> dict[str, Any]:
    """Spark on one machine, as most try it first."""
    session = _session("local[2]")
    asked(job, session.read.parquet(str(source))).write.parquet(str(target))
    session.stop()
    return {}


def _session(master: str) -> Any:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    made = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.memory", "1g")
        .config("spark.executor.memory", "1g")
        # longer methods are not compiled by Java, and run slowly
        .config("spark.sql.codegen.hugeMethodLimit", "8000")
        # a file is a task, however small
        .config("spark.sql.files.openCostInBytes", str(128 * 2**20))
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("OFF")
    return made


def _executors(parent: Any) -> list[Any]:
    """The processes that do the work, of this session only."""
    return [one for one in parent.children(recursive=True) if "CoarseGrainedExecutorBackend" in _command(one)]


def _command(process: Any) -> str:
    """What a process was started with; nothing of one that ended while it was looked at."""
    import psutil

    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _progress(session: Any, written: threading.Thread) -> tuple[int, int] | None:
    """How many tasks are done, once some are and others are not."""
    tracker = session.sparkContext.statusTracker()
    for stage in tracker.getActiveStageIds():
        found = tracker.getStageInfo(stage)
        if found is not None and found.numTasks > 1 and 2 <= found.numCompletedTasks < found.numTasks:
            return found.numCompletedTasks, found.numTasks
    if not written.is_alive():
        sys.exit("all was done before anything could be killed")
    return None


def _until(ready: Callable[[], T | None]) -> T:
    """What comes in the end; a minute without it is too long."""
    end = time.monotonic() + PATIENCE
    while (found := ready()) is None:
        if time.monotonic() > end:
            sys.exit("what had to happen did not")
        time.sleep(WAIT)
    return found


ENGINES: Final = {one.__name__: one for one in (polars, duckdb, whole, dask, spark, local)}


def main() -> None:
    engine, job, source, target = sys.argv[1:]
    shutil.rmtree(target, ignore_errors=True)
    told = ENGINES[engine](job, Path(source), Path(target))
    sys.stdout.write(json.dumps(told | {"peak": peak()}) + "\n")


if __name__ == "__main__":
    main()
