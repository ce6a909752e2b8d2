"""Languages of made-up sites: parts of sentences of our own that a seed puts together, and the words of the noise.

Any subject goes with any predicate, place and time, so that a handful of parts makes thousands of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Tongue:
    """What it takes to write a paper in a language."""

    code: str
    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    places: tuple[str, ...]
    ends: tuple[str, ...]
    sentence: str
    """How the parts make a sentence."""
    short: str
    quoting: str
    """A sentence that begins with ``{noise}``, a line of the page's furniture."""
    titles: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    names: tuple[tuple[str, ...], tuple[str, ...]]
    sections: tuple[str, ...]
    menu: tuple[str, ...]
    words: dict[str, str]
    """The wording of each family of noise."""
    joint: str = " "

    def sentence_of(self, random: Random) -> str:
        return self.sentence.format(
            s=random.choice(self.subjects),
            p=random.choice(self.predicates),
            w=random.choice(self.places),
            e=random.choice(self.ends),
        )

    def short_of(self, random: Random) -> str:
        return self.short.format(
            s=random.choice(self.subjects), p=random.choice(self.predicates), w=random.choice(self.places)
        )

    def paragraph_of(self, random: Random, sentences: int = 2) -> str:
        return self.joint.join(self.sentence_of(random) for _ in range(sentences))

    def title_of(self, random: Random) -> str:
        return self.joint.join(random.choice(part) for part in self.titles)

    def name_of(self, random: Random) -> str:
        return self.joint.join(random.choice(part) for part in self.names)


ENGLISH = Tongue(
    code="en",
    subjects=("The harbour master", "A retired teacher", "The owner of the mill", "The younger ferryman",
              "Nobody on the council", "The museum's carpenter"),
    predicates=("found a second key", "repaired the old bell", "counted eleven barges", "asked for a longer rope",
                "painted the gate green", "kept the first ticket"),
    places=("behind the customs house", "under the railway arch", "beside the fish market", "at the upper lock",
            "in the reading room", "on the north pier"),
    ends=("although the winter had been mild", "before the first boat came in", "while the choir was rehearsing",
          "because the letter had said so", "as the almanac had foretold", "and nobody asked for a receipt"),
    sentence="{s} {p} {w}, {e}.",
    short="{s} {p} {w}.",
    quoting="{noise} was written on the sign that the ferryman had nailed to the door of the old customs house.",
    titles=(("Lock keeper", "Choir", "Lighthouse", "Orchard", "Bakery", "Footbridge"),
            ("gets", "loses", "shares", "sells", "wants back", "counts"),
            ("its last lantern", "nine old chairs", "a brass compass", "the winter timetable", "two wooden doors")),
    names=(("Ada", "Joel", "Mina", "Ruth", "Tobias", "Iris"),
           ("Pellow", "Harkness", "Quill", "Tremaine", "Oldacre", "Sandys")),
    sections=("Harbour", "Valley", "Markets", "Letters"),
    menu=("Front page", "Harbour", "Valley", "Markets", "Letters", "Tide tables", "Our boats"),
    words={
        "home": "Home", "by": "By", "published": "Published", "views": "views", "share": "Share this story",
        "related": "Similar news", "tags": "Tags", "ad": "ADVERTISEMENT", "also": "Read also",
        "most": "Most read this week", "comments": "Comments", "source": "Source", "editor": "Night desk",
        "cookie": "We use cookies so that this site remembers you, and our partners measure how it is used. "
                  "Accept all or change your settings at any time.",
        "newsletter": "Subscribe to our newsletter and get the tide tables by e-mail every Friday morning.",
        "footer": "All rights reserved", "sponsor": "Tip of the tide from Kettle & Oar",
        "about": "has been printed on the quay since the year of the great flood, and it belongs to its four hundred "
                 "readers, who own one share each and meet once a year in the old rope factory.",
    },
)  # fmt: skip

