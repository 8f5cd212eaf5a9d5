"""Looks at every clip as made: `python check.py`. With `--listen FOLDER` some calls are also heard by a recognizer.

Fails when a clip is missing, silent, too quiet, too loud, clipped, cut off or too long, or when a call lasts too long.
FOLDER holds a Whisper model for faster-whisper; what it hears is printed, for a person to judge.
"""

import json
import random
import sys
from pathlib import Path

import numpy
import soundfile

from make import LEAD_S, LOUDNESS_DB, REST_S, VOICE, levels
from phrases import LANGUAGES, LETTERS, STATIONS

LONGEST_CALL_S = 6.0
PLAN = json.loads((VOICE / "plan.json").read_text())


def read(name):
    """Samples of a clip, 24,000 a second."""
    sound, rate = soundfile.read(VOICE / f"{name}.ogg")
    return sound[:: rate // 24_000] if rate != 24_000 else sound


def faults(name, sound):
    """What is wrong with a clip."""
    level = levels(sound)
    heard = numpy.flatnonzero(level > level.max() - 42)
    speech = 10 * numpy.log10((10 ** (level[level > level.max() - 25] / 10)).mean())
    if not 0.35 < len(sound) / 24_000 < 3.2:
        yield f"lasts {len(sound) / 24_000:.2f} s"
    if abs(speech - LOUDNESS_DB) > 1.5:
        yield f"is {speech:.1f} dB loud"
    if numpy.abs(sound).max() > 0.98:
        yield f"is clipped at {numpy.abs(sound).max():.2f}"
    if heard[0] / 100 > LEAD_S + 0.03 or len(level) / 100 - heard[-1] / 100 > REST_S + 0.05:
        yield "has silence around it"
    if max(level[0], level[-1]) > level.max() - 20:
        yield "begins or ends in the middle of a sound"


def call(language, number, station):
    """A whole call as the players join it."""
    sentence = PLAN["languages"][language]
    words = dict(letter=number[0], hundreds=number[1], tens=number[2], ones=number[3], station=station)
    parts = []
    for pattern, pause in zip(sentence["clips"], sentence["pauses_ms"]):
        parts += [read(pattern.format(**words)), numpy.zeros(24 * pause)]
    return numpy.concatenate(parts)


def listen(folder):
    """Prints what a recognizer hears of some calls."""
    from faster_whisper import WhisperModel

    model = WhisperModel(folder, device="cpu", compute_type="int8")
    hints = {"zh": "请C345号，到2号机位拍照。请Q168号，到7号机位拍照。", "en": "Number C 3 4 5, please come to station 2."}
    chance = random.Random(5)
    for language, hint in hints.items():
        for letter in LETTERS:
            number, station = f"{letter}{chance.randrange(1, 1000):03}", chance.choice(STATIONS)
            sound = call(language, number, station)
            at = numpy.arange(0, len(sound), 1.5)
            heard, _ = model.transcribe(
                numpy.interp(at, numpy.arange(len(sound)), sound).astype(numpy.float32),
                language=language, initial_prompt=hint, condition_on_previous_text=False, without_timestamps=True,
            )
            print(f"{number} to {station}, {len(sound) / 24_000:.2f} s: {''.join(segment.text for segment in heard)}")


def main():
    wrong, bytes_in_all, seconds = [], (VOICE / "chime.ogg").stat().st_size, {}
    for language, (_, _, clips) in LANGUAGES.items():
        for name, _ in clips():
            clip = f"{language}/{name}"
            sound = read(clip)
            bytes_in_all += (VOICE / f"{clip}.ogg").stat().st_size
            seconds.setdefault(f"{language} {name.split('-')[0]}", []).append(len(sound) / 24_000)
            wrong += [f"{clip} {fault}" for fault in faults(clip, sound)]
    for kind, lengths in seconds.items():
        print(f"{kind:8} {len(lengths):4} clips, {min(lengths):.2f} to {max(lengths):.2f} s, on average {sum(lengths) / len(lengths):.2f} s")
    for language, sentence in PLAN["languages"].items():
        longest = sum(max(seconds[f"{language} {kind}"]) for kind in ("head", "pair", "to")) + sum(sentence["pauses_ms"]) / 1000
        usual = sum(sum(seconds[f"{language} {kind}"]) / len(seconds[f"{language} {kind}"]) for kind in ("head", "pair", "to"))
        usual += sum(sentence["pauses_ms"]) / 1000
        print(f"a call in {language}: {usual:.2f} s on average, {longest:.2f} s at most")
        if longest > LONGEST_CALL_S:
            wrong.append(f"a call in {language} lasts {longest:.2f} s")
    print(f"{bytes_in_all / 1024:.0f} KB in all")
    if "--listen" in sys.argv:
        listen(sys.argv[sys.argv.index("--listen") + 1])
    for fault in wrong:
        print(fault)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
