"""What is said, clip by clip, in the notation that Kokoro reads.

A call is three clips: the head with the letter and the first digit, the other two digits, and where to go. So every
number from A001 to Z999 and every station from 1 to 20 can be said, with two joins only, where a speaker would pause
too. `plan.json` beside the clips says which of them make a call; this file says what they sound like.
"""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # as in the tickets' numbers: neither I nor O
STATIONS = range(1, 21)

# Mandarin, in IPA with arrows for the tones. One is said yao in a number, and yi in the name of a station.
DIGITS_ZH = ["li↗ŋ", "jau→", "ɚ↘", "sa→n", "sɨ↘", "u↓", "ljou↘", "ʨʰi→", "pa→", "ʨjou↓"]
STATION_DIGITS_ZH = ["", "i→", "ɚ↘", "sa→n", "sɨ↘", "u↓", "ljou↘", "ʨʰi→", "pa→", "ʨjou↓"]
TEN_ZH, PLEASE, NUMBER, TO = "ʂɨ↗", "ʨʰi↓ŋ", "xau↘", "tau↘"
STATION, PHOTOGRAPH = "ʨi→wei↘", "pʰai→ꭧau↘"
SHOWN_ON_SCREEN = "pʰi↗ŋmu↘ ʂa↘ŋ ɕjɛ↓nʂɨ↘ tɤ"
# R in English sounds like er, two; and Z like C.
LETTERS_ZH = {"R": "a→ɻ", "Z": "ʦei↘"}

# English, in misaki's American notation.
LETTERS_EN = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "E": "ˈi", "F": "ˈɛf", "G": "ʤˈi", "H": "ˈAʧ", "J": "ʤˈA",
    "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn", "P": "pˈi", "Q": "kjˈu", "R": "ˈɑɹ", "S": "ˈɛs", "T": "tˈi",
    "U": "jˈu", "V": "vˈi", "W": "dˈʌbᵊlju", "X": "ˈɛks", "Y": "wˈI", "Z": "zˈi",
}
DIGITS_EN = ["zˈɪɹO", "wˈʌn", "tˈu", "θɹˈi", "fˈɔɹ", "fˈIv", "sˈɪks", "sˈɛvən", "ˈAt", "nˈIn"]
NUMBERS_EN = DIGITS_EN + [
    "tˈɛn", "əlˈɛvᵊn", "twˈɛlv", "θˌɜɹtˈin", "fˌɔɹtˈin", "fˌɪftˈin", "sˌɪkstˈin", "sˌɛvəntˈin", "ˌAtˈin",
    "nˌIntˈin", "twˈɛnti",
]
PLEASE_COME = "plˈiz kˈʌm tə"


def station_zh(number):
    """1 to 20 as people count."""
    tens, ones = divmod(number, 10)
    return ("ɚ↘" if tens == 2 else "") + (TEN_ZH if tens else "") + STATION_DIGITS_ZH[ones]


def pair_zh(tens, ones):
    """Two digits. Of two third tones, 五 and 九, the first is said in the second tone."""
    first, second = DIGITS_ZH[tens], DIGITS_ZH[ones]
    if "↓" in first and "↓" in second:
        first = first.replace("↓", "↗")
    return first + second


def mandarin():
    """Names and phonemes of the Mandarin clips."""
    for letter in LETTERS:
        for digit, said in enumerate(DIGITS_ZH):
            yield f"head-{letter}{digit}", f"{PLEASE} {LETTERS_ZH.get(letter, LETTERS_EN[letter])} {said},"
    for tens in range(10):
        for ones in range(10):
            yield f"pair-{tens}{ones}", f"{pair_zh(tens, ones)} {NUMBER},"
    for number in STATIONS:
        yield f"to-{number}", f"{TO} {station_zh(number)}{NUMBER} {STATION} {PHOTOGRAPH}."
    yield "to-screen", f"{TO} {SHOWN_ON_SCREEN} {STATION} {PHOTOGRAPH}."


def english():
    """Names and phonemes of the English clips."""
    for letter in LETTERS:
        for digit, said in enumerate(DIGITS_EN):
            yield f"head-{letter}{digit}", f"nˈʌmbəɹ {LETTERS_EN[letter]} {said},"
    for tens in range(10):
        for ones in range(10):
            yield f"pair-{tens}{ones}", f"{DIGITS_EN[tens]} {DIGITS_EN[ones]},"
    for number in STATIONS:
        yield f"to-{number}", f"{PLEASE_COME} stˈAʃən {NUMBERS_EN[number]}."
    yield "to-screen", f"{PLEASE_COME} ði stˈAʃən ʃˈOn ˌɔn ði skɹˈin."


# Which voice says it, how fast, and the clips.
LANGUAGES = {
    "zh": ("zf_xiaoxiao", 0.95, mandarin),
    "en": ("af_heart", 1.0, english),
}