GERMAN = Tongue(
    code="de",
    subjects=("Der Hafenmeister", "Eine frühere Lehrerin", "Der Besitzer der Mühle", "Der jüngere Fährmann",
              "Niemand im Gemeinderat", "Die Tischlerin des Museums"),
    predicates=("fand einen zweiten Schlüssel", "reparierte die alte Glocke", "zählte elf Kähne",
                "verlangte ein längeres Seil", "strich das Tor grün", "bewahrte die erste Fahrkarte auf"),
    places=("hinter dem Zollhaus", "unter dem Bahnbogen", "neben dem Fischmarkt", "an der oberen Schleuse",
            "im Lesesaal", "auf der Nordmole"),
    ends=("obwohl der Winter mild gewesen war", "bevor das erste Boot einlief", "während der Chor noch probte",
          "weil es so im Brief gestanden hatte", "wie es der Kalender vorausgesagt hatte",
          "und keiner fragte nach einer Quittung"),
    sentence="{s} {p}, {w}, {e}.",
    short="{s} {p}, {w}.",
    quoting="{noise} stand auf dem Schild, das der Fährmann an die Tür des alten Zollhauses genagelt hatte.",
    titles=(("Schleusenwärter", "Kirchenchor", "Leuchtturm", "Obstgarten", "Bäckerei", "Fußgängersteg"),
            ("bekommt", "verliert", "verkauft", "sucht", "zeigt", "zählt"),
            ("die letzte Laterne", "neun alte Stühle", "einen Messingkompass", "den Winterfahrplan", "zwei Holztüren")),
    names=(("Adele", "Jost", "Minna", "Ruth", "Tobias", "Iris"),
           ("Pollmann", "Harkort", "Quast", "Tremmel", "Altacker", "Sander")),
    sections=("Hafen", "Tal", "Märkte", "Leserbriefe"),
    menu=("Titelseite", "Hafen", "Tal", "Märkte", "Leserbriefe", "Gezeitentafel", "Unsere Boote"),
    words={
        "home": "Startseite", "by": "Von", "published": "Stand", "views": "Aufrufe", "share": "Diesen Beitrag teilen",
        "related": "Mehr zum Thema", "tags": "Schlagworte", "ad": "Anzeige", "also": "Lesen Sie auch",
        "most": "Meistgelesen", "comments": "Kommentare", "source": "Quelle", "editor": "Nachtredaktion",
        "cookie": "Wir verwenden Cookies, damit diese Seite Sie wiedererkennt, und unsere Partner messen ihre Nutzung. "
                  "Sie können alle akzeptieren oder die Einstellungen jederzeit ändern.",
        "newsletter": "Abonnieren Sie unseren Newsletter und erhalten Sie jeden Freitag die Gezeitentafel per E-Mail.",
        "footer": "Alle Rechte vorbehalten", "sponsor": "Der Tidentipp von Kessel & Ruder",
        "about": "wird seit dem Jahr der großen Flut am Kai gedruckt und gehört seinen vierhundert Lesern, die je "
                 "einen Anteil besitzen und sich einmal im Jahr in der alten Seilerei treffen.",
    },
)  # fmt: skip

SPANISH = Tongue(
    code="es",
    subjects=("El capitán del puerto", "Una maestra jubilada", "El dueño del molino", "El barquero más joven",
              "Nadie del concejo", "La carpintera del museo"),
    predicates=("encontró una segunda llave", "reparó la vieja campana", "contó once barcazas",
                "pidió una cuerda más larga", "pintó la puerta de verde", "guardó el primer billete"),
    places=("detrás de la aduana", "bajo el arco del ferrocarril", "junto a la lonja", "en la esclusa de arriba",
            "en la sala de lectura", "en el muelle del norte"),
    ends=("aunque el invierno había sido suave", "antes de que entrara la primera barca", "mientras ensayaba el coro",
          "porque así lo decía la carta", "como había anunciado el almanaque", "y nadie pidió un recibo"),
    sentence="{s} {p} {w}, {e}.",
    short="{s} {p} {w}.",
    quoting="{noise} decía el letrero que el barquero había clavado en la puerta de la vieja aduana del puerto.",
    titles=(("El faro", "El coro", "El huerto", "La panadería", "La pasarela", "La esclusa"),
            ("recibe", "pierde", "vende", "busca", "enseña", "cuenta"),
            ("su último farol", "nueve sillas viejas", "una brújula de latón", "el horario nuevo", "dos puertas")),
    names=(("Adela", "Joel", "Mina", "Ruth", "Tobías", "Iris"),
           ("Pelayo", "Herrador", "Quesada", "Tremiño", "Olmedilla", "Sandoval")),
    sections=("Puerto", "Valle", "Mercados", "Cartas"),
    menu=("Portada", "Puerto", "Valle", "Mercados", "Cartas", "Tabla de mareas", "Nuestras barcas"),
    words={
        "home": "Inicio", "by": "Por", "published": "Publicado", "views": "visitas", "share": "Compartir esta nota",
        "related": "Noticias relacionadas", "tags": "Etiquetas", "ad": "Publicidad", "also": "Lee también",
        "most": "Lo más leído de la semana", "comments": "Comentarios", "source": "Fuente", "editor": "Mesa de noche",
        "cookie": "Usamos cookies para que este sitio lo recuerde, y nuestros socios miden cómo se usa. "
                  "Puede aceptar todas o cambiar la configuración en cualquier momento.",
        "newsletter": "Suscríbete a nuestro boletín y recibe cada viernes la tabla de mareas en tu correo electrónico.",
        "footer": "Todos los derechos reservados", "sponsor": "El consejo de la marea, por Remo y Tetera",
        "about": "se imprime en el muelle desde el año de la gran crecida y pertenece a sus cuatrocientos lectores, "
                 "que tienen una acción cada uno y se reúnen una vez al año en la antigua cordelería.",
    },
)  # fmt: skip

