#!/usr/bin/env python3
"""Queries stock TensorBoard, with both of its readers, for the content of a log directory. See README.md."""

import argparse
import json
import os
import sys

import screenshots
from plugins import Checks
from server import FAST, TensorBoard


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logdir")
    parser.add_argument("--listing", required=True, help="the output of `torchboard list LOGDIR --json`")
    parser.add_argument("--tensorboard", default="tensorboard", metavar="COMMAND")
    parser.add_argument("--readers", default="python,rust")
    parser.add_argument("--screenshots", metavar="DIR")
    arguments = parser.parse_args()
    readers = arguments.readers.split(",")
    if set(readers) - set(FAST):
        parser.error(f"--readers must be among {', '.join(FAST)}")
    with open(arguments.listing, encoding="utf-8") as file:
        listing = json.load(file)

    wrong = 0
    for reader in readers:
        wrong += check(arguments, reader, listing)
    return 1 if wrong else 0


def check(arguments, reader, listing):
    runs = [run["name"] for run in listing["runs"] if run["tags"] or run["graphs"]]
    with TensorBoard(arguments.tensorboard, arguments.logdir, reader, runs) as server:
        checks = Checks(server, listing)
        checks.run_all()
        wrong = checks.wrong + [f"the server's log: {line}" for line in server.errors()]
        for plugin, count in checks.asked.items():
            print(f"{reader:7} {plugin:15} {count:4} answers")
        if arguments.screenshots:
            folder = os.path.join(arguments.screenshots, reader)
            wrong += [f"no screenshot of {name}" for name in screenshots.take(server, folder)]
    for line in wrong:
        print(f"{reader:7} WRONG  {line}")
    print(f"{reader:7} {'fine' if not wrong else str(len(wrong)) + ' wrong'}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
