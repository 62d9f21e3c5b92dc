#!/usr/bin/env python3
"""Times this library and others on the same workloads, alternating, and prints a table of medians and ratios.

    dotnet build -c Release benchmarks/TorchBoard.Benchmarks
    benchmarks/peers/compare.py [--runs 5] [--only scalars torch] [--place /dev/shm] [--python python3]
        [--cpp build/work] [--torchsharp work.dll] [--rust SERVER]

--cpp is the output of cpp/CMakeLists.txt, --torchsharp that of torchsharp/torchsharp.csproj, --rust the data server
of TensorBoard (bin/server in the package tensorboard_data_server). Peers that are not installed are skipped, and the
table says why. Times are measured inside the process. A ratio is that of adjacent runs, so that a drift of the
machine's speed affects both.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(HERE, "../TorchBoard.Benchmarks/bin/Release/net10.0/TorchBoard.Benchmarks.dll")

# Workload, our count, the peer, its count: long enough to measure, short enough to repeat.
PAIRS = [
    ("scalars", 10_000_000, "tensorboard_logger", 5_000_000),
    ("scalars", 10_000_000, "TorchSharp", 20_000),
    ("scalars", 10_000_000, "torch", 20_000),
    ("scalars", 10_000_000, "tensorboardX", 20_000),
    ("histograms", 1_000, "tensorboard_logger", 500),
    ("histograms", 1_000, "TorchSharp", 50),
    ("histograms", 1_000, "torch", 50),
    ("histograms", 1_000, "tensorboardX", 50),
    ("images", 500, "torch", 20),
    ("images", 500, "tensorboardX", 20),
    ("photo", 1_000, "Pillow", 20),
    ("gradient", 3_000, "Pillow", 200),
    ("noise", 3_000, "Pillow", 50),
    ("read", 1_000_000, "data server", 1_000_000),
    ("read", 10_000_000, "data server", 10_000_000),
    ("read", 1_000_000, "EventAccumulator", 20_000),
    ("kernelshap", 200, "numpy", 20),
    ("lime", 200, "numpy", 20),
    ("occlusion", 1_000, "numpy", 200),
]


class Skipped(Exception):
    pass


def peer_command(given, peer):
    """Returns a peer's command, without workload, count and directory."""
    if peer == "tensorboard_logger":
        if not os.access(given.cpp, os.X_OK):
            raise Skipped("not built; see cpp/CMakeLists.txt")
        return [os.path.abspath(given.cpp)]
    if peer == "TorchSharp":
        if not os.path.isfile(given.torchsharp):
            raise Skipped("not built; see torchsharp/torchsharp.csproj")
        return ["dotnet", given.torchsharp]
    if peer == "data server":
        if not os.access(given.rust, os.X_OK):
            raise Skipped("not given")
        return [given.rust]
    if peer == "numpy":
        return [given.python, os.path.join(HERE, "python/explain.py")]
    return [given.python, os.path.join(HERE, "python/work.py"), peer]


def run(command, work, count, directory):
    """Returns the duration in seconds, and the result's length in bytes if the program prints it."""
    if work != "read":
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
    done = subprocess.run(command + [work, str(count), directory], capture_output=True, text=True)
    if done.returncode:
        raise Skipped((done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1])
    *length, seconds = done.stdout.split()
    return float(seconds), int(length[0]) if length else None


def load(command, work, count, directory):
    """Returns the duration of the first load that the data server logs. It checks every checksum, as ours does."""
    options = ["--logdir", directory, "--reload", "once", "--port", "0", "--checksum", "-v"]
    server = subprocess.Popen(command + options, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for line in server.stderr:
            if found := re.search(r"Finished load cycle \(([\d.]+)(ms|s)\)", line):
                return float(found[1]) / (1000 if found[2] == "ms" else 1), None
        raise Skipped("it did not report that it had loaded")
    finally:
        server.kill()
        server.wait()


def compare(given, place, work, count, peer, peer_count):
    ours = ["dotnet", OURS, "work"]
    theirs = peer_command(given, peer)
    run_peer = load if peer == "data server" else run
    own_place, peer_place = f"{place}/ours", f"{place}/theirs"
    if work == "read":
        own_place, peer_place = f"{place}/{count}", f"{place}/{peer_count}"
        for made in (count, peer_count):
            run(ours, "scalars", made, f"{place}/{made}")
    own, other, sizes = [], [], None
    for _ in range(given.runs):
        seconds, peer_size = run_peer(theirs, work, peer_count, peer_place)
        other.append(peer_count / seconds)
        seconds, size = run(ours, work, count, own_place)
        own.append(count / seconds)
        sizes = size and size / peer_size
    ratios = [a / b for a, b in zip(own, other)]
    note = f"; size {sizes:.2f}" if sizes else ""
    return (
        f"{statistics.median(own):,.0f} | {statistics.median(other):,.0f} "
        f"| {statistics.median(ratios):,.1f} ({min(ratios):,.1f}, {max(ratios):,.1f}){note}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--only", nargs="*", default=[], help="workloads or peers")
    arguments.add_argument("--python", default="python3")
    arguments.add_argument("--cpp", default="")
    arguments.add_argument("--torchsharp", default="")
    arguments.add_argument("--rust", default="")
    arguments.add_argument("--place", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    given = arguments.parse_args()
    print("| work | peer | ours per second | the peer's per second | ratio: median (min, max) |")
    print("|---|---|---|---|---|")
    for work, count, peer, peer_count in PAIRS:
        if given.only and not {work, peer} & set(given.only):
            continue
        name = f"{work}, {count // 1_000_000} M" if work == "read" else work
        with tempfile.TemporaryDirectory(dir=given.place) as place:
            try:
                print(f"| {name} | {peer} | {compare(given, place, work, count, peer, peer_count)} |", flush=True)
            except Skipped as reason:
                print(f"| {name} | {peer} | | | skipped: {reason} |", flush=True)


main()
