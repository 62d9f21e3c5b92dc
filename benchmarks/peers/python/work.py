"""work.py PEER WORK COUNT DIRECTORY: runs a workload with another logger and prints its duration in seconds.

Exit status 3: the peer is not installed; the reason is on standard error.
"""

import io
import math
import sys
import time

SIDE = 224
TAGS = [f"loss/tag{i:02d}" for i in range(20)]


def load(peer):
    try:
        if peer == "torch":
            from torch.utils.tensorboard import SummaryWriter as found
        elif peer == "tensorboardX":
            from tensorboardX import SummaryWriter as found
        elif peer == "Pillow":
            from PIL import Image as found
        else:
            from tensorboard.backend.event_processing.event_accumulator import EventAccumulator as found
        return found
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(3)


def picture(kind):
    """Returns an image of three channels, the same in every program."""
    pixels, state = bytearray(), 1
    for y in range(SIDE):
        for x in range(SIDE):
            for c in range(3):
                state = (state * 1664525 + 1013904223) % 2**32
                if kind == "noise":
                    pixels.append(state >> 24)
                elif kind == "photo":
                    wave = math.sin(x / 17 + c) + math.cos(y / 23) + math.sin(x * y / 900) / 2
                    pixels.append(int(min(max(128 + wave * 40 + (state >> 24) % 9 - 4, 0), 255)))
                else:
                    pixels.append((x, y, (x + y) // 2)[c] * 255 // SIDE)
    return bytes(pixels)


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

        if peer == "torch":
            # Up to 1.13, torch requests a result type that numpy rejects since 1.24.
            numpy.greater = lambda a, b, dtype=None: a > b
        values = numpy.random.default_rng(1).uniform(-1, 1, 100_000).astype(numpy.float32)
        start = time.perf_counter()
        writer = found(directory)
        for i in range(count):
            writer.add_histogram("weights", values, i)
        writer.close()
    elif work == "images":
        import numpy

        pixels = numpy.frombuffer(picture("photo"), numpy.uint8).reshape(SIDE, SIDE, 3).astype(numpy.float32) / 255
        start = time.perf_counter()
        writer = found(directory)
        for i in range(count):
            writer.add_image("sample", pixels, i, dataformats="HWC")
        writer.close()
    elif peer == "Pillow":
        image = found.frombytes("RGB", (SIDE, SIDE), picture(work))
        start = time.perf_counter()
        for i in range(count):
            file = io.BytesIO()
            image.save(file, "PNG")
        print(len(file.getvalue()), end=" ")
    else:
        start = time.perf_counter()
        # 0 keeps every point; the default keeps a sample.
        events = found(directory, size_guidance={"scalars": 0})
        events.Reload()
        read = sum(len(events.Scalars(tag)) for tag in events.Tags()["scalars"])
        assert read == count, f"expected {count} scalars, got {read}"
    print(time.perf_counter() - start)


main()
