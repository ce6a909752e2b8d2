"""Bytes to text: what is certain, what a detector must tell, what is broken, and what is no text."""

from __future__ import annotations

import gzip
import io
import random
import time
import unicodedata
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.decode import decode
from cleaner.model import Flag, NotTextError

TEXTS = {
    "zh": (
        "昨天傍晚，渔村里的老人们又聚在码头旁边的茶馆。他们谈论今年的天气、鱼价和孩子们的学业。茶馆老"
        "板说，自从新桥通车以后，来这里的客人比往年多了一倍。市政府计划明年春天修建一条沿海步道，全长"
        "十二公里。不少居民支持这个计划，也有人担心施工会影响渔船出海。"
    ),
    "zh-tw": (
        "山上的小學今年只剩下二十三個學生，校長每天親自開車接送住得最遠的孩子。下雨的時候，山路常常坍"
        "方，大家只好在教室裡等到天黑。雖然條件辛苦，老師們卻沒有人想離開。村長表示，縣政府已經答應撥"
        "款修路，工程預計在秋天開始。"
    ),
    "ja": (
        "港町の小さな図書館は、先週の土曜日に新しい建物へ移りました。引っ越しには近所の中学生も参加し"
        "、およそ八千冊の本を手渡しで運びました。館長の森田さんは「本の匂いまで一緒に運べた気がします"
        "」と笑顔で話しました。新しい図書館では、夜の九時まで勉強できる部屋も用意されています。"
    ),
    "ko": (
        "지난 주말 강가의 작은 마을에서 사과 축제가 열렸습니다. 아침부터 비가 내렸지만 "
        "주민들은 천막 아래에서 직접 만든 잼과 떡을 나누어 먹었습니다. 축제를 준비한 "
        "이장은 내년에는 이웃 마을과 함께 행사를 열고 싶다고 말했습니다. 어린이들은 오후 "
        "내내 강둑에서 연을 날렸습니다."
    ),
    "ru": (
        "В старом порту снова заработал маяк, который молчал почти сорок лет. Жители посёлка собрали "
        "деньги на новую лампу, а механик из соседнего города починил часовой механизм бесплатно. "
        "Вечером на берег пришли дети, рыбаки и даже мэр. Смотритель рассказал, что первые корабли "
        "заметили свет уже через час после включения."
    ),
    "uk": (
        "Минулої неділі в нашому селі відкрили маленьку пекарню. Її господиня, пані Ганна, пече хліб "
        "за рецептом своєї бабусі й щодня пригощає школярів теплими булочками. Їхні батьки жартують, "
        "що тепер ніхто не запізнюється на уроки. Восени вона хоче навчити охочих пекти святкові "
        "короваї."
    ),
    "bg": (
        "През лятото малкият музей край реката посрещна рекорден брой посетители. Най-голям интерес "
        "предизвика старата воденица, която майсторите възстановиха за две години. Директорката "
        "обясни, че скоро ще бъде открита и зала за детски работилници. Входът през септември остава "
        "свободен за всички ученици."
    ),
    "sr": (
        "Прошле суботе на тргу је одржан сајам старих заната. Ковачи, грнчари и ткаље показали су "
        "деци како су некада настајали предмети за кућу. Њихове радионице биле су пуне до касно "
        "увече, а организатори већ планирају наставак следећег пролећа."
    ),
    "el": (
        "Το παλιό τρένο του βουνού ξεκίνησε πάλι τα δρομολόγιά του μετά από δεκαπέντε χρόνια. Οι "
        "κάτοικοι του χωριού στόλισαν τον σταθμό με λουλούδια και περίμεναν τους πρώτους επιβάτες με "
        "καφέ και γλυκά. Ο σταθμάρχης είπε ότι τα εισιτήρια για τον Αύγουστο έχουν ήδη εξαντληθεί."
    ),
    "tr": (
        "Geçen hafta sahildeki küçük köyde geleneksel balıkçı şenliği yapıldı. Yağmura rağmen "
        "yüzlerce kişi iskelenin çevresinde toplandı, çocuklar uçurtma uçurdu ve yaşlılar eski "
        "şarkıları söyledi. Muhtar, önümüzdeki yıl şenliğin üç gün süreceğini ve komşu köylerin de "
        "çağrılacağını söyledi."
    ),
    "he": (
        "בשבוע שעבר נפתחה מחדש הספרייה הקטנה שליד הנמל. במשך שנתיים עבדו המתנדבים על שיפוץ המבנה "
        "הישן, צבעו את הקירות ותיקנו את המדפים. הספרנית סיפרה שהילדים הראשונים הגיעו עוד לפני "
        "שהדלתות נפתחו. בחורף יתקיימו שם ערבי שירה וסיפור לכל המשפחה."
    ),
    "ar": (
        "افتتح سكان القرية يوم الخميس الماضي سوقا جديدا للمزارعين قرب النهر. وقال رئيس البلدية إن "
        "السوق سيعمل كل أسبوع ويستقبل المنتجين من القرى المجاورة. وحضر الافتتاح عدد كبير من "
        "العائلات، واشترى الأطفال العسل والتين المجفف. ويأمل المنظمون أن يجذب السوق زوارا من المدينة."
    ),
    "fa": (
        "هفته گذشته کتابخانه کوچک شهر ما دوباره باز شد. پنجره‌هاي تازه و گرماي بخاري باعث شد که "
        "بچه‌ها تا غروب همان‌جا بمانند. کتابدار گفت که امسال بيش از دو هزار کتاب نو خريده‌اند و چاپ "
        "يک نشريه محلي هم در پيش است."
    ),
    "th": (
        "เมื่อวันเสาร์ที่ผ่านมา ชาวบ้านริมแม่น้ำช่วยกันซ่อมสะพานไม้เก่าที่พังเพราะน้ำท่วม "
        "ครูใหญ่พานักเรียนมาช่วยขนไม้และทำอาหารเลี้ยงทุกคน "
        "งานเสร็จก่อนค่ำและเด็กเล็กได้เดินข้ามสะพานเป็นกลุ่มแรก"
    ),
    "vi": (
        "Sáng chủ nhật, khu chợ nổi trên sông lại đông đúc sau nhiều tháng vắng vẻ. Những người bán "
        "trái cây chèo thuyền từ rất sớm, mang theo xoài, bưởi và cả những bó hoa tươi. Bà Tư kể "
        "rằng khách du lịch năm nay thích ăn sáng ngay trên thuyền của bà."
    ),
    "pl": (
        "W zeszłą sobotę mieszkańcy naszej dzielnicy posadzili czterdzieści drzew wzdłuż starej "
        "linii tramwajowej. Łopaty i rękawice przyniósł właściciel pobliskiego sklepu, a dzieci "
        "podlewały młode dęby. Już jesienią powstaną tu ławki, żeby każdy mógł odpocząć w cieniu. "
        "Następne spotkanie odbędzie się w październiku."
    ),
    "cs": (
        "Na náměstí se o víkendu konal první řemeslný trh po dlouhých šesti letech. Přijeli hrnčíři, "
        "košíkáři i mladý kovář, který dětem ukazoval, jak se vyrábí podkova. Počasí přálo a "
        "odpoledne zahrála místní dechová kapela. Pořadatelé už plánují zimní pokračování."
    ),
    "hu": (
        "A falu szélén álló öreg malom tavasszal újra megnyitotta kapuit. Az önkéntesek két évig "
        "dolgoztak a tetőn, a kerekeken és a zsilipen, most pedig bárki megnézheti, hogyan őrölték "
        "régen a búzát. A gyerekek lisztet vihettek haza, a felnőttek pedig friss kenyeret "
        "kóstolhattak. Őszre kiállítás nyílik."
    ),
    "ro": (
        "Sâmbăta trecută, elevii din satul nostru au curăţat malul râului şi au plantat sălcii "
        "tinere. Profesoara lor a spus că la început nu credea că vor veni atât de mulţi. În toamnă, "
        "primăria va construi acolo un mic pod de lemn şi câteva bănci pentru vârstnici."
    ),
    "hr": (
        "Prošlog petka u našem je gradiću otvorena obnovljena gradska čitaonica. Građani su donijeli "
        "više od tisuću knjiga, a učenici su oslikali zidove dječjeg kutka. Ravnateljica kaže da će "
        "čitaonica biti otvorena svaki dan osim ponedjeljka te da već žele proširiti radno vrijeme."
    ),
    "lt": (
        "Praėjusį savaitgalį prie ežero vyko žuvienės šventė. Žvejai virė sriubą dideliuose "
        "katiluose, o vaikai mokėsi rišti tinklus. Rengėjai džiaugėsi, kad atvyko net ir tolimų "
        "kaimų gyventojai. Kitąmet šventė truks dvi dienas, nes šiemet visi norintys tiesiog nespėjo "
        "paragauti."
    ),
    "lv": (
        "Pagājušajā sestdienā pie jūras tika atklāta jauna laivu piestātne. Vietējie zvejnieki to "
        "gaidīja vairāk nekā desmit gadus. Mērs pateicās būvniekiem un solīja, ka nākamvasar šeit "
        "notiks regate. Bērni pirmie izmēģināja mazās buru laivas, kaut arī vējš bija ļoti stiprs."
    ),
    "et": (
        "Möödunud laupäeval avati külas uus raamatukogu. Maja ehitasid kohalikud mehed ise, mööbli "
        "tõi kohale naabervalla koolimaja. Õpetaja ütles, et lapsed käivad seal juba iga päev pärast "
        "tunde. Sügisel hakkab tööle ka väike õmblustuba ja ülejäänud ruumid saavad sööklaks."
    ),
    "de": (
        "Am Samstag haben die Bewohner der Straße gemeinsam den alten Brunnen geputzt. Früher floß "
        "hier kühles Wasser für die Pferde, später stand er jahrelang leer. Die Bürgermeisterin "
        "würdigte die Mühe der Helfer und versprach, größere Bänke aufzustellen. Übrigens hörte man "
        "am Abend wieder das Plätschern."
    ),
    "fr": (
        "L’été dernier, les élèves du collège ont restauré le vieux moulin situé près de la rivière. "
        "« Nous avons dû apprendre à tailler la pierre », raconte Zoé, âgée de quatorze ans. Grâce à "
        "leurs efforts, la roue tourne à nouveau ; une fête aura lieu en août, et le café y sera "
        "offert à tous."
    ),
    "es": (
        "El pasado sábado los vecinos del barrio plantaron treinta árboles junto a la antigua "
        "estación. Según la maestra, los niños querían poner su nombre a cada uno. ¿Quién los regará "
        "durante el verano? El señor Núñez, jardinero jubilado, prometió que él mismo lo haría todas "
        "las mañanas."
    ),
    "pt": (
        "No último domingo, os pescadores da aldeia reuniram-se para pintar as embarcações antes da "
        "estação. As crianças também ajudaram e ninguém reclamou das manchas de tinta. A câmara "
        "prometeu iluminação nova para o cais, porém não há ainda uma data. À noite houve música, "
        "pão e sardinhas."
    ),
    "it": (
        "La settimana scorsa il piccolo teatro della città ha riaperto dopo sei anni di lavori. Il "
        "sindaco ha detto che più di duecento volontari hanno contribuito: c’è chi ha cucito il "
        "sipario e chi ha dipinto le scene. Così la stagione comincerà già a novembre, perché il "
        "pubblico non può più aspettare."
    ),
    "sv": (
        "I lördags öppnade den gamla kvarnen vid ån igen. Frivilliga från byn hade målat väggarna, "
        "lagat taket och ställt i ordning ett litet kafé. Många äldre berättade hur det såg ut när "
        "de själva var barn. I höst blir där även en utställning om bröd och åkerbruk."
    ),
    "da": (
        "Søndag blev den lille færge over fjorden sat i drift igen. Fiskerne fra øen havde ventet i "
        "næsten tre år, og børnene fik lov at blæse i hornet. Borgmesteren sagde, at der også kommer "
        "en grøn sti langs kysten. Om vinteren sejler færgen kun om lørdagen."
    ),
    "fi": (
        "Viime lauantaina kylän väki kokoontui järven rannalle korjaamaan vanhaa laituria. Työ kesti "
        "koko päivän, mutta illalla saunottiin ja syötiin yhdessä hernekeittoa. Kyläpäällikkö "
        "kertoi, että ensi kesänä rannalle hankitaan myös uusia veneitä lasten käyttöön."
    ),
    "is": (
        "Á laugardaginn var nýja sundlaugin í þorpinu opnuð með pompi og prakt. Börnin höfðu beðið í "
        "meira en ár og stukku strax út í. Sveitarstjórinn þakkaði öllum sem unnu að verkinu, en "
        "sagði að gufubaðið yrði ekki tilbúið fyrr en í haust."
    ),
    "en": (
        "Last Saturday the villagers planted thirty young trees beside the old railway station. "
        "Nobody remembers who had the idea first."
    ),
    "hi": ("पिछले शनिवार को गाँव के बच्चों ने तालाब के किनारे तीस पौधे लगाए। बुज़ुर्गों ने उन्हें पानी दिया और कहानियाँ सुनाईं।"),
    "ta": ("கடந்த சனிக்கிழமை கிராம மக்கள் ஏரிக்கரையில் மரக்கன்றுகளை நட்டனர். அடுத்த மாதம் புதிய நூலகம் திறக்கப்படும்."),
}
"""Paragraphs of our own writing, one for each language."""

