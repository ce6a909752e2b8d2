"""Bytes to text, for any bytes: a text comes out, or :class:`~cleaner.model.NotTextError` says why not.

What is certain comes first: a byte order mark, valid UTF-8, the pattern of UTF-16 and UTF-32. Only bytes
that are none of these go to a detector, and it sees the lines with non-ASCII bytes alone, since a long ASCII
head (a menu, a script) makes detectors answer "Western European".

The detector is chardet 7. Measured on our own paragraphs in 32 languages, in 83 pairs of language and legacy
encoding (right means that the decoded text is right, whatever the name): a title of 25 characters, 60
characters, a paragraph, the paragraph between ASCII menus, and time for a paragraph:

========================  =====  =====  =========  =====  ======
detector                  title  short  paragraph  menus  ms
========================  =====  =====  =========  =====  ======
charset-normalizer 3.5    35/76  47/83  56/83      13/83  2.7
the same, our encodings   47/76  58/83  63/83      15/83  1.2
chardet 5.2               51/76  55/83  56/83      57/83  1.3
chardet 6.0               62/76  65/83  64/83      41/83  6.5
faust-cchardet 3.2        65/76  67/83  71/83      71/83  0.1
chardet 7.7               70/76  82/83  83/83      46/83  1.1
========================  =====  =====  =========  =====  ======

This module, on those of the pairs that are not seven-bit: title 62/74, short 76/81, paragraph 79/81, menus
79/81, and 74/81 with three bad bytes thrown in, where chardet alone finds few of the two-byte encodings. It
gives away some titles: few accents are read as Western European, and DOS and Macintosh encodings count less.
The thresholds below were set on these same texts. Of HTML the detector sees no tags: with its menus in one line, a
page is so much ASCII that 40 of 64 of them read as Western European.

**What is declared**, by a server or by the page, comes in the order of the HTML standard ("determining the character
encoding"): a byte order mark beats the server's header, that beats ``<meta>``, that an XML declaration, that beats
detection. Two things differ from a browser. Bytes that are valid UTF-8 are UTF-8, whatever is declared, since scrapers
save pages in UTF-8 and leave the ``<meta>`` as it was. And a declaration that its bytes do not fit is passed over for
the next one, and flagged.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter, defaultdict
from typing import NamedTuple

from cleaner.model import Flag, NotTextError

PRESCAN = 16_384
"""Bytes in which a page may declare its encoding. The standard looks at 1,024 before it parses and lets the parser
find what comes later; here both are one."""

MAX_MISFITS = 0.02
"""Share of the non-ASCII characters that may not fit a declared encoding of single bytes, as the odd byte of a
page that was decoded wrongly before does. Of two-byte encodings nearly every one nearly fits."""

CONTROLS = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
"""Bytes that are control characters and no white space, NUL among them."""

MAX_CONTROLS = 0.05
"""Share of control bytes above which data is binary: compressed data has 0.11."""

MAX_CONTROLS_UTF8 = 0.3
"""The same for valid UTF-8, which binary data hardly ever is."""

MAX_ODD = 0.02
"""Share of control, private and unassigned characters up to which UTF-16 without a mark is believed."""

MAX_ODD_MARKED = 0.2
"""The same where a byte order mark or a declaration says so."""

MIN_THIN = 0.8
"""Share of bytes below 0x20 at odd (or even) offsets that tells UTF-16 from ASCII with a few NUL bytes."""

MIN_UNITS = 3
"""UTF-16 characters below which a pattern shows nothing."""

FEW_HIGH_BYTES = 8
"""Below so many non-ASCII bytes a detector guesses: ``na\\xefve`` reads well in a dozen encodings."""

LOW_CONFIDENCE = 0.1
"""chardet gives the right encoding more than 0.1 for 60 characters of any language that we tried, and what is
left about 0.01 where one bad byte has ruled the right one out."""

SAMPLE = 1 << 16
"""Bytes that detection looks at. A longer input gives windows spread over its length."""

ENOUGH_CONFIDENCE = 0.2
"""Below so much, the sample is looked at piece by piece too."""

RARE_WEIGHT = 0.75
"""What a whole sample in an encoding of DOS or the old Macintosh counts against pieces in one of the web."""

MIN_VOTE = 200
"""Bytes below which pieces would be too short to tell anything."""

MAX_MARKS = 0.1
"""Share of typographic marks in a text of marks and ASCII; more would be letters of another encoding."""

WINDOWS = 16
PIECES = 8

WESTERN = "cp1252"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF-1.", "a PDF document"),
    (b"%PDF-2.", "a PDF document"),
    (b"%!PS-Adobe", "a PostScript document"),
    (b"{\\rtf1", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive (or an Office or EPUB document)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b\x08", "gzip-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"\x04\x22\x4d\x18", "lz4-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the old kind"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "an ELF program"),
    (b"\xca\xfe\xba\xbe", "a Java class or a Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\x00asm", "a WebAssembly module"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\x00\x01\x00\x00\x00", "a TrueType font"),
)

_MAGIC_AND_CONTROLS: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF file (WAV, AVI or WebP)"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"ID3", "an MP3 file"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"OTTO", "an OpenType font"),
    (b"PAR1", "a Parquet file"),
    (b"MZ", "a Windows program"),
)
"""Marks that a text could begin with: they count only with control characters beside them."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = tuple(name for _, name in _MARKS)
_SEVEN_BIT = ("iso2022_jp_2", "iso2022_jp_2004", "iso2022_kr")
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What the web means by a name: browsers read these encodings as their supersets."""

_WEB_LABELS = {
    label: codec
    for codec, labels in {
        "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
        "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
        "utf-16-be": "unicodefffe",
        "cp1252": "x-user-defined",
        "iso8859-6": "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i",
        "iso8859-7": "sun_eu_greek",
        "iso8859-8": "csiso88598e csiso88598i iso-8859-8-e iso-8859-8-i logical visual",
        "iso8859-15": "csisolatin9",
        "koi8-r": "koi koi8",
        "koi8-u": "koi8-ru",
        "mac-roman": "csmacintosh mac x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "cp874": "dos-874 windows-874",
        "gb18030": "csgb2312 gb_2312 gb_2312-80 x-gbk",
        "big5hkscs": "cn-big5 x-x-big5",
        "euc_jp": "cseucpkdfmtjapanese x-euc-jp",
        "cp932": "windows-31j x-sjis",
        "cp949": "cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601 windows-949",
    }.items()
    for label in labels.split()
}
"""Labels of the Encoding Standard that Python does not know."""
_RUN_TOGETHER = re.compile(r"^(?:(iso8859)(?=\d)|x-(?=cp125\d$))")

_DECLARABLE = re.compile(
    r"cp(?:8\d\d|125\d|437|720|737|775|932|949|950|1006|1125)|iso8859-\d+|iso2022_.*|koi8-[rtu]|mac-.*|hz|gb18030|johab"
    r"|big5hkscs|euc_.*|shift_jis.*|kz1048|ptcp154|utf-(?:16|32)(?:-[lb]e)?"
)
_SINGLE = re.compile(r"cp125\d|cp874|iso8859-\d+|koi8-[rtu]|mac-.*")
_COMMON = re.compile(r"cp125\d|iso8859-\d+|koi8-[ru]|cp874|cp932|cp949|gb18030|big5hkscs|euc_.*|iso2022.*")
_SHARED_MARKS = re.compile(
    rb"[\x80\x82\x84-\x87\x89\x8b\x91-\x97\x99\x9b\xa0\xa6\xa7\xa9\xab-\xae\xb0\xb1\xb6\xb7\xbb]"
)
"""Quotes, dashes, bullets, NBSP, (c), (r), the euro: the same bytes in (nearly) every Windows code page."""

_HIGH = re.compile(rb"[\x80-\xff]")
_BREAKS = re.compile(rb"[\r\n]+")
_BREAKS_AND_TAGS = re.compile(rb"[\r\n]+|<[a-zA-Z/!?][^<>]*+>")
_MARKUP_BEGINS = re.compile(rb"\s*+<[!?a-zA-Z]")
_XML_ENCODING = re.compile(rb"""\s*+<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"'>]+)["']""")
_ATTRIBUTES = rb"""((?:[^>"']|"[^"]*+"|'[^']*+')*+)"""
_PRESCANNED = re.compile(
    rb"<!--(?:-?>|.*?-->|.*+)|<(script|style)\b.*?</\1|<meta(?=[\s/])" + _ATTRIBUTES + rb"|</?[a-z]" + _ATTRIBUTES,
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""([^\s"'>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';]+)""", re.IGNORECASE)
_ASCII_TEXT = re.compile("[\x00-\x7f]+")
_CONTROL_TEXT = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_NUL = "\0"
_REPLACEMENT = "\ufffd"
_NAME = re.compile(r"^(iso)(?=\d)")
_LAYOUT = frozenset("\t\n\v\f\r\x85")
_ODD_CATEGORIES = frozenset({"Cc", "Cn", "Co", "Cs"})
_UNICODE = ("utf-7", "utf-8", "utf-8-sig", *_WIDE, "utf-16", "utf-32")


class Decoded(NamedTuple):
    """A decoded text without its byte order mark, the encoding it was in, and what a reviewer should know."""

    text: str
    encoding: str
    flags: tuple[Flag, ...] = ()


def decode(raw: bytes, *, declared: str | None = None) -> Decoded:
    """Decode any bytes, or raise :class:`NotTextError` saying what they look like.

    Bytes that fit no character become U+FFFD and are flagged; NUL bytes and other control characters stay in
    the text and are flagged. ``declared`` is what a server says: the name of an encoding, or the whole
    ``Content-Type``. It is believed where the bytes themselves do not show what they are, and where they fit it;
    what a page says of itself comes next.

    >>> decode("Größe".encode()).encoding
    'utf-8'
    >>> decode("Прошлой зимой".encode("koi8-r")).text
    'Прошлой зимой'
    >>> decode('<meta charset="windows-1251"><p>Мельница'.encode("cp1251")).text
    '<meta charset="windows-1251"><p>Мельница'
    """
    _refuse_known(raw)
    marked = _by_mark(raw)
    if marked:
        return marked
    body = raw.removeprefix(codecs.BOM_UTF8)
    said = _declarations(body, declared)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _decode_invalid(body, said)
    if len(body.translate(None, CONTROLS)) == len(body) and not any(each.codec == "hz" for each in said):
        return Decoded(text, "utf-8", _contradicted(body, said))
    return _decode_valid(body, text, said)


class _Declaration(NamedTuple):
    """An encoding that a server or a page declares; ``codec`` is None for one that is none of text."""

    label: str
    codec: str | None


def _declarations(raw: bytes, header: str | None) -> list[_Declaration]:
    """Give what is declared, what counts most first."""
    labels = [_label_in(header) if header else None]
    if _MARKUP_BEGINS.match(raw):
        head = raw[:PRESCAN]
        xml = _XML_ENCODING.match(head)
        labels += [_of_page(_prescan(head)), _of_page(xml[1].decode("latin-1") if xml else None)]
    return [_Declaration(label, _codec(label)) for label in dict.fromkeys(labels) if label]


def _label_in(header: str) -> str | None:
    """Take the label from a ``Content-Type``, or from a bare label."""
    found = _CHARSET.search(header)
    if found:
        return found[1]
    return None if "/" in header else header.strip()


def _of_page(label: str | None) -> str | None:
    """Read UTF-16 as UTF-8, as the standard does: who could read the declaration is not reading UTF-16."""
    return "utf-8" if label and (_codec(label) in _WIDE) else label


def _prescan(head: bytes) -> str | None:
    """Give the label that a page's ``<meta>`` declares."""
    for found in _PRESCANNED.finditer(head):
        if found[2] is None:
            continue
        attributes: dict[bytes, str] = {}
        for name, *values in _ATTRIBUTE.findall(found[2]):
            attributes.setdefault(name.lower(), b"".join(values).decode("latin-1"))
        if attributes.get(b"charset", "").strip():
            return attributes[b"charset"].strip()
        if attributes.get(b"http-equiv", "").lower() == "content-type":
            charset = _CHARSET.search(attributes.get(b"content", ""))
            if charset:
                return charset[1]
    return None


def _contradicted(raw: bytes, said: list[_Declaration]) -> tuple[Flag, ...]:
    """Flag declarations of something else for what is UTF-8, if it makes a difference."""
    if not said or said[0].codec == "utf-8" or raw.isascii():
        return ()
    return (Flag("declared-encoding", f"declared as {said[0].label}, but its bytes are UTF-8"),)


def _decode_valid(raw: bytes, text: str, said: list[_Declaration]) -> Decoded:
    """Decode what is valid UTF-8 with control characters in it, or declared to be HZ."""
    if _alternates(raw):
        wide = _by_pattern(raw)
        if wide:
            return wide
    seven_bit = _seven_bit(raw, "hz" if any(each.codec == "hz" for each in said) else None)
    if seven_bit:
        return seven_bit
    _refuse_binary(raw, MAX_CONTROLS_UTF8)
    return Decoded(text, "utf-8", _control_flags(text) + _contradicted(raw, said))


def _decode_invalid(raw: bytes, said: list[_Declaration]) -> Decoded:
    """Decode what is not valid UTF-8."""
    for _, codec in said:
        if codec in _WIDE and _odd_share(_spread(raw).decode(codec, "replace")) <= MAX_ODD_MARKED:
            return _read(raw, codec)
    if len(raw) - len(raw.translate(None, CONTROLS)) > MAX_ODD * len(raw):
        wide = _by_pattern(raw)
        if wide:
            return wide
    _refuse_binary(raw, MAX_CONTROLS)
    sample = _sample(raw)
    if _mostly_utf8(sample):
        return _read(raw, "utf-8")
    for limit in (0.0, MAX_MISFITS):
        for number, (_, codec) in enumerate(said):
            if codec and codec not in _UNICODE and _misfits(raw, codec) <= (limit if _SINGLE.fullmatch(codec) else 0):
                found = _read(raw, codec)
                return found._replace(flags=found.flags + _passed_over(said[:number]))
    encoding, sure = _detect(sample)
    found = _read(raw, encoding)
    flags = found.flags
    if not sure:
        flags += (Flag("unsure-encoding", f"no encoding fits well; read as {found.encoding}"),)
    return found._replace(flags=flags + _passed_over(said))


def _passed_over(said: list[_Declaration]) -> tuple[Flag, ...]:
    """Flag the declarations that do not fit."""
    labels = ", then as ".join(each.label for each in said)
    return (Flag("declared-encoding", f"declared as {labels}, which does not fit"),) if said else ()


def _refuse_known(raw: bytes) -> None:
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise NotTextError(f"not text: looks like {what}")
    if raw[257:263] in (b"ustar\0", b"ustar "):
        raise NotTextError("not text: looks like a tar archive")
    head = raw[:32]
    if len(head.translate(None, CONTROLS)) == len(head):
        return
    for magic, what in _MAGIC_AND_CONTROLS:
        if head.startswith(magic):
            raise NotTextError(f"not text: looks like {what}")
    if head[4:8] == b"ftyp":
        raise NotTextError("not text: looks like an MP4 video or a HEIF image")


def _refuse_binary(raw: bytes, limit: float) -> None:
    """Refuse data with too many control characters. NUL bytes do not count: text is padded with them."""
    rest = raw.translate(None, b"\0")
    if not rest:
        raise NotTextError("not text: nothing but NUL bytes")
    controls = len(rest) - len(rest.translate(None, CONTROLS))
    if controls > limit * len(rest):
        share = 100 * controls // len(rest)
        raise NotTextError(f"not text: looks like binary data ({share} % control characters)")


def _by_mark(raw: bytes) -> Decoded | None:
    """Read what begins with a byte order mark of UTF-16 or UTF-32, if it reads as text."""
    for mark, codec in _MARKS:
        if raw.startswith(mark) and _odd_share(_spread(raw).decode(codec, "replace")) <= MAX_ODD_MARKED:
            return _read(raw[len(mark) :], codec)
    return None


def _by_pattern(raw: bytes) -> Decoded | None:
    """Read UTF-16 or UTF-32 without a mark, if it reads as text.

    In the right byte order the upper halves vary less than the lower ones.
    """
    sample = _spread(raw)
    even, odd = len(set(sample[::2])), len(set(sample[1::2]))
    narrow = ("utf-16-le", "utf-16-be") if odd <= even else ("utf-16-be", "utf-16-le")
    for codec in ("utf-32-le", "utf-32-be", *narrow):
        if _odd_share(sample.decode(codec, "replace")) <= MAX_ODD:
            return _read(raw, codec)
    return None


def _alternates(raw: bytes) -> bool:
    """Tell whether low bytes stand at every other offset, as the upper halves of UTF-16 and UTF-32 do."""
    sample = _spread(raw)
    units = len(sample) // 2
    few, many = sorted(sum(byte < 0x20 for byte in sample[parity::2]) for parity in (0, 1))
    if units < MIN_UNITS or many < MIN_THIN * units:
        return False
    return 3 * few <= many or not any(sample[::4]) or not any(sample[3::4])


def _odd_share(text: str) -> float:
    """Share of the characters that no text has: control, private, unassigned, or undecodable ones."""
    odd = sum(
        count
        for char, count in Counter(text).items()
        if char == _REPLACEMENT or (unicodedata.category(char) in _ODD_CATEGORIES and char not in _LAYOUT)
    )
    return odd / len(text) if text else 1.0


def _seven_bit(raw: bytes, codec: str | None) -> Decoded | None:
    """Read ISO-2022, which is known by its escape sequences, and HZ where it is declared."""
    codecs_to_try = ("hz",) if codec == "hz" else _SEVEN_BIT if b"\x1b$" in raw and raw.isascii() else ()
    for name in codecs_to_try:
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if not text.isascii():
            return Decoded(text, _label(name), _control_flags(text))
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Tell UTF-8 with some bad bytes from a legacy encoding.

    By chance, legacy text holds at most one valid sequence to every three bad bytes (Japanese in EUC-JP).
    """
    text = sample.decode(errors="replace")
    bad = text.count(_REPLACEMENT) - sample.count(_REPLACEMENT.encode())
    return sum(char > "\x7f" for char in text) - bad >= bad


def _misfits(raw: bytes, codec: str) -> float:
    """Share of the non-ASCII characters that the encoding does not have, or has as C1 controls, or 1 with none."""
    high = _ASCII_TEXT.sub("", raw.decode(codec, "replace"))
    bad = sum(
        count
        for char, count in Counter(high).items()
        if char == _REPLACEMENT or ("\x80" <= char < "\xa0" and char != "\x85")
    )
    return bad / len(high) if high else 1.0


def _detect(sample: bytes) -> tuple[str, bool]:
    """Name the encoding of bytes that are not UTF-8, and say whether that is more than a guess."""
    high = _HIGH.findall(sample)
    if len(_SHARED_MARKS.findall(sample)) == len(high) <= MAX_MARKS * len(sample):
        return WESTERN, True
    ranked = _rank(sample)
    best = max(ranked, key=ranked.__getitem__, default=WESTERN)
    top = ranked.get(best, 0.0)
    rare = not _COMMON.fullmatch(best)
    if len(high) < FEW_HIGH_BYTES:
        western = rare or top < min(2 * ranked.get(WESTERN, 0.0), LOW_CONFIDENCE)
        return (WESTERN if western else best), top > 0
    if len(sample) >= MIN_VOTE and (rare or top < ENOUGH_CONFIDENCE):
        for encoding, confidence in _vote(sample).items():
            if confidence > top or (rare and confidence > RARE_WEIGHT * top and _COMMON.fullmatch(encoding)):
                best, top, rare = encoding, confidence, False
    return best, top >= LOW_CONFIDENCE


def _rank(sample: bytes) -> dict[str, float]:
    """Give chardet's confidence in each encoding that fits the whole sample.

    Of equals, the Windows code pages come first.
    """
    import chardet
    from chardet.enums import EncodingEra

    found = chardet.detect_all(
        sample,
        encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME,
        compat_names=False,
        exclude_encodings=_UNICODE,
        empty_input_encoding=WESTERN,
    )
    ranked: dict[str, float] = {}
    for each in found:
        encoding = each["encoding"]
        if encoding:
            ranked.setdefault(_SUPERSETS.get(encoding, encoding), each["confidence"])
    return dict(sorted(ranked.items(), key=lambda item: (-item[1], not item[0].startswith("cp125"))))


def _vote(sample: bytes) -> dict[str, float]:
    """Rank piece by piece, so that a bad byte rules the right encoding out for one piece only."""
    total: dict[str, float] = defaultdict(float)
    size = max(len(sample) // PIECES, 1)
    at = 0
    while at < len(sample):
        end = _boundary(sample, at + size)
        for encoding, confidence in _rank(sample[at:end]).items():
            total[encoding] += confidence * (end - at) / len(sample)
        at = end
    return total


def _boundary(raw: bytes, at: int) -> int:
    """Give the next offset where no character can be cut in two: trail bytes are never below 0x30."""
    for end in range(at, min(at + 64, len(raw))):
        if raw[end] < 0x30:
            return end
    return min(at, len(raw))


def _sample(raw: bytes) -> bytes:
    """Give the lines that hold non-ASCII bytes, without control characters; a tag ends a line too.

    Of a long input, give those in windows spread over it.
    """
    if len(raw) > SAMPLE:
        raw = b"\n".join(_windows(raw))
    raw = raw.translate(None, CONTROLS)
    for breaks in (_BREAKS_AND_TAGS, _BREAKS):
        sample = b"\n".join(line for line in breaks.split(raw) if not line.isascii())
        if sample:
            break
    return sample


def _windows(raw: bytes) -> list[bytes]:
    """Cut windows at evenly spread offsets, each starting before the next non-ASCII byte."""
    size = SAMPLE // WINDOWS
    windows: list[bytes] = []
    end = 0
    for number in range(WINDOWS):
        high = _next_high(raw, max(end, number * len(raw) // WINDOWS))
        if high == len(raw):
            break
        lead = max(end, high - size // 8)
        start = min(_boundary(raw, lead), high) if lead else 0
        end = _boundary(raw, start + size)
        windows.append(raw[start:end])
    return windows


def _next_high(raw: bytes, at: int) -> int:
    """Give the offset of the next non-ASCII byte, or the end."""
    while at < len(raw) and raw[at : at + SAMPLE].isascii():
        at += SAMPLE
    found = _HIGH.search(raw, at)
    return found.start() if found else len(raw)


def _spread(raw: bytes) -> bytes:
    """Give slices from the head, the middle and the end, at offsets that keep 4-byte units whole."""
    third = SAMPLE // 3 & ~3
    if len(raw) <= SAMPLE:
        return raw[: len(raw) & ~1] or raw
    middle, last = len(raw) // 2 & ~3, (len(raw) - third) & ~3
    return raw[:third] + raw[middle : middle + third] + raw[last : last + third & ~3]


def _read(raw: bytes, codec: str) -> Decoded:
    """Decode with a known encoding; what does not fit becomes U+FFFD and is flagged."""
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        text = raw.decode(codec, "replace")
        own = raw.count(_REPLACEMENT.encode()) if codec == "utf-8" else 0
        bad = text.count(_REPLACEMENT) - own
        detail = f"{bad} byte sequences are not {_label(codec)}, the first at byte {error.start}"
        return Decoded(text, _label(codec), (Flag("undecodable-bytes", detail), *_control_flags(text)))
    return Decoded(text, _label(codec), _control_flags(text))


def _control_flags(text: str) -> tuple[Flag, ...]:
    """Flag NUL bytes and other control characters, which stay in the text."""
    flags: list[Flag] = []
    nuls = text.count(_NUL)
    if nuls:
        flags.append(Flag("nul-bytes", f"{nuls} NUL characters, the first at character {text.index(_NUL)}"))
    controls = Counter(_CONTROL_TEXT.findall(text))
    if controls:
        kinds = ", ".join(f"U+{ord(char):04X}" for char in sorted(controls))
        flags.append(Flag("control-characters", f"{controls.total()} control characters ({kinds})"))
    return tuple(flags)


def _codec(label: str) -> str | None:
    """Give the codec of a declared label, if it is an encoding of text that a page may declare."""
    label = label.strip().lower()
    name = _WEB_LABELS.get(label)
    if name is None:
        try:
            name = codecs.lookup(_RUN_TOGETHER.sub(_spelt, label)).name
        except (LookupError, ValueError):
            return None
    name = _SUPERSETS.get(name, name)
    if name in ("utf-16", "utf-32"):
        return f"{name}-le"
    return name if name == "utf-8" or _DECLARABLE.fullmatch(name) else None


def _spelt(found: re.Match[str]) -> str:
    return f"{found[1]}-" if found[1] else ""


def _label(codec: str) -> str:
    """Give the name by which people know an encoding."""
    return _NAME.sub(r"\1-", codec.replace("cp125", "windows-125")).replace("_", "-")
