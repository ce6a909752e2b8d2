"""Words in and around names, as data: what opens a byline, what an author is, who is nobody."""

from __future__ import annotations

from cleaner.structured.word_lists import words

BY = {
    "en": "by|written by|posted by|published by|author|authors|words by|text by|story by|authored by|posted"
    "|contributors",
    "de": "von|autor|autorin|autoren|text|geschrieben von|verfasst von|veröffentlicht von|ein artikel von"
    "|ein beitrag von",
    "fr": "par|auteur|auteure|écrit par|rédigé par|publié par|propos recueillis par",
    "es": "por|autor|autora|escrito por|publicado por|redacción",
    "it": "di|a cura di|autore|autrice|scritto da|pubblicato da|articolo di",
    "pt": "por|autor|autora|escrito por|publicado por|texto de",
    "nl": "door|auteur|geschreven door|tekst",
    "pl": "autor|autorka|przez|napisał|napisała|tekst|opracował|opracowała",
    "sv": "av|skribent|text",
    "da": "af|skrevet af|tekst",
    "nb": "av|skrevet av|tekst",
    "fi": "kirjoittanut|kirjoittaja|teksti",
    "cs": "autor|autorka|autoři|napsal|napsala",
    "tr": "yazan|yazar|hazırlayan|haber",
    "ru": "автор|авторы|текст|опубликовал",
    "uk": "автор|автори|текст",
    "id": "oleh|penulis|reporter|editor",
    "hu": "szerző|írta",
    "ro": "de|autor|scris de",
    "zh": "作者|记者|文|编辑|責任編輯|责任编辑|記者",
    "ja": "文|執筆|著者|筆者|記者",
    "ko": "글|기자",
    "ar": "بقلم|كتب|الكاتب",
    "hi": "लेखक|द्वारा",
}
"""Words before a name, by language."""
ROLES = {
    "en": "editor|reporter|correspondent|writer|journalist|columnist|contributor|producer|photographer|author|staff"
    "|director|manager|analyst|critic|fellow|professor|president|founder|co-founder|ceo|cto|cmo|cfo|specialist"
    "|consultant|expert|head of|senior|chief|assistant|associate|deputy|executive|freelance|freelancer|intern"
    "|guest|team|lead|editor-in-chief|strategist|marketer|researcher|engineer|developer|bureau|reviewer|updated"
    "|nutritionist|dietitian|therapist|physician|attorney|university|member",
    "de": "redakteur|redakteurin|korrespondent|korrespondentin|reporterin|journalistin|redaktion|ressortleiter|leiter"
    "|leiterin|volontär|volontärin|chefredakteur|chefredakteurin|autor|autorin",
    "fr": "journaliste|rédacteur|rédactrice|rédaction|correspondant|correspondante|envoyé|envoyée|reporter",
    "es": "periodista|redactor|redactora|redacción|corresponsal|editora|colaborador|colaboradora",
    "it": "giornalista|redattore|redattrice|redazione|inviato|inviata|corrispondente|caporedattore",
    "pt": "jornalista|redator|redatora|repórter|colunista|redação|editora",
    "nl": "redacteur|verslaggever|journaliste|correspondente|redactie",
    "pl": "dziennikarz|dziennikarka|redaktor|redakcja|redaktorka",
    "ru": "корреспондент|журналист|редактор|редакция|обозреватель",
    "cs": "redaktor|redaktorka|redakce|reportér|reportérka",
    "tr": "muhabir|editör|gazeteci|yazar",
    "id": "reporter|editor|penulis|redaksi",
}
"""Words for what an author is, by language."""
MONTHS = (
    "jan|gen|ene|feb|fév|fev|mar|mär|maa|mrt|apr|avr|abr|may|mai|mei|maj|mag|jun|jui|giu|jul|lug|aug|aoû|ago|sep|set"
    "|oct|okt|out|ott|nov|dec|dez|dic|déc"
)
"""How the names of months begin."""
PARTICLES = words("""
    van von de der den di da del della la le dos du af zu zur ten ter bin al el ben e y i
""")
"""Words in lower case inside names."""
TEAMS = frozenset({"team", "staff", "editors", "redaktion", "rédaction", "redazione"})
"""Words in lower case behind the name of whoever has the team."""
NOBODY = words("""
    admin administrator webmaster root user guest anonymous anonym unknown none null undefined n/a na author editor
    editors staff moderator system superuser wordpress wpadmin test default support info contributor contributors
    redaktion redaktör redactie rédaction redacción redazione redação redakcja redakce редакция toimitus redaksi editör
    team blog news home website marketing owner deleted writer reporter correspondent author(s) false true profile
    follow share comments login online offline logged community reply permalink print email rss youtube facebook
    twitter linkedin instagram bluesky pinterest tiktok reddit mastodon whatsapp telegram
""") | {
    *("site admin", "web admin", "site editor", "guest author", "guest contributor", "guest post", "guest user"),
    *("staff writer", "staff reporter", "staff report", "staff reports", "our staff", "web desk", "web team"),
    *("news desk", "deleted user", "super user", "view all posts", "read more", "no author", "about the author"),
}
"""Accounts, roles and buttons that stand where a name should, in lower case."""
CREDENTIALS = words("""
    phd ph.d dphil md m.d do d.o rn lcsw psyd psy.d pharmd pharm.d edd ed.d mph m.p.h msc bsc ma m.a ba b.a
    mba m.b.a ms m.s bs b.s mfa jd j.d esq cfp cfa cpa rd rdn ldn cscs dds dvm d.v.m dr prof lmft lpc np
    pa-c facp faap facog cnm aprn fnp med m.ed msw ccc-slp pt dpt frcp mbbs mbchb mrcp cissp pmp cpt
    dipl.-ing m.sc b.sc bcba mrcvs vmd cvt lvt
""")
"""Degrees and licences behind a name, in lower case without the last dot."""