RUSSIAN = Tongue(
    code="ru",
    subjects=("Начальник порта", "Бывший учитель", "Хозяин мельницы", "Младший паромщик", "Сторож музея",
              "Старый лоцман"),
    predicates=("нашёл второй ключ", "починил старый колокол", "насчитал одиннадцать барж",
                "попросил верёвку подлиннее", "покрасил ворота в зелёный цвет", "сохранил самый первый билет"),
    places=("за зданием таможни", "под железнодорожной аркой", "возле рыбного рынка", "у верхнего шлюза",
            "в читальном зале", "на северном причале"),
    ends=("хотя зима была мягкой", "прежде чем пришла первая лодка", "пока репетировал хор",
          "потому что так было сказано в письме", "как и предсказывал календарь", "и никто не спросил расписки"),
    sentence="{s} {p} {w}, {e}.",
    short="{s} {p} {w}.",
    quoting="{noise} — так было написано на вывеске, которую паромщик прибил к двери старой таможни ещё осенью.",
    titles=(("Маяк", "Хор", "Старый сад", "Пекарня", "Пешеходный мост", "Верхний шлюз"),
            ("получит", "потеряет", "продаст", "ищет", "покажет", "сосчитает"),
            ("последний фонарь", "девять старых стульев", "латунный компас", "зимнее расписание", "две двери")),
    names=(("Ада", "Егор", "Мина", "Руфь", "Тихон", "Ирина"),
           ("Пеленко", "Гарькавый", "Квасова", "Тремин", "Староверт", "Сандул")),
    sections=("Порт", "Долина", "Рынки", "Письма"),
    menu=("Первая полоса", "Порт", "Долина", "Рынки", "Письма", "Таблица приливов", "Наши лодки"),
    words={
        "home": "Главная", "by": "Текст:", "published": "Опубликовано", "views": "просмотров",
        "share": "Поделиться записью", "related": "Новости по теме", "tags": "Теги", "ad": "Реклама",
        "also": "Читайте также", "most": "Самое читаемое за неделю", "comments": "Комментарии", "source": "Источник",
        "editor": "Ночной выпуск",
        "cookie": "Мы используем файлы cookie, чтобы сайт вас узнавал, а наши партнёры измеряют, как им пользуются. "
                  "Вы можете принять все или изменить настройки в любое время.",
        "newsletter": "Подпишитесь на нашу рассылку и получайте таблицу приливов по электронной почте каждую пятницу.",
        "footer": "Все права защищены", "sponsor": "Совет прилива от «Чайника и весла»",
        "about": "печатается на набережной с года большого наводнения и принадлежит четырёмстам своим читателям, у "
                 "каждого из которых по одной доле и которые раз в год собираются на старой канатной фабрике.",
    },
)  # fmt: skip

