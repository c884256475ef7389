"""Asks a server for pages as fast as it answers, with wrk, and reads what wrk found."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.servers import OUT, Server

CONNECTIONS: Final = 32
_SCRIPT: Final = """
local requests = {}
function init(args)
  math.randomseed(20240503)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path, {["Accept-Encoding"] = "gzip"})
  end
end
function request() return requests[math.random(#requests)] end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration, summary.bytes,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: answers a second, response times, processor time for 1,000 answers, bytes with headers."""

    requests_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_s_per_1000: float
    bytes_per_answer: float


def run(server: Server, name: str, paths: Sequence[str], seconds: int) -> Run:
    """Ask for these paths in random order (the same on both servers) for some seconds.

    Raises: RuntimeError when any answer was an error: such a run says nothing.
    """
    script, list_ = OUT / "random.lua", OUT / f"{name}.paths"
    script.write_text(_SCRIPT)
    list_.write_text("".join(f"{path}\n" for path in paths))
    before = server.cpu_s()
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script)),
            *(f"http://127.0.0.1:{server.port}", "--", str(list_)),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    cpu_s = server.cpu_s() - before
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    answers, duration_us, read_bytes, errors, p50_us, p99_us = (int(field) for field in result.split()[1:])
    if errors or not answers:
        raise RuntimeError(f"{server.name}, {name}: {errors} errors in {answers} answers\n{done.stdout}")
    return Run(
        requests_per_s=answers / duration_us * 1e6,
        p50_ms=p50_us / 1000,
        p99_ms=p99_us / 1000,
        cpu_s_per_1000=cpu_s / answers * 1000,
        bytes_per_answer=read_bytes / answers,
    )