ENCODINGS = {
    "zh": "gb18030 gbk",
    "zh-tw": "big5",
    "ja": "shift_jis cp932 euc-jp",
    "ko": "euc-kr cp949",
    "ru": "windows-1251 koi8-r iso-8859-5",
    "uk": "windows-1251 koi8-u",
    "bg": "windows-1251 iso-8859-5",
    "sr": "windows-1251 iso-8859-5",
    "el": "windows-1253 iso-8859-7",
    "tr": "windows-1254 iso-8859-9",
    "he": "windows-1255 iso-8859-8",
    "ar": "windows-1256 iso-8859-6",
    "fa": "windows-1256",
    "th": "cp874",
    "vi": "windows-1258",
    "pl": "windows-1250 iso-8859-2",
    "cs": "windows-1250 iso-8859-2",
    "hu": "windows-1250 iso-8859-2",
    "ro": "windows-1250 iso-8859-2",
    "hr": "windows-1250 iso-8859-2",
    "lt": "windows-1257",
    "lv": "windows-1257",
    "et": "windows-1257 iso-8859-15 windows-1252",
    "de": "windows-1252 iso-8859-1 iso-8859-15",
    "fr": "windows-1252 iso-8859-1 iso-8859-15",
    "es": "windows-1252 iso-8859-1 iso-8859-15",
    "pt": "windows-1252 iso-8859-1",
    "it": "windows-1252 iso-8859-1",
    "sv": "windows-1252 iso-8859-1",
    "da": "windows-1252 iso-8859-1",
    "fi": "windows-1252 iso-8859-15",
    "is": "windows-1252 iso-8859-1",
}