ARABIC = Tongue(
    code="ar",
    subjects=("مدير الميناء", "معلم متقاعد", "صاحب الطاحونة", "المراكبي الأصغر", "حارس المتحف", "نجار القرية"),
    predicates=("وجد مفتاحا ثانيا", "أصلح الجرس القديم", "أحصى أحد عشر قاربا", "طلب حبلا أطول",
                "دهن البوابة بالأخضر", "احتفظ بأول تذكرة"),
    places=("خلف مبنى الجمارك", "تحت قوس السكة الحديدية", "بجانب سوق السمك", "عند القناة العليا",
            "في قاعة المطالعة", "على الرصيف الشمالي"),
    ends=("مع أن الشتاء كان معتدلا", "قبل أن يصل القارب الأول", "بينما كانت الفرقة تتدرب",
          "لأن الرسالة قالت ذلك", "كما توقع التقويم القديم", "ولم يسأل أحد عن إيصال"),
    sentence="{s} {p} {w}، {e}.",
    short="{s} {p} {w}.",
    quoting="{noise} عبارة كتبت على اللوحة التي ثبتها المراكبي على باب مبنى الجمارك القديم في أول الخريف.",
    titles=(("المنارة", "الفرقة", "البستان", "المخبزة", "الجسر الخشبي", "القناة العليا"),
            ("تستعيد", "تفقد", "تبيع", "تعرض", "تنتظر", "تعد"),
            ("آخر فانوس", "تسعة كراسي قديمة", "بوصلة من نحاس", "جدول الشتاء", "بابين من خشب")),
    names=(("عادل", "يونس", "مينا", "راضي", "طارق", "إيناس"),
           ("البلوي", "الهركي", "القصبي", "الطرماني", "العتيق", "السندي")),
    sections=("الميناء", "الوادي", "الأسواق", "الرسائل"),
    menu=("الصفحة الأولى", "الميناء", "الوادي", "الأسواق", "الرسائل", "جدول المد والجزر", "قواربنا"),
    words={
        "home": "الرئيسية", "by": "بقلم:", "published": "نشر في", "views": "مشاهدة", "share": "شارك هذا الخبر",
        "related": "أخبار ذات صلة", "tags": "الوسوم", "ad": "إعلان", "also": "اقرأ أيضا",
        "most": "الأكثر قراءة هذا الأسبوع", "comments": "التعليقات", "source": "المصدر", "editor": "مكتب الليل",
        "cookie": "نستخدم ملفات تعريف الارتباط حتى يتذكرك هذا الموقع، ويقيس شركاؤنا طريقة استخدامه. "
                  "يمكنك قبول الكل أو تغيير الإعدادات في أي وقت.",
        "newsletter": "اشترك في نشرتنا البريدية ليصلك جدول المد والجزر عبر البريد الإلكتروني صباح كل جمعة.",
        "footer": "جميع الحقوق محفوظة", "sponsor": "نصيحة المد من دار الإبريق والمجداف",
        "about": "تطبع على الرصيف منذ عام الفيضان الكبير، وهي ملك لقرائها الأربعمئة الذين يملك كل واحد منهم سهما "
                 "واحدا ويجتمعون مرة كل عام في مصنع الحبال القديم.",
    },
)  # fmt: skip

CHINESE = Tongue(
    code="zh",
    subjects=("港务局长", "一位退休教师", "磨坊主人", "年轻的船夫", "博物馆的木匠", "老领航员"),
    predicates=("找到了第二把钥匙", "修好了那口旧钟", "数出了十一艘驳船", "要了一根更长的绳子", "把大门漆成了绿色",
                "保存着第一张船票"),
    places=("在海关楼后面", "在铁路桥洞下", "在鱼市旁边", "在上游船闸", "在阅览室里", "在北码头上"),
    ends=("尽管这个冬天并不寒冷", "那时第一条船还没有进港", "而合唱团正在排练", "因为信里就是这样写的",
          "正如旧历书所预言的那样", "没有人索要收据"),
    sentence="{s}{w}{p}，{e}。",
    short="{s}{w}{p}。",
    quoting="{noise}几个字写在船夫去年秋天钉在旧海关楼门上的那块木牌上，路过的人都会停下来看一看。",
    titles=(("灯塔", "合唱团", "老果园", "面包房", "步行桥", "上游船闸"),
            ("即将迎来", "悄悄告别", "决定出售", "重新展出", "仍在寻找", "开始清点"),
            ("最后一盏灯笼", "九把旧椅子", "一只黄铜罗盘", "冬季时刻表", "两扇木门")),
    names=(("沈", "陆", "纪", "柳", "谭", "易"), ("望舒", "禾生", "知远", "临川", "若谷", "小满")),
    sections=("港口", "山谷", "集市", "来信"),
    menu=("头版", "港口", "山谷", "集市", "来信", "潮汐表", "我们的船"),
    words={
        "home": "首页", "by": "记者：", "published": "发布时间", "views": "次阅读", "share": "分享这篇报道",
        "related": "相关新闻", "tags": "标签", "ad": "广告", "also": "延伸阅读", "most": "本周最多人读",
        "comments": "评论", "source": "来源", "editor": "夜班编辑",
        "cookie": "本网站使用Cookie来记住您，我们的合作伙伴会统计网站的使用情况。"
                  "您可以接受全部Cookie，也可以随时更改设置。",
        "newsletter": "订阅我们的电子报，每个星期五早晨通过电子邮件收到最新的潮汐表和码头公告。",
        "footer": "版权所有", "sponsor": "茶壶与船桨为您带来今日潮讯",
        "about": "自大洪水那一年起就在码头上印刷，报社属于四百位读者，他们每人持有一股，每年在旧制绳厂里聚会一次，"
                 "一起推选来年的编辑。",
    },
    joint="",
)  # fmt: skip

