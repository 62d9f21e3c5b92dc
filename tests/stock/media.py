"""Decodes pictures and clips as far as needed to know that they are complete. Only the standard library."""

import struct
import zlib

PNG = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def picture(content):
    """Returns the format, width and height of a complete picture; raises ValueError for any other."""
    if content.startswith(PNG):
        return ("png", *_png(content))
    if content[:6] in (b"GIF87a", b"GIF89a"):
        if len(content) < 14 or not content.endswith(b";"):
            raise ValueError("the GIF has no end")
        return ("gif", *struct.unpack_from("<HH", content, 6))
    if content.startswith(b"\xff\xd8\xff"):
        return ("jpeg", *_jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ("webp", *_webp(content))
    if content.startswith(b"BM"):
        if len(content) < 26 or len(content) < struct.unpack_from("<I", content, 2)[0]:
            raise ValueError("the BMP is cut off")
        width, height = struct.unpack_from("<ii", content, 18)
        return "bmp", width, abs(height)
    raise ValueError(f"not a picture: {len(content)} bytes starting with {content[:8]!r}")


def clip(content):
    """Returns the sample rate, channels and number of samples of a complete WAV clip; raises ValueError for any other."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError(f"not a WAV clip: {len(content)} bytes starting with {content[:8]!r}")
    if struct.unpack_from("<I", content, 4)[0] + 8 > len(content):
        raise ValueError("the WAV clip is cut off")
    form, at = None, 12
    while at + 8 <= len(content):
        kind, length = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        if kind == b"fmt ":
            form = struct.unpack_from("<HHIIHH", content, at + 8)
        if kind == b"data" and form:
            if at + 8 + length > len(content):
                raise ValueError("the WAV clip is cut off")
            return form[2], form[1], length // form[4]
        at += 8 + length + length % 2
    raise ValueError("the WAV clip has no samples")


def _png(content):
    at, header, pixels = len(PNG), None, b""
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        crc = content[at + 8 + length : at + 12 + length]
        if len(crc) < 4 or zlib.crc32(kind + data) != struct.unpack(">I", crc)[0]:
            raise ValueError(f"the PNG's chunk {kind!r} is damaged")
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", data)
        elif kind == b"IDAT":
            pixels += data
        elif kind == b"IEND":
            break
        at += 12 + length
    else:
        raise ValueError("the PNG has no end")
    width, height, depth, color, _, _, interlaced = header
    row = 1 + (width * CHANNELS[color] * depth + 7) // 8
    try:
        size = len(zlib.decompress(pixels))
    except zlib.error as error:
        raise ValueError(f"the PNG's pixels are damaged: {error}") from error
    if not interlaced and size != row * height:
        raise ValueError(f"the PNG has {size} bytes of pixels in place of {row * height}")
    return width, height


def _webp(content):
    if len(content) < 30 or struct.unpack_from("<I", content, 4)[0] + 8 > len(content):
        raise ValueError("the WebP picture is cut off")
    if content[12:16] == b"VP8X":
        return tuple(1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
    if content[12:16] == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return tuple(size & 0x3FFF for size in struct.unpack_from("<HH", content, 26))


def _jpeg(content):
    if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise ValueError("the JPEG has no end")
    at = 2
    while at + 9 <= len(content):
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
    raise ValueError("the JPEG has no size")