LEGACY = [(language, encoding) for language, names in ENCODINGS.items() for encoding in names.split()]
MENU = "\n".join(["Home", "News", "World", "Contact us", "https://example.com/section/1", "Sign in"] * 40)
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def written(language: str, encoding: str) -> str:
    """Give the language's text as it can be written in the encoding."""
    text = TEXTS[language]
    if encoding == "windows-1258":
        text = "".join(map(_tone_apart, text))
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.replace("’", "'")
    return text


def _tone_apart(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)) + tones


def flags(raw: bytes) -> list[str]:
    return [flag.name for flag in decode(raw).flags]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("length", [9, 60, 100_000])
def test_unicode_with_and_without_a_mark(language: str, encoding: str, length: int) -> None:
    text = (TEXTS[language] * 1000)[:length]
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding.startswith(encoding.removesuffix("-sig"))
    assert not decoded.flags


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_legacy_paragraph(language: str, encoding: str) -> None:
    text = written(language, encoding)
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert not decoded.flags


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_legacy_paragraph_between_ascii_menus(language: str, encoding: str) -> None:
    text = f"{MENU}\n{written(language, encoding)}\n{MENU}"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("zh", "gbk"),
        ("zh-tw", "big5"),
        ("ja", "shift_jis"),
        ("ja", "euc-jp"),
        ("ko", "euc-kr"),
        ("ru", "cp1251"),
    ],
)
def test_a_bad_byte_does_not_change_the_encoding(language: str, encoding: str) -> None:
    text = written(language, encoding) * 4
    raw = text.encode(encoding)
    decoded = decode(raw[:100] + b"\xff \x81 " + raw[100:])
    assert decoded.text[:40] == text[:40]
    assert decoded.text[-100:] == text[-100:]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\x93It\x92s fine\x94 \x96 he said", "“It’s fine” – he said"),
        (b"Price: 5 \x80", "Price: 5 €"),
        (b"\xa9 2024 Example Media", "© 2024 Example Media"),
        (b"A na\xefve r\xe9sum\xe9", "A naïve résumé"),
        (b"caf\xe9", "café"),
    ],
)
def test_few_accents_read_as_western(raw: bytes, text: str) -> None:
    assert decode(raw) == (text, "windows-1252", ())