TURKISH = Tongue(
    code="tr",
    subjects=("Liman müdürü", "Emekli bir öğretmen", "Değirmenin sahibi", "Genç kayıkçı", "Müzenin marangozu",
              "Yaşlı kılavuz kaptan"),
    predicates=("ikinci bir anahtar buldu", "eski çanı onardı", "on bir mavna saydı", "daha uzun bir halat istedi",
                "kapıyı yeşile boyadı", "ilk bileti sakladı"),
    places=("gümrük binasının arkasında", "demiryolu kemerinin altında", "balık pazarının yanında", "yukarı kapakta",
            "okuma salonunda", "kuzey iskelesinde"),
    ends=("kış ılıman geçtiği hâlde", "ilk tekne gelmeden önce", "koro prova yaparken", "mektupta öyle yazdığı için",
          "takvimin haber verdiği gibi", "kimse makbuz istemeden"),
    sentence="{s}, {e}, {w} {p}.",
    short="{s} {w} {p}.",
    quoting="{noise} sözü, kayıkçının geçen sonbaharda eski gümrük binasının kapısına çaktığı tabelada yazıyordu.",
    titles=(("Deniz feneri", "Köy korosu", "Eski bahçe", "Fırın", "Yaya köprüsü", "Yukarı kapak"),
            ("son fenerini", "dokuz eski sandalyeyi", "pirinç pusulayı", "kış tarifesini", "iki ahşap kapıyı"),
            ("arıyor", "satıyor", "sergiliyor", "bekliyor", "sayıyor")),
    names=(("Adal", "Yunus", "Mine", "Rutkay", "Tarık", "İris"),
           ("Pelitli", "Harkacı", "Kuyulu", "Tarman", "Eskitarla", "Sandalcı")),
    sections=("Liman", "Vadi", "Pazarlar", "Mektuplar"),
    menu=("Ön sayfa", "Liman", "Vadi", "Pazarlar", "Mektuplar", "Gelgit cetveli", "Teknelerimiz"),
    words={
        "home": "Anasayfa", "by": "Haber:", "published": "Yayınlanma", "views": "okunma", "share": "Bu haberi paylaş",
        "related": "Benzer haberler", "tags": "Etiketler", "ad": "Reklam", "also": "Ayrıca okuyun",
        "most": "Haftanın en çok okunanları", "comments": "Yorumlar", "source": "Kaynak", "editor": "Gece masası",
        "cookie": "Bu site sizi hatırlamak için çerezleri kullanır ve ortaklarımız sitenin kullanımını ölçer. "
                  "Tümünü kabul edebilir veya ayarları istediğiniz zaman değiştirebilirsiniz.",
        "newsletter": "Bültenimize abone olun ve her cuma sabahı gelgit cetvelini e-posta ile alın.",
        "footer": "Tüm hakları saklıdır", "sponsor": "Günün gelgit öğüdü Demlik ve Kürek'ten",
        "about": "büyük taşkın yılından beri rıhtımda basılır ve dört yüz okurunun malıdır; her birinin bir payı "
                 "vardır ve yılda bir kez eski halat fabrikasında toplanırlar.",
    },
)  # fmt: skip

TONGUES = {tongue.code: tongue for tongue in (ENGLISH, GERMAN, SPANISH, TURKISH, RUSSIAN, ARABIC, CHINESE)}
