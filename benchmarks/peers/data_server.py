#!/usr/bin/env python3
"""Times data servers of TensorBoard on a log directory of curves, alternating, and prints a line of JSON for each.

    benchmarks/peers/data_server.py LOGDIR --servers torchboard rustboard [--rounds 3]

Needs grpc and TensorBoard's Python package. A server is started cold, with the options that TensorBoard gives it. Measured
are the first answer, when all runs and all of their last steps are listed, and when all curves have been read, 50 runs a
request; then processor time and memory of the server. The first server's final list is what the others must reach.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
import time

import grpc
from tensorboard.data.proto import data_provider_pb2 as messages, data_provider_pb2_grpc as services

SCALARS = messages.PluginFilter(plugin_name="scalars")
SETTLED_SECONDS = 15


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logdir")
    parser.add_argument("--servers", nargs="+", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    expected = None
    for _ in range(arguments.rounds):
        for server in arguments.servers:
            figures, expected = measure(server, arguments.logdir, expected)
            print(json.dumps({"server": os.path.basename(server)} | figures), flush=True)


def measure(server, logdir, expected):
    """Returns the figures of one cold start, and the list of runs, tags and last steps at its end."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = os.path.join(folder, "port")
        start = time.monotonic()
        process = subprocess.Popen(
            [server, f"--logdir={logdir}", "--reload=5", "--samples-per-plugin=", "--port=0", f"--port-file={port_file}",
             "--die-after-stdin"], stdin=subprocess.PIPE)
        while not (os.path.exists(port_file) and open(port_file).read().endswith("\n")):
            time.sleep(0.002)
        channel = grpc.insecure_channel(
            "127.0.0.1:" + open(port_file).read().strip(), options=[("grpc.max_receive_message_length", 1 << 28)])
        stub = services.TensorBoardDataProviderStub(channel)
        stub.ListRuns(messages.ListRunsRequest())
        answered = time.monotonic()

        shown, loaded = None, answered
        while shown != expected if expected is not None else time.monotonic() < loaded + SETTLED_SECONDS:
            listed = stub.ListScalars(messages.ListScalarsRequest(plugin_filter=SCALARS)).runs
            now = sorted((run.run_name, tag.tag_name, tag.metadata.max_step) for run in listed for tag in run.tags)
            if now != shown:
                shown, loaded = now, time.monotonic()
            time.sleep(0.02)

        begin = time.monotonic()
        runs, points = sorted({run for run, _, _ in shown}), 0
        for first in range(0, len(runs), 50):
            request = messages.ReadScalarsRequest(plugin_filter=SCALARS)
            request.downsample.num_points = 1000
            request.run_tag_filter.runs.names[:] = runs[first:first + 50]
            points += sum(len(tag.data.step) for run in stub.ReadScalars(request).runs for tag in run.tags)
        curves = time.monotonic() - begin

        with open(f"/proc/{process.pid}/stat", encoding="ascii") as stat:
            ticks = sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            peak = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) // 1024
        process.stdin.close()
        process.wait()
        return {
            "answered": round(answered - start, 3), "loaded": round(loaded - start, 3), "curves": round(curves, 3),
            "total": round(loaded - start + curves, 3), "cpu": ticks / os.sysconf("SC_CLK_TCK"), "peak MiB": peak,
            "points": points,
        }, shown


if __name__ == "__main__":
    main()
