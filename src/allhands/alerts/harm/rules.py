"""The table of words: what they give away, in which language, and what may stand in their place.

Sources: federal-law dossier 4.3 (no protected data in public text), practice dossier 3.5 (language pack), screens 3.12.
A rule says what a sentence of it would tell strangers; it never says that the writer meant harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that public text never says.

    Args:
        code: stable; what the words give away.
        patterns: regular expressions by language; words are matched whole, without regard to case.
        why: by language, one sentence: what a stranger would learn.
        instead: by language, pattern to replacement, tried in order; the last resort is to leave the words out.
        is_blame: also refused in the reason of a decision.
    """

    code: str
    patterns: Mapping[str, str]
    why: Mapping[str, str]
    instead: Mapping[str, tuple[tuple[str, str], ...]]
    is_blame: bool = False

    @cached_property
    def compiled(self) -> Mapping[str, re.Pattern[str]]:
        """The patterns, whole words."""
        return {lang: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for lang, words in self.patterns.items()}


RULES: tuple[Rule, ...] = (
    Rule(
        code="care",
        patterns={
            "en": r"foster(?:[ -](?:home|care|child|kid|parents?|mother|father|mom|dad|family|placement))?|group home"
            r"|ward of the (?:state|court)|in (?:state )?care|(?:from|left|leaving) (?:a |her |his |their )?placement"
            r"|residential (?:treatment|facility)|caseworker|social worker|CPS|DCF|shelter resident|children'?s home",
            "es": r"(?:hogar|casa|cuidado|familia|madre|padre|padres) (?:de )?(?:crianza|acogida|sustitut[oa]s?)"
            r"|hogar grupal|bajo (?:la )?tutela(?: del estado)?|casa hogar|trabajadora? social"
            r"|institución de menores",
        },
        why={
            "en": "It tells everyone that the child is in care.",
            "es": "Le dice a todo el mundo que está en cuidado de crianza.",
        },
        instead={
            "en": (
                (r"foster (?:home|placement|care)|group home|children'?s home|residential \w+", "home"),
                (r"foster (?:parents?|mother|father|mom|dad|family)", "family"),
                (r"foster (?:child|kid)", "child"),
                (r"(?:from|left|leaving) .*placement", "from home"),
            ),
            "es": (
                (r"(?:hogar|casa|cuidado) .*|hogar grupal|casa hogar|institución .*", "casa"),
                (r"(?:familia|madre|padres?) .*", "familia"),
            ),
        },
    ),
    Rule(
        code="health",
        patterns={
            "en": r"autis(?:m|tic)|ADHD|bipolar|depress(?:ed|ion|ive)|suicid\w*|self[- ]harm\w*|schizophreni\w+|PTSD"
            r"|anxiety|diabet(?:es|ic)|epilep\w+|asthma\w*|diagnos\w+|psychiatric"
            r"|mental(?:ly)? (?:ill|health|illness)\w*|developmental(?:ly)? \w+|medications?|medicated|insulin"
            r"|inhaler|HIV|special needs|disab(?:led|ility)"
            r"|rehab|overdos\w+",
            "es": r"autis(?:mo|ta)|TDAH|bipolar|depresi(?:ón|v[oa])|deprimid[oa]|suicid\w*|autolesi\w+"
            r"|esquizofreni\w+"
            r"|ansiedad|diab(?:etes|étic[oa])|epil\w+|asma|diagn[oó]stic\w+|psiqui[áa]tric\w+|salud mental"
            r"|enfermedad mental|medicamentos?|insulina|inhalador|VIH|necesidades especiales|discapacidad",
        },
        why={
            "en": "It tells a diagnosis or treatment. Strangers do not need it to recognize the child.",
            "es": "Revela un diagnóstico o tratamiento. No hace falta para reconocer a la niña o al niño.",
        },
        instead={
            "en": ((r".*(?:medic|insulin|inhaler).*", "may need help soon"),),
            "es": ((r".*(?:medic|insulin|inhalador).*", "puede necesitar ayuda pronto"),),
        },
    ),
    Rule(
        code="pregnancy",
        patterns={
            "en": r"pregnan\w+|expecting (?:a baby|a child|mother)|unborn|(?:young|teen) mother",
            "es": r"embaraz\w+|encinta|espera un beb[eé]|madre adolescente",
        },
        why={"en": "It tells a pregnancy.", "es": "Revela un embarazo."},
        instead={"en": (), "es": ()},
    ),
    Rule(
        code="trafficking",
        patterns={
            "en": r"traffick\w*|sex(?:ual)?(?:ly)? (?:exploit\w*|abus\w*|assault\w*)|exploited|prostitut\w*|pimp\w*"
            r"|escort(?:ing)?|grooming|groomed|sold for sex|CSEC|rap(?:e|ed)",
            "es": r"trata(?: de personas)?|tratantes?|explotaci[oó]n(?: sexual)?|explotad[oa]|abus\w+ sexual\w*"
            r"|abusad[oa]|prostitu\w*|proxeneta|violad[oa]|violaci[oó]n",
        },
        why={
            "en": "It tells a suspicion of abuse. It follows the child for life and warns whoever is with her.",
            "es": "Revela una sospecha de explotación o abuso. La acompaña de por vida y avisa a quien esté con ella.",
        },
        instead={"en": ((r".*", "may be in danger"),), "es": ((r".*", "puede estar en peligro"),)},
    ),
    Rule(
        code="immigration",
        patterns={
            "en": r"undocumented|illegal(?:s| immigrant| alien)?|immigra\w+|migrant|asylum(?: seeker)?|refugee"
            r"|deport\w*|visa|border crosser|unaccompanied minor|UAC|ICE|green card",
            "es": r"indocumentad[oa]|ilegal(?:es)?|inmigrante|inmigraci[oó]n|migrante|asilo|refugiad[oa]|deporta\w*"
            r"|sin papeles|visado?|la migra|menor no acompañad[oa]",
        },
        why={"en": "It tells an immigration status.", "es": "Revela una situación migratoria."},
        instead={"en": (), "es": ()},
    ),
    Rule(
        code="tribe",
        patterns={
            "en": r"native american|american indian|indian (?:child|girl|boy|teen)|alaska native|indigenous"
            r"|tribal member|enrolled member|(?:member|citizen|child) of the [\w' ]{0,40}(?:nation|tribe|band|pueblo)"
            r"|reservation",
            "es": r"nativ[oa] american[oa]|indi[oa] american[oa]|ind[ií]gena|miembro de la tribu"
            r"|inscrit[oa] en la tribu|(?:de|miembro de) la naci[oó]n [\w' ]{1,40}|reservaci[oó]n",
        },
        why={
            "en": "It tells the child's nation. That is for the family and the nation to release.",
            "es": "Revela su nación. Eso lo decide la familia y la nación.",
        },
        instead={"en": (), "es": ()},
    ),
    Rule(
        code="blame",
        patterns={
            "en": r"runaways?|run[- ]?away|ran (?:away|off)(?: (?:before|again))?|runner|AWOL|abscond\w*|elope[ds]?"
            r"|fugitive|habitual\w*|frequent(?:ly)? (?:missing|runs?|flyer|flier)|repeat(?:ed)? \w*runn?\w*"
            r"|ran before"
            r"|(?:gone|missing) (?:missing )?before|history of (?:running|leaving|going missing)"
            r"|left (?:voluntarily|willingly|by choice|on (?:her|his|their) own)|chose to leave|lifestyle|promiscu\w+"
            r"|drug (?:use|user|abuse|addict\w*)|(?:on|uses|using|does|doing) drugs|substance (?:use|abuse|user)"
            r"|addict(?:ed|ion)?|alcoholic|drunk|gang(?: member)?|troubled|problem child|delinquent|out of control"
            r"|rebellious|attention[- ]seeking|non[- ]?compliant|refused to|disobey\w*|juvenile (?:record|offender)"
            r"|probation|warrant|criminal (?:record|history)|suspect(?:ed)? of",
            "es": r"fugad[oa]|se (?:fug[óo]|escap[óo]|huy[óo])(?: (?:antes|otra vez|de (?:la )?casa))?"
            r"|huid[oa]|pr[óo]fug[oa]|escapad[oa]|reincidente|habitual(?:mente)?|otras veces"
            r"|antecedentes(?: penales)?|se fue por su (?:cuenta|voluntad)"
            r"|voluntariamente|estilo de vida|promiscu[oa]|droga(?:s|dict[oa])?|usa drogas|consumo de (?:drogas"
            r"|sustancias)"
            r"|adict[oa]|adicci[óo]n|alcoh[óo]lic[oa]|borrach[oa]|pandiller[oa]|pandilla|problem[áa]tic[oa]"
            r"|delincuente"
            r"|rebelde|desobediente|fuera de control|libertad condicional|orden de arresto",
        },
        why={
            "en": "It blames the child. People look less for a child they are told to blame.",
            "es": "Culpa a la niña o al niño. La gente busca menos a quien le dicen que tiene la culpa.",
        },
        instead={
            "en": (
                (r"(?:is |are )?(?:a )?(?:runaways?|run[- ]?away|runner|fugitive)", "missing"),
                (r"ran .*|left .*|chose to leave|abscond\w*|elope[ds]?|AWOL", "is missing"),
            ),
            "es": (
                (r"fugad[oa]|huid[oa]|escapad[oa]|pr[óo]fug[oa]", "persona desaparecida"),
                (r"se (?:fug|escap|huy|fue).*", "falta"),
            ),
        },
        is_blame=True,
    ),
)
