#!/usr/bin/env python3
"""Times what a page of curves asks of a server, for torchboard and for stock TensorBoard, alternating: JSON, a line for each.

    benchmarks/peers/page.py LOGDIR --torchboard COMMAND --tensorboard COMMAND [--rounds 3] [--runs 100] [--tags 20]

A server is started cold. Measured are the time until it answers, until it lists all runs and tags, until all curves have been
read, a tag a request as both pages do, the bytes of these answers as they are sent, and the memory of all its processes.
TensorBoard is measured with both of its readers; TENSORBOARD_DATA_SERVER_BINARY says where the fast one is.
"""

import argparse
import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

LIMIT_SECONDS = 600


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logdir")
    parser.add_argument("--torchboard", required=True)
    parser.add_argument("--tensorboard", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--tags", type=int, default=20)
    arguments = parser.parse_args()
    servers = {
        "torchboard": (f"{arguments.torchboard} serve {arguments.logdir} --port 0 --grpc-port 0", Page),
        "tensorboard, fast": (f"{arguments.tensorboard} --logdir {arguments.logdir} --port 0 --load_fast=true", TensorBoard),
        "tensorboard, Python": (f"{arguments.tensorboard} --logdir {arguments.logdir} --port 0 --load_fast=false", TensorBoard),
    }
    for _ in range(arguments.rounds):
        for name, (command, kind) in servers.items():
            print(json.dumps({"server": name} | measure(command, kind, arguments)), flush=True)


def measure(command, kind, arguments):
    start = time.monotonic()
    with tempfile.TemporaryFile(mode="w+") as log:
        process = subprocess.Popen(
            shlex.split(command), stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"})
        try:
            url = until(lambda: url_of(log), start)
            client = kind(url)
            until(client.answers, start)
            answered = time.monotonic()
            until(lambda: client.is_complete(arguments.runs, arguments.tags), start)
            listed = time.monotonic()
            client.bytes = 0
            client.read()
            read = time.monotonic()
            memory = sum(peak(pid) for pid in descendants(process.pid))
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
    return {
        "answers_s": round(answered - start, 2), "listed_s": round(listed - start, 2), "curves_s": round(read - listed, 2),
        "total_s": round(read - start, 2), "sent_MB": round(client.bytes / 1e6, 2), "memory_MiB": round(memory / 1024),
    }


class Client:
    def __init__(self, url):
        self.url = url
        self.bytes = 0

    def get(self, path, body=None):
        return json.loads(self.read_bytes(path, body))

    def read_bytes(self, path, body=None):
        request = urllib.request.Request(self.url + path, data=body, headers={"Accept-Encoding": "gzip"})
        if body is not None:
            request.add_header("Content-Type", "application/x-www-form-urlencoded")
        with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:
            content = answer.read()
            self.bytes += len(content)
            if answer.headers.get("Content-Encoding") == "gzip":
                import gzip
                content = gzip.decompress(content)
            return content


class Page(Client):
    def answers(self):
        return self.get("/api/runs") is not None

    def is_complete(self, runs, tags):
        self.list = self.get("/api/runs")
        return not self.list["loading"] and sum(len(tag["runs"]) for tag in self.list["tags"]) == runs * tags

    def read(self):
        for tag in self.list["tags"]:
            query = urllib.parse.urlencode(
                {
                    "epoch": self.list["epoch"], "tag": tag["tag"], "points": 1000, "runs": ",".join(map(str, tag["runs"])),
                    "format": "bytes",
                })
            content = self.read_bytes("/api/scalars?" + query)
            length = int.from_bytes(content[:4], "little")
            assert len(json.loads(content[4:4 + length])["series"]) == len(tag["runs"])


class TensorBoard(Client):
    def answers(self):
        return self.get("/data/environment") is not None

    def is_complete(self, runs, tags):
        listed = self.get("/data/plugin/timeseries/tags")["scalars"]["runTagInfo"]
        self.tags = sorted({tag for of_run in listed.values() for tag in of_run})
        return sum(map(len, listed.values())) == runs * tags and self.has_all()

    def has_all(self):
        # Tags are listed with their first point; the last run's last curve comes last.
        series = self.series(self.tags[-1])
        return len({len(points) for points in series.values()}) == 1

    def series(self, tag):
        body = urllib.parse.urlencode({"requests": json.dumps([{"plugin": "scalars", "tag": tag}])}).encode()
        return self.get("/experiment/defaultExperimentId/data/plugin/timeseries/timeSeries", body)[0]["runToSeries"]

    def read(self):
        for tag in self.tags:
            self.series(tag)


def until(condition, start):
    while time.monotonic() < start + LIMIT_SECONDS:
        try:
            value = condition()
            if value:
                return value
        except (urllib.error.URLError, ConnectionError, KeyError):
            pass
        time.sleep(0.05)
    raise TimeoutError


def url_of(log):
    log.seek(0)
    found = re.search(r"http://(localhost|127\.0\.0\.1):\d+", log.read())
    return found and found.group().replace("localhost", "127.0.0.1")


def descendants(pid):
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid] + [each for child in children for each in descendants(int(child))]


def peak(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))


if __name__ == "__main__":
    main()