def test_iso_2022_is_known_by_its_escapes() -> None:
    text = TEXTS["ja"]
    assert decode(text.encode("iso2022_jp")).text == text


def test_declared_encoding_decides_where_bytes_do_not() -> None:
    raw = "Ðað".encode("windows-1252")
    assert decode(raw, declared="ISO-8859-1").text == "Ðað"
    assert decode(raw, declared="windows-1254").text == "Ğağ"
    assert decode(b"~{VPND~}", declared="hz").text == "中文"
    assert decode("中文字".encode("utf-16-be"), declared="utf-16-be").text == "中文字"


@pytest.mark.parametrize("declared", ["iso-8859-1", "unheard-of", "rot13", "unicode_escape", "zlib", "idna", ""])
def test_a_declaration_does_not_beat_the_bytes(declared: str) -> None:
    assert decode("Größe \\n".encode(), declared=declared).text == "Größe \\n"


def test_a_declaration_that_does_not_fit_is_flagged() -> None:
    decoded = decode(TEXTS["zh"].encode("gb18030"), declared="euc-kr")
    assert decoded.text == TEXTS["zh"]
    assert [flag.name for flag in decoded.flags] == ["declared-encoding"]


@pytest.mark.parametrize(
    "content_type", ["text/html; charset=windows-1254", 'text/html;Charset = "windows-1254"; a=b', "x-cp1254 "]
)
def test_a_whole_content_type_is_understood(content_type: str) -> None:
    assert decode("Ğağ".encode("windows-1254"), declared=content_type).text == "Ğağ"


