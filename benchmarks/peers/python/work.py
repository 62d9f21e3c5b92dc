"""work.py PEER WORK COUNT DIRECTORY: does a piece of work with another logger and prints the seconds it took.

Exit status 3: the peer is not installed; the reason is on standard error.
"""

import sys
import time

TAGS = [f"loss/tag{i:02d}" for i in range(20)]


def load(peer):
    try:
        if peer == "torch":
            from torch.utils.tensorboard import SummaryWriter as found
        elif peer == "tensorboardX":
            from tensorboardX import SummaryWriter as found
        else:
            from tensorboard.backend.event_processing.event_accumulator import EventAccumulator as found
        return found
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(3)


def main():
    peer, work, count, directory = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    found = load(peer)
    if work == "scalars":
        start = time.perf_counter()
        writer = found(directory)
        for i in range(count):
            writer.add_scalar(TAGS[i % 20], i * 0.5, i)
        writer.close()
    elif work == "histograms":
        import numpy

        values = numpy.random.default_rng(1).uniform(-1, 1, 100_000).astype(numpy.float32)
        start = time.perf_counter()
        writer = found(directory)
        for i in range(count):
            writer.add_histogram("weights", values, i)
        writer.close()
    else:
        start = time.perf_counter()
        # 0 keeps every point; by default it would keep a sample.
        events = found(directory, size_guidance={"scalars": 0})
        events.Reload()
        read = sum(len(events.Scalars(tag)) for tag in events.Tags()["scalars"])
        assert read == count, f"{count} scalars were expected; {read} were read"
    print(time.perf_counter() - start)


main()
