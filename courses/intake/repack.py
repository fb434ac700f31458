"""Pack one recording or film anew, in a process of its own: the caller kills it when it takes too long.

Run as a script, without Django: ``python -I repack.py FORMAT IN OUT``. FORMAT is the container that the first
bytes of IN show (no other reader is tried). A recording becomes MP3, one channel, 32 kbit/s; a film keeps its
pictures and sound as they are. Names, places and covers are left behind. Prints ``{"suffix", "seconds"}``.
Exit status 3: a film that browsers do not play; 4: too long; 5: PyAV is not installed; else not readable.
"""

import json
import resource
import sys
from typing import Any

UNPLAYABLE, TOO_LONG, NO_LIBRARY = 3, 4, 5
ADDRESS_SPACE = 2 << 30
CPU_SECONDS = 60
MAX_SECONDS = 20 * 60
BIT_RATE, SAMPLE_RATE = 32_000, 24_000
# A lighter recording is left as it is: drawing it down again would only make it worse.
LIGHT_ENOUGH = 48_000
# What browsers play, old phones among them.
PLAYED = {"mp4": {"h264", "av1", "aac", "mp3"}, "webm": {"vp8", "vp9", "av1", "opus", "vorbis"}}
# Demuxer by what the caller names; all of them are told not to follow links to other files.
READERS = {
    "mp3": "mp3",
    "ogg": "ogg",
    "wav": "wav",
    "amr": "amr",
    "aac": "aac",
    "mp4": "mov",
    "webm": "matroska",
}


class Refused(Exception):  # noqa: N818
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def repack(container: str, source: str, target: str) -> dict[str, Any]:
    """What was written to ``target``."""
    import av

    with av.open(source, format=READERS[container], metadata_errors="ignore") as opened:
        pictures = [stream for stream in opened.streams.video if not _is_cover(stream)]
        sound = next(iter(opened.streams.audio), None)
        if pictures:
            return _film(av, opened, pictures[0], sound, container, target)
        if sound is None:
            raise Refused(1)
        return _recording(av, opened, sound, target)


def _is_cover(stream: Any) -> bool:
    """A cover travels as a film of one picture."""
    return bool(int(stream.disposition) & 0x400) or stream.codec_context.name in {"mjpeg", "png"}


def _recording(av: Any, opened: Any, sound: Any, target: str) -> dict[str, Any]:
    context = sound.codec_context
    light = 0 < (context.bit_rate or 0) <= LIGHT_ENOUGH and context.layout.nb_channels == 1
    keep = context.codec.canonical_name == "mp3" and light
    options = {"id3v2_version": "0", "write_id3v1": "0"}
    with av.open(target, "w", format="mp3", options=options) as packed:
        seconds = (
            _copied([(sound, packed.add_stream_from_template(sound))], opened, packed)
            if keep
            else (_drawn_down(av, opened, sound, packed))
        )
    return {"suffix": ".mp3", "seconds": round(seconds)}


def _drawn_down(av: Any, opened: Any, sound: Any, packed: Any) -> float:
    out = packed.add_stream("libmp3lame", rate=SAMPLE_RATE, layout="mono")
    out.bit_rate = BIT_RATE
    resampler = av.AudioResampler(format=out.codec_context.format, layout="mono", rate=SAMPLE_RATE)
    samples = 0
    for frame in opened.decode(sound):
        frame.pts = None
        for part in resampler.resample(frame):
            samples += part.samples
            if samples > MAX_SECONDS * SAMPLE_RATE:
                raise Refused(TOO_LONG)
            packed.mux(out.encode(part))
    for part in resampler.resample(None):
        samples += part.samples
        packed.mux(out.encode(part))
    packed.mux(out.encode(None))
    if not samples:
        raise Refused(1)
    return samples / SAMPLE_RATE


def _film(av: Any, opened: Any, pictures: Any, sound: Any, container: str, target: str) -> dict[str, Any]:
    wanted = [stream for stream in (pictures, sound) if stream is not None]
    if not all(_plays(stream, container) for stream in wanted):
        raise Refused(UNPLAYABLE)
    options = {"movflags": "+faststart"} if container == "mp4" else {}
    with av.open(target, "w", format=container, options=options) as packed:
        pairs = [(stream, packed.add_stream_from_template(stream)) for stream in wanted]
        for _stream, out in pairs:
            out.metadata.clear()
        seconds = _copied(pairs, opened, packed)
    return {"suffix": f".{container}", "seconds": round(seconds)}


def _plays(stream: Any, container: str) -> bool:
    """By the name of the codec, not of the library that reads it (libdav1d reads av1)."""
    return stream.codec_context.codec.canonical_name in PLAYED.get(container, ())


def _copied(pairs: list[tuple[Any, Any]], opened: Any, packed: Any) -> float:
    outs = {stream.index: out for stream, out in pairs}
    seconds, packets = 0.0, 0
    for packet in opened.demux([stream for stream, _out in pairs]):
        if packet.dts is None:
            continue
        seconds = max(seconds, float((packet.dts + (packet.duration or 0)) * packet.time_base))
        packets += 1
        packet.stream = outs[packet.stream.index]
        packed.mux(packet)
    if not packets:
        raise Refused(1)
    if seconds > MAX_SECONDS:
        raise Refused(TOO_LONG)
    return seconds


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    try:
        told = repack(*sys.argv[1:4])
    except ModuleNotFoundError:
        return NO_LIBRARY
    except Refused as refusal:
        return refusal.status
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