def test_a_content_type_without_a_charset_declares_nothing() -> None:
    assert decode("Größe".encode("cp1252"), declared="text/html").flags == ()


SHORT = "Ğağ ığ"
META = {
    "charset": '<meta charset="windows-1254">',
    "bare": "<META\nCHARSET=windows-1254/>",
    "http-equiv": "<meta content='text/html; charset=iso-8859-9' http-equiv=\"Content-Type\">",
    "xml": '<?xml version="1.0" encoding="windows-1254"?>',
    "comment": '<!-- <meta charset="koi8-r"> --><!--><meta charset=windows-1254>',
    "attribute": """<a title='<meta charset="koi8-r">'><meta charset=windows-1254>""",
    "script": """<script>x = '<meta charset="koi8-r">'</script><meta charset=windows-1254>""",
    "other meta": '<meta name="charset" content="charset=koi8-r"><meta charset="windows-1254">',
    "before xml": '<?xml version="1.0" encoding="koi8-r"?><meta charset="windows-1254">',
    "late": "<head>" + '<link rel="next">' * 500 + "<meta charset=windows-1254>",
}


@pytest.mark.parametrize("head", META.values(), ids=META)
def test_a_page_declares_its_encoding(head: str) -> None:
    assert decode((head + SHORT).encode("windows-1254")) == (head + SHORT, "windows-1254", ())


