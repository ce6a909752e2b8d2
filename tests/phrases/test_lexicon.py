"""What the lexicon finds in lines, and what it must leave alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.phrases import FAMILIES, MARKS, Hit, Lexicon, lists

LEXICON = Lexicon.load()
SENTENCE = "Officials in the coastal town said on Friday that the new sea wall had held through the night"

NOISE = [
    ("ad-label", "Advertisement"),
    ("ad-label", "ADVERTISEMENT — SCROLL TO CONTINUE"),
    ("ad-label", "Anzeige"),
    ("ad-label", "La suite après cette publicité"),
    ("ad-label", "Реклама"),
    ("ad-label", "広告"),
    ("ad-label", "विज्ञापन"),
    ("byline", "By Nadia Okafor"),
    ("byline", "Von Jana Petersen"),
    ("byline", "Автор: Ирина Соколова"),
    ("caption-credit", "Photo: Lena Marsh / Harbour Gazette"),
    ("caption-credit", "A ferry leaves the pier. File photo"),
    ("comments", "Leave a Reply"),
    ("comments", "0 Comments"),
    ("comments", "Your email address will not be published. Required fields are marked *"),
    ("comments", "Schreibe einen Kommentar"),
    ("comments", "Оставить комментарий"),
    ("comments", "No hay comentarios:"),
    ("comments", "댓글 쓰기"),
    ("cookie-consent", "Accept all cookies"),
    ("cookie-consent", "Tout accepter"),
    ("cookie-consent", "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten."),
    ("counter", "1,204 views"),
    ("counter", "12K Shares"),
    ("dateline-label", "Last updated: 3 May 2024"),
    ("dateline-label", "vor 3 Stunden"),
    ("form", "E-mail address *"),
    ("forum", "You must log in or register to reply here."),
    ("legal", "© 2024 Harbour Gazette. All rights reserved."),
    ("legal", "TODOS LOS DERECHOS RESERVADOS"),
    ("legal", "Все права защищены"),
    ("legal", "Tüm hakları saklıdır."),
    ("legal", "無断転載を禁じます"),
    ("login-prompt", "Log in / Sign up"),
    ("month", "12 July 2023, 10:30"),
    ("month", "3 августа 2021 г."),
    ("navigation", "Skip to content"),
    ("navigation", "Zum Inhalt springen"),
    ("navigation", "Zurück zum Seitenanfang"),
    ("newsletter", "Sign up for our weekly newsletter"),
    ("newsletter", "Iscriviti alla newsletter"),
    ("newsletter", "Suscríbete a nuestro boletín"),
    ("pagination", "Page 2 of 14"),
    ("pagination", "« Older posts"),
    ("paywall", "Exklusiv für Abonnenten"),
    ("powered-by", "Powered by Blogger."),
    ("powered-by", "Proudly powered by WordPress | Theme: Quiet Harbour"),
    ("promo", "Follow us on Google News"),
    ("reading-widget", "5 min read"),
    ("reading-widget", "Lesezeit: 4 Minuten"),
    ("related-news", "You may also like"),
    ("related-news", "À LIRE AUSSI"),
    ("related-news", "A LIRE AUSSI : la digue tient bon"),
    ("related-news", "Читайте также: Мост откроют весной"),
    ("related-news", "Lea también: El puente abrirá en primavera"),
    ("related-news", "相关新闻"),
    ("related-news", "相關新聞"),
    ("related-news", "関連記事"),
    ("related-news", "اقرأ أيضا"),
    ("related-news", "İLGİLİ HABERLER"),
    ("related-news", "यह भी पढ़ें"),
    ("share-bar", "Share this:"),
    ("share-bar", "PAYLAŞ"),
    ("share-bar", "Partagez cet article"),
    ("share-bar", "分享到微信"),
    ("shop", "Add to cart"),
    ("source-trailer", "Source: Harbour Gazette"),
    ("source-trailer", "Quelle: dpa"),
    ("source-trailer", "来源：海港日报"),
    ("tag-list", "Tags: floods, harbour, weather"),
    ("tag-list", "Теги: порт, погода"),
    ("weather-index", "Humidity: 64%"),
    ("weekday", "Donnerstag, 4. Mai"),
]

PROSE = [
    "Share prices fell by a third within an hour of the announcement.",
    "Share on the left how you feel about the harbour, the sign on the wall says.",
    "She asked him to share this with nobody but her brother.",
    "Home ownership in the valley has doubled since the tram was built.",
    "Search for survivors resumed at dawn with dogs and drones.",
    "Sources said on Monday that the two companies would merge.",
    "Source code for the machine was published a week later.",
    "Photos from the scene showed the roof of the market hall.",
    "Powered by a diesel engine, the ferry crossed the bay in an hour.",
    "Designed by two students, the bridge weighs less than a lorry.",
    "Filed under seal, the complaint was opened by the judge on Friday.",
    "Tagged with a small transmitter, the seal swam as far as the cape.",
    "Comments on the draft law are due by the end of the month.",
    "Responses to the survey came from all nine districts.",
    "He had no comments.",
    "Next page of the diary was torn out, and nobody knew by whom.",
    "Previous owners had painted the front door green.",
    "Related problems have kept the second lock shut since June.",
    "Popular in the sixties, the dance came back last summer.",
    "See also how the light falls on the far wall in the evening.",
    "These cookies are baked twice and keep for a month.",
    "The company has changed its privacy policy.",
    "An unusual letter was in your inbox, she told the court.",
    "Not a member of the union, he was not asked to vote.",
    "Already registered voters need not do anything.",
    "Sign of the times: the last phone box has become a library.",
    "Sign up sheets for the regatta hang in the town hall.",
    "Watch makers from the valley have met every spring since the war.",
    "Log books of the ship were found in an attic.",
    "Contact with the crew was lost shortly after midnight.",
    "Advertising on trams is to be banned from next year.",
    "Topics of the talks included fish, ferries and the price of fuel.",
    "Writing by hand helps children remember what they hear.",
    "3. Stay up to date",
    "Save $50",
    "Teilen der Stadt fehlte am Abend noch immer der Strom.",
    "Werbung auf Straßenbahnen soll vom nächsten Jahr an verboten sein.",
    "Quellen in der Verwaltung zufolge soll die Brücke im Mai öffnen.",
    "Kommentare der Anwohner füllten drei Aktenordner.",
    "Weiter im Norden blieb es trocken.",
    "Der Trend zeigt nach oben.",
    "Weitere Festnahmen sollen folgen.",
    "Es ist jetzt an der Zeit, den Hafen zu vertiefen.",
    "Sie können sich jederzeit an das Rathaus wenden.",
    "Der Roman erschien zuerst auf Dänisch.",
    "Partager la route reste difficile dans la vieille ville.",
    "Il n'a fait aucun commentaire.",
    "Les sources du fleuve se trouvent à deux heures de marche.",
    "Propulsé par deux moteurs, le navire a traversé la baie.",
    "Il est actuellement soigné dans la capitale.",
    "Publicité et politique ne font pas bon ménage, dit le maire.",
    "Compartir piso se ha vuelto normal también entre jubilados.",
    "El ministro se marchó sin comentarios.",
    "Recibe cada día a cientos de turistas en su taller.",
    "Iniciado por un rayo, el fuego quemó tres colinas.",
    "El virus apareció primero en una granja del norte.",
    "Desenvolvido por duas estudantes, o teste custa pouco.",
    "Com informações da polícia, a família abriu um processo.",
    "Entre para ver o rio, diz a placa na porta da igreja.",
    "Compartilhar a estrada com bicicletas ainda assusta motoristas.",
    "Iscritto al registro degli indagati, il sindaco si è dimesso.",
    "Per rimanere aggiornato, il medico segue tre corsi l'anno.",
    "I commenti sono stati raccolti in un libro.",
    "Condividere la strada resta difficile nel centro storico.",
    "Het is nu aan de raad om een besluit te nemen.",
    "U heeft nog twee weken om bezwaar te maken.",
    "Overname van de werf door een Deense groep is bijna rond.",
    "Delen van de stad zaten gisteravond zonder stroom.",
    "Ceny poszły w tym roku mocno do góry.",
    "Strony internetowe urzędów są nieczytelne dla seniorów.",
    "Komentarze są skrajne, przyznaje burmistrz.",
    "Udostępnij mi mapę, poprosił kapitan.",
    "Поделиться на двоих им было нечем, и они пошли домой.",
    "Источники в мэрии говорят, что мост откроют весной.",
    "Реклама на трамваях будет запрещена с нового года.",
    "Комментарии жителей заняли три папки.",
    "Джерела в мерії кажуть, що міст відкриють навесні.",
    "Реклама на трамваях буде заборонена з нового року.",
    "Paylaşım ekonomisi küçük kasabalarda yavaş büyüyor.",
    "Kaynaklar, köprünün baharda açılacağını söylüyor.",
    "مصادر في البلدية قالت إن الجسر سيفتح في الربيع.",
    "الإعلان عن النتائج سيكون يوم الأحد بحسب اللجنة.",
    "广告公司去年在这座城市开设了三家新办事处。",
    "評論家は、この橋が町の顔になると語った。",
    "出典を示さない引用が増えていると教授は指摘した。",
    "광고 시장은 지난해보다 크게 줄어들었다고 협회는 밝혔다.",
    "विज्ञापन जगत की कई कंपनियों ने पिछले साल यहां दफ्तर खोले।",
]


def families(line: str) -> set[str]:
    return {family for family, rows in LEXICON.match([line]).items() if len(rows)}


@pytest.mark.parametrize(("family", "line"), NOISE)
def test_noise_is_marked(family: str, line: str) -> None:
    assert family in families(line)


@pytest.mark.parametrize("sentence", PROSE)
def test_prose_is_not_marked(sentence: str) -> None:
    marked = families(sentence) - MARKS
    assert not marked, LEXICON.explain(sentence)


@pytest.mark.parametrize("phrase", ["share this", "leave a reply", "related news", "read more", "par"])
def test_phrases_in_the_middle_of_a_sentence_are_prose(phrase: str) -> None:
    assert families(f"{SENTENCE}, where {phrase} had been painted on the harbour wall in white letters.") <= MARKS


def test_long_lines_are_searched_only_inside() -> None:
    line = f"{SENTENCE}. {SENTENCE}. Your email address will not be published."
    assert families(line) == {"comments"}


def test_a_label_may_head_a_long_line() -> None:
    assert "tag-list" in families("Tags: " + ", ".join(f"harbour town {number}" for number in range(30)))


def test_every_family_is_answered_with_sorted_rows() -> None:
    page = ["Share", SENTENCE, "Share this", "Share", "Home", SENTENCE]
    marked = LEXICON.match(page)
    assert set(marked) == FAMILIES
    assert marked["share-bar"].tolist() == [0, 2, 3]
    assert marked["navigation"].tolist() == [4]
    assert marked["share-bar"].dtype == np.int32
    assert not marked["share-bar"].flags.writeable


def test_an_empty_page() -> None:
    assert not any(len(rows) for rows in LEXICON.match([]).values())


def test_hits_say_why() -> None:
    assert Hit("share-bar", "line", "share this", "en") in LEXICON.explain("  Share this:")
    assert str(Hit("share-bar", "line", "share this", "en")) == "line “share this” (en)"
    assert LEXICON.explain(SENTENCE) == ()


LINES = st.lists(st.one_of(st.sampled_from([line for _, line in NOISE] + PROSE), st.text(max_size=40)))


@given(LINES)
def test_what_is_said_of_a_line_depends_on_it_alone(lines: list[str]) -> None:
    page = [line.replace("\n", " ") or "-" for line in lines]
    marked = LEXICON.match(page)
    for row, line in enumerate(page):
        assert {family for family, rows in marked.items() if row in rows} == families(line)


@given(LINES)
def test_explaining_agrees_with_matching(lines: list[str]) -> None:
    for line in lines:
        line = line.replace("\n", " ") or "-"
        assert {hit.family for hit in LEXICON.explain(line)} == families(line)


def test_every_phrase_is_found() -> None:
    for language in lists.languages():
        for group, phrases in lists.read(language):
            closed = [f"{phrase}:" if group.kind == "label" else phrase for phrase in phrases]
            rows = set(LEXICON.match(closed)[group.family].tolist())
            assert rows == set(range(len(phrases))), [closed[row] for row in set(range(len(phrases))) - rows]


def test_phrases_are_listed_by_family_kind_and_language() -> None:
    assert "july" in LEXICON.phrases("month")
    assert "july" in LEXICON.phrases("month", "word", "en")
    assert "juli" not in LEXICON.phrases("month", "word", "en")
    assert LEXICON.phrases("month", "inside") == ()


def test_function_words() -> None:
    assert {"the", "und", "और"} <= LEXICON.function_words
    assert "the" not in LEXICON.function_words_by_language["de"]


def test_threads_may_share_it() -> None:
    page = [line for _, line in NOISE] * 20
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(Lexicon().match, [page] * 8))
    for answer in answers:
        assert all((answer[family] == answers[0][family]).all() for family in FAMILIES)
