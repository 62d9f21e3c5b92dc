#!/usr/bin/env python3
"""Times this library and the others at the same work, in turn, and prints a table of medians and ratios.

    dotnet build -c Release benchmarks/TorchBoard.Benchmarks
    benchmarks/peers/compare.py [--runs 5] [--python python3] [--cpp build/work] [--place /dev/shm]

What is not installed is left out, and the table says why. The time is that of the work inside the process; a
ratio is that of neighbouring runs, so that a machine whose speed drifts disturbs both alike.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(HERE, "../TorchBoard.Benchmarks/bin/Release/net10.0/TorchBoard.Benchmarks.dll")

# Work, our count, the peer, its count: each long enough to be measured, short enough to be repeated.
PAIRS = [
    ("scalars", 2_000_000, "tensorboard_logger", 2_000_000),
    ("scalars", 2_000_000, "torch", 20_000),
    ("scalars", 2_000_000, "tensorboardX", 20_000),
    ("histograms", 1_000, "tensorboard_logger", 500),
    ("histograms", 1_000, "torch", 50),
    ("histograms", 1_000, "tensorboardX", 50),
    ("read", 1_000_000, "EventAccumulator", 20_000),
]


class Skipped(Exception):
    pass


def seconds(command, directory):
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    return timed(command + [directory])


def timed(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Skipped((done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1])
    return float(done.stdout.split()[-1])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--python", default="python3")
    arguments.add_argument("--cpp", default="")
    arguments.add_argument("--place", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    given = arguments.parse_args()
    ours = ["dotnet", OURS, "work"]
    print("| work | peer | ours a second | the peer's a second | ratio: median (least, greatest) |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        for work, count, peer, peer_count in PAIRS:
            own, other = [], []
            try:
                if peer == "tensorboard_logger":
                    if not os.access(given.cpp, os.X_OK):
                        raise Skipped("not built; see cpp/CMakeLists.txt")
                    command = [given.cpp, work, str(peer_count)]
                else:
                    command = [given.python, os.path.join(HERE, "python/work.py"), peer, work, str(peer_count)]
                if work == "read":
                    for made in (count, peer_count):
                        seconds(ours + ["scalars", str(made)], f"{place}/{made}")
                for _ in range(given.runs):
                    if work == "read":
                        own.append(count / timed(ours + [work, str(count), f"{place}/{count}"]))
                        other.append(peer_count / timed(command + [f"{place}/{peer_count}"]))
                    else:
                        other.append(peer_count / seconds(command, f"{place}/run"))
                        own.append(count / seconds(ours + [work, str(count)], f"{place}/run"))
            except Skipped as reason:
                print(f"| {work} | {peer} | | | left out: {reason} |", flush=True)
                continue
            ratios = [a / b for a, b in zip(own, other)]
            print(
                f"| {work} | {peer} | {statistics.median(own):,.0f} | {statistics.median(other):,.0f} "
                f"| {statistics.median(ratios):,.1f} ({min(ratios):,.1f}, {max(ratios):,.1f}) |", flush=True)


main()