def test_what_is_declared_counts_in_the_order_of_the_standard() -> None:
    page = f'<?xml version="1.0" encoding="koi8-u"?><meta charset="koi8-r"><p>{SHORT}'
    raw = page.encode("windows-1254")
    assert decode(raw).encoding == "koi8-r"
    assert decode(raw, declared="windows-1254") == (page, "windows-1254", ())
    wide = b"\xff\xfe" + page.encode("utf-16-le")
    assert decode(wide, declared="windows-1254").encoding == "utf-16-le"
    assert decode(b"\xef\xbb\xbf" + page.encode(), declared="koi8-r").encoding == "utf-8"


def test_what_a_page_declares_wrongly_does_not_beat_its_bytes() -> None:
    page = f'<meta charset="iso-8859-1"><p>{TEXTS["tr"]}'
    decoded = decode(page.encode())
    assert (decoded.text, decoded.encoding) == (page, "utf-8")
    assert decoded.flags == (Flag("declared-encoding", "declared as iso-8859-1, but its bytes are UTF-8"),)
    assert decode(b'<meta charset="iso-8859-1"><p>ASCII').flags == ()
    decoded = decode(page.replace("iso-8859-1", "utf-8").encode("windows-1254"))
    assert decoded.text.endswith(TEXTS["tr"])
    assert decoded.flags == (Flag("declared-encoding", "declared as utf-8, which does not fit"),)


def test_a_declaration_that_does_not_fit_gives_way_to_the_next() -> None:
    page = f'<meta charset="gb18030"><p>{TEXTS["zh"]}'
    decoded = decode(page.encode("gb18030"), declared="utf-8")
    assert decoded.text == page
    assert decoded.flags == (Flag("declared-encoding", "declared as utf-8, which does not fit"),)


def test_utf16_in_a_meta_is_utf8() -> None:
    assert decode('<meta charset="utf-16"><p>Größe'.encode()).flags == ()


def test_a_stray_byte_does_not_shake_a_declared_encoding() -> None:
    raw = ('<meta charset="windows-1252"><p>' + TEXTS["fr"].replace("’", "'")).encode("windows-1252")
    decoded = decode(raw.replace(b"\xe9", b"\x9d", 1) + b"\xe9" * 60)
    assert decoded.encoding == "windows-1252"
    assert [flag.name for flag in decoded.flags] == ["undecodable-bytes"]


def test_a_text_about_meta_declares_nothing() -> None:
    text = 'So he wrote <meta charset="koi8-r"> there. ' + TEXTS["de"]
    assert decode(text.encode("windows-1252")).text == text


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_a_page_in_one_line_without_a_declaration(language: str, encoding: str) -> None:
    menu = "".join(f'<li class="nav"><a href="/s/{number}">Section {number}</a></li>' for number in range(60))
    page = f"<html><body><ul>{menu}</ul><p>{written(language, encoding)}</p><ul>{menu}</ul></body></html>"
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize(
    "head", [b'<meta a="', b"<meta a='b", b"<!--", b"<!-", b"<script", b"<?xml ", b"<", b"<a ", b"<meta charset="]
)
def test_no_markup_holds_the_prescan_up(head: bytes) -> None:
    start = time.process_time()
    decode(head * 30_000 + "Größe".encode())
    assert time.process_time() - start < 1


