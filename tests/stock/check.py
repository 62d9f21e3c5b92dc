#!/usr/bin/env python3
"""Compares what stock TensorBoard shows of a log directory, with each of its readers, with what it contains. See README.md."""

import argparse
import os
import sys

import screenshots
from comparison import alike
from listing import Listing
from plugins import Checks
from recorded import Recorder
from server import READERS, TensorBoard


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logdir")
    parser.add_argument("--listing", required=True, help="the output of `torchboard list LOGDIR --json`")
    parser.add_argument("--values", help="the output of `torchboard show LOGDIR '*' --json`, to compare all values")
    parser.add_argument("--tensorboard", default="tensorboard", metavar="COMMAND")
    parser.add_argument("--readers", default="python,rust")
    parser.add_argument("--torchboard", metavar="PROGRAM", help="the torchboard command, for the readers torchboard and remote")
    parser.add_argument("--screenshots", metavar="DIR")
    parser.add_argument("--record", metavar="DIR", help="where to write the answers of each reader")
    arguments = parser.parse_args()
    readers = arguments.readers.split(",")
    if set(readers) - set(READERS):
        parser.error(f"--readers must be among {', '.join(READERS)}")
    if set(readers) & {"torchboard", "remote"} and not arguments.torchboard:
        parser.error("these readers need --torchboard")
    listing = Listing.read(arguments.listing, arguments.values)
    if not listing.run_names:
        parser.error(f"{arguments.listing} lists no runs with data")

    wrong, shown = 0, {}
    for reader in readers:
        found, shown[reader] = check(arguments, reader, listing)
        wrong += found
    for reader in readers[1:]:
        name = "both" if len(readers) == 2 else f"{readers[0]} and {reader}"
        wrong += report(name, differences(shown[readers[0]], shown[reader]))
    return 1 if wrong else 0


def check(arguments, reader, listing):
    """Returns the number of faults and what the reader shows."""
    with TensorBoard(arguments.tensorboard, arguments.logdir, reader, listing, arguments.torchboard) as server:
        recorder = Recorder(server)
        checks = Checks(recorder, listing, reader)
        checks.run_all()
        wrong = checks.wrong + [f"the server's log: {line}" for line in server.errors()]
        for plugin, count in checks.asked.items():
            print(f"{reader:7} {plugin:15} {count:4} answers")
        if arguments.record:
            os.makedirs(arguments.record, exist_ok=True)
            recorder.save(os.path.join(arguments.record, f"{reader}.json.gz"))
        if arguments.screenshots:
            folder = os.path.join(arguments.screenshots, reader)
            wrong += [f"no screenshot of {name}" for name in screenshots.take(server, folder)]
    return report(reader, wrong), checks.shown


def differences(left, right):
    """Describes what the readers show differently. Points that one of them drops are the listing's affair."""
    for what in sorted(left.keys() | right.keys()):
        if what not in left or what not in right:
            yield f"{what}: shown by one of them"
        elif isinstance(left[what], list) and what.startswith(("graph ", "hparams")):
            if left[what] != right[what]:
                yield f"{what}: {left[what]} and {right[what]}"
        else:
            first, second = dict(left[what]), dict(right[what])
            for step in first.keys() & second.keys():
                if not alike(first[step], second[step]):
                    yield f"{what} at step {step}: {first[step]} and {second[step]}"
                    break


def report(name, wrong):
    wrong = list(wrong)
    for line in wrong:
        print(f"{name:7} WRONG  {line}")
    print(f"{name:7} {'fine' if not wrong else str(len(wrong)) + ' wrong'}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