def test_utf8_with_bad_bytes_stays_utf8() -> None:
    raw = TEXTS["fr"].encode()
    decoded = decode(raw[:30] + b"\xe9" + raw[30:] + b"\xc3")
    assert decoded.encoding == "utf-8"
    assert decoded.text.replace("\ufffd", "") == TEXTS["fr"]
    assert decoded.flags[0].name == "undecodable-bytes"
    assert decoded.flags[0].detail.startswith("2 byte sequences")


def test_own_replacement_characters_are_not_counted() -> None:
    assert decode("broken \ufffd before".encode()).flags == ()
    assert decode("broken \ufffd é before".encode() + b"\xff").flags[0].detail.startswith("1 byte sequences")


def test_utf16_with_half_a_character_at_its_end() -> None:
    decoded = decode(TEXTS["en"].encode("utf-16") + b"a")
    assert decoded.text == TEXTS["en"] + "\ufffd"
    assert [flag.name for flag in decoded.flags] == ["undecodable-bytes"]


@pytest.mark.parametrize(
    "raw", [b"Text with a \0 in it.", b"ab\0cd\0", b"padded" + b"\0" * 500, b"B\0\0\0old and \xe9ven"]
)
def test_nul_bytes_stay_and_are_flagged(raw: bytes) -> None:
    decoded = decode(raw)
    assert decoded.text.count("\0") == raw.count(b"\0")
    assert flags(raw) == ["nul-bytes"]


def test_control_characters_stay_and_are_flagged() -> None:
    raw = b"\x1b[31mA red word\x1b[0m and\x01 more\x7f"
    decoded = decode(raw)
    assert decoded.text.encode() == raw
    assert decoded.flags == (Flag("control-characters", "4 control characters (U+0001, U+001B, U+007F)"),)


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "text")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"%PDF-1.4\n1 0 obj\n", "PDF"),
        (b"{\\rtf1\\ansi Text}", "RTF"),
        (_zip(), "ZIP"),
        (gzip.compress(b"text", mtime=0), "gzip"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "RIFF"),
        (b"\0\0\0\x18ftypmp42", "MP4"),
        (b"name.txt".ljust(257, b"\0") + b"ustar\x0000", "tar"),
        (b"\0" * 100, "NUL"),
        (random.Random(1).randbytes(2000), "binary"),
        (random.Random(2).randbytes(200_000), "binary"),
    ],
)
def test_binary_is_refused_by_name(raw: bytes, what: str) -> None:
    with pytest.raises(NotTextError, match=what):
        decode(raw)


@pytest.mark.parametrize("text", ["GIF89a is a format", "BM and II*", "RIFF raff", "MZ", "PK", "7z is short"])
def test_text_that_begins_like_a_binary(text: str) -> None:
    assert decode(text.encode()).text == text


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except NotTextError:
        return
    assert decoded.text.encode().decode() == decoded.text
    assert decode(raw) == decoded


@settings(deadline=None)
@example("0Ā\N{ETHIOPIC SYLLABLE HHYA}", "utf-16")  # a pair that is not on a limit of four bytes
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_comes_back(text: str, encoding: str) -> None:
    try:
        decoded = decode(text.encode(encoding))
    except NotTextError:
        assert any(unicodedata.category(char) in {"Cc", "Cn", "Co"} for char in text)
        return
    if decoded.encoding == encoding:
        assert decoded.text == text


@settings(deadline=None)
@given(st.binary(max_size=200), st.text(max_size=12))
def test_any_declaration_is_survived(raw: bytes, declared: str) -> None:
    try:
        decode(raw, declared=declared)
    except NotTextError:
        return


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16-le"])
def test_a_long_ascii_head_costs_no_detection(encoding: str) -> None:
    text = "menu entry\n" * 500_000 + TEXTS["ru"]
    start = time.process_time()
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert time.process_time() - start < 5


def test_a_long_line_without_a_break() -> None:
    text = TEXTS["zh"].replace("，", "") * 20_000
    assert decode(text.encode("gb18030")).text == text


def test_nothing_is_text() -> None:
    assert decode(b"") == ("", "utf-8", ())
    assert decode(b"\xef\xbb\xbf") == ("", "utf-8", ())
