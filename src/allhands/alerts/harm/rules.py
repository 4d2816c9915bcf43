"""The table of words: what they give away, in which language, and what may stand in their place.

Sources: federal-law dossier 4.3 (no protected data in public text), practice dossier 3.5 (language pack), screens 3.12.
A rule says what a sentence of it would tell strangers; it never says that the writer meant harm.

In the patterns `~` is an ending by gender and number ("fugad~": fugada, fugados, fugade, fugadx, fugad@). Accents
do not count: the text is read without them, and so are the patterns. Words that are also a place, a car or a rink are
matched only where they are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from allhands.alerts.harm.folding import plain

_BY_GENDER = "[oaex@]s?"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that public text never says.

    Args:
        code: stable; what the words give away.
        patterns: regular expressions by language; words are matched whole, without regard to case.
        why: by language, one sentence: what a stranger would learn.
        instead: by language, pattern to replacement, tried in order; the last resort is to leave the words out.
        is_blame: also refused in the reason of a decision.
        not_in: fields in which the words name a place or a thing, and tell nothing about the child.
    """

    code: str
    patterns: Mapping[str, str]
    why: Mapping[str, str]
    instead: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    is_blame: bool = False
    not_in: frozenset[str] = frozenset()

    @cached_property
    def compiled(self) -> Mapping[str, re.Pattern[str]]:
        """The patterns, whole words."""
        return {lang: _pattern(rf"(?<!\w)(?:{words})(?!\w)") for lang, words in self.patterns.items()}

    @cached_property
    def instead_compiled(self) -> Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]:
        """What may stand in their place, tried in order."""
        return {lang: tuple((_pattern(words), said) for words, said in pairs) for lang, pairs in self.instead.items()}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(plain(words).replace("~", _BY_GENDER), re.IGNORECASE)


_NATION_WHY: Final[Mapping[str, str]] = {
    "en": "It tells the child's nation. That is for the family and the nation to release.",
    "es": "Revela su nación. Eso lo decide la familia y la nación.",
}
# In Spanish hair cut "al rape" is a crew cut.
_NO_CREW_CUT: Final = "".join(
    f"(?<!{word} )"
    for word in ("al", *(f"{cut} a" for cut in ("corte", "cortado", "cortada", "rapado", "pelo", "cabello")))
)
_PLACES = frozenset({"name", "seen_place", "last_seen_place", "vehicle", "clothing"})

RULES: tuple[Rule, ...] = (
    Rule(
        code="care",
        patterns={
            "en": (
                r"foster(?:ed|ing|s)?[- ]*(?:home|care|child(?:ren)?|kid|girl|boy|teen|youth|parent|mother|father"
                r"|mom|dad|famil(?:y|ies)|placement|sister|brother|sibling|system|agency)s?"
                r"|(?-i:foster(?:ed|ing|s)?)(?! (?:st|street|ave|avenue|road|rd|county|park|school|lane|drive))"
                r"|group[- ]*homes?|wards? of (?:the )?(?:state|court|county|tribe)"
                r"|(?:state|court|county|tribal|agency|protective)(?:'s)? (?:custody|care|guardianship)"
                r"|in (?:state |out[- ]of[- ]home |kinship |residential |temporary )?care(?! of)"
                r"|kinship (?:care|placement|home)"
                r"|(?:from|left|leaving|in|at) (?:a |her |his |their )?placement"
                r"|residential (?:treatment|facility|facilities|program|care)(?: \w+)?"
                r"|case[- ]?(?:work|manag)ers?|social[- ]*workers?|child (?:welfare|protect\w+)(?: services)?|CPS"
                r"|DCFS?|DCYF"
                r"|shelter (?:resident|kid|child)s?"
                r"|(?:youth|runaway|homeless|emergency|children'?s|teen) shelters?"
                r"|(?:children|boy|girl)'?s'? homes?|orphan\w*|guardian ad litem|half[- ]?way house"
                r"|detention (?:center|home|facility)"
                r"|(?:juvenile|youth) (?:detention|hall|facility|corrections?)(?: \w+)?"
            ),
            "es": (
                r"(?:hogar(?:es)?|casas?|cuidados?|familias?|madres?|padres?|niñ~|menor(?:es)?|hij~"
                r"|herman~) (?:de |en )?(?:crianza|acogid~|acogimiento|sustitut~|temporal(?:es)?)"
                r"|acogid~|acogimiento|hogar(?:es)? (?:grupal(?:es)?|de grupo|infantil(?:es)?|de menores)"
                r"|casas? hogar(?:es)?"
                r"|bajo (?:la )?(?:tutela|custodia)(?: (?:del estado|de la corte|del condado|tribal))?|tutelad~"
                r"|(?:tutela|custodia) (?:del estado|del condado|de la corte|del tribunal|judicial|tribal)"
                r"|trabajador(?:a|as|es)? social(?:es)?|instituci[oó]n(?:es)? de menores|orfanatos?|orfelinatos?"
                r"|huérfan~"
                r"|centros? (?:de menores|de detención|residencial(?:es)?)|correccional(?:es)?|albergues?"
                r"|(?-i:DIF)"
                r"|protección (?:infantil|de menores)"
            ),
        },
        why={
            "en": "It tells everyone that the child is in care.",
            "es": "Le dice a todo el mundo que está en cuidado de crianza.",
        },
        instead={
            "en": (
                (
                    (
                        r"foster(?:ed|ing|s)?[- ]*(?:home|placement|care)s?|group[- ]*homes?"
                        r"|(?:children|boy|girl)'?s'? homes?|residential \w+.*"
                    ),
                    "home",
                ),
                (r"foster(?:ed|ing|s)?[- ]*(?:parent|mother|father|mom|dad|famil).*", "family"),
                (r"foster(?:ed|ing|s)?[- ]*(?:child|kid)(?:ren|s)?", "child"),
                (r"(?:from|left|leaving) .*placement", "from home"),
            ),
            "es": (
                (r"(?:hogar(?:es)?|casas?|cuidados?) .*|institución .*", "casa"),
                (r"(?:familias?|madres?|padres?) .*", "familia"),
            ),
        },
    ),
    Rule(
        code="health",
        patterns={
            "en": (
                r"autis(?:m|tic|t)s?|on the (?:autism )?spectrum|asperger\w*(?:'s)?|down'?s? syndrome|ADHD"
                r"|bi-?polar|(?-i:OCD|FAS|FASD|AIDS)"
                r"|depress(?:ed|ion|ive)|suicid\w*|self[- ]*(?:harm|injur)\w*"
                r"|(?:cuts?|cutting|burns|burning) (?:herself|himself|themsel\w+)"
                r"|schizo\w*|psycho(?:sis|tic|log\w*|path\w*)|PTSD|anxiety|panic attacks?|diabet\w*|epilep\w*"
                r"|seizures?|asthma\w*"
                r"|diagnos\w*|psychiatr\w*"
                r"|mental(?:ly)?[- ](?:ill|health|illness|delay|disab|challeng|impair|handicap)\w*"
                r"|(?:developmental|cognitive)(?:ly)? \w+"
                r"|(?:intellectual|learning)(?:ly)? (?:disab|delay|difficult|impair|challeng)\w*"
                r"|medicat\w*|meds|(?:needs?|takes?|without) (?:her |his |their )?(?:medicines?|pills)|insulin"
                r"|inhalers?|epi-?pens?|HIV"
                r"|special[- ]needs|special[- ]ed(?:ucation)?|disab(?:led|ilit(?:y|ies))|handicapp\w*|retard\w*"
                r"|rehab\w*|overdos\w*|detox\w*"
                r"|anorex\w*|bulimi\w*|eating disorders?|(?:in|her|his|their|from|needs) therap(?:y|ists?)"
                r"|therapists?|has cancer|💊|💉"
            ),
            "es": (
                r"autis(?:mo|ta)s?|(?:síndrome|trastorno)s?(?: del?)?(?: \w+)?|asperger|TDAH|bipolar(?:es)?"
                r"|depresi(?:ón|v~)|deprimid~"
                r"|suicid\w*|autolesi\w*|se (?:corta|cortaba|quema|lastima)|esquizofreni\w*"
                r"|psic(?:osis|ótic~|ológic~|ólog~)|ansiedad"
                r"|diab(?:etes|étic~)|epil\w*|convulsion(?:es)?|asma(?:tic~)?|diagn[oó]stic\w*|psiquiatr\w*"
                r"|psiqui[áa]tric\w*|salud mental"
                r"|enfermedad(?:es)? mental(?:es)?|retras~ mental(?:es)?"
                r"|retraso (?:mental|cognitivo|del desarrollo)|minusválid~"
                r"|medicament\w*|medicad~|medicación|(?:necesita|toma|sin) (?:sus? )?(?:medicinas?|pastillas)"
                r"|insulina|inhalador(?:es)?"
                r"|VIH|(?-i:SIDA)|(?:necesidades|educación) especial(?:es)?|discapacidad(?:es)?|discapacitad~"
                r"|anorexi\w*|bulimi\w*|terapia|terapeutas?"
                r"|sobredosis|rehabilitación|desintoxicación"
            ),
        },
        why={
            "en": "It tells a diagnosis or treatment. Strangers do not need it to recognize the child.",
            "es": "Revela un diagnóstico o tratamiento. No hace falta para reconocer a la niña o al niño.",
        },
        instead={
            "en": ((r".*(?:medic|insulin|inhaler|meds|pills|epi-?pen).*", "may need help soon"),),
            "es": ((r".*(?:medic|insulin|inhalador|pastilla).*", "puede necesitar ayuda pronto"),),
        },
    ),
    Rule(
        code="pregnancy",
        patterns={
            "en": (
                r"pregnan\w+|expecting(?: (?:a baby|a child|mother|twins))?|expectant|unborn"
                r"|(?:young|teen|teenage|new) mo(?:ther|m)s?"
                r"|mother[- ]to[- ]be|baby bump|is due in|months along|prenatal|miscarr\w*|abortions?|gave birth"
                r"|🤰|🫃|🫄|🤱"
            ),
            "es": (
                r"embaraz\w+|encinta"
                r"|(?:espera|esperan|esperando|va a tener|tendrá) (?:un |una |su )?(?:bebé|hij~)"
                r"|va a ser (?:mamá|madre)"
                r"|(?:futura|joven) (?:mamá|madre)|(?:mamá|madre)s? (?:adolescente|joven)s?|gestantes?|gestación"
                r"|preñad~|prenatal|dio a luz|abort(?:o|ó|ar)"
            ),
        },
        why={
            "en": "It tells a pregnancy.",
            "es": "Revela un embarazo.",
        },
    ),
    Rule(
        code="trafficking",
        patterns={
            "en": (
                r"(?:(?:human|sex|child|labor)[- ]*)?traffick\w*"
                r"|sex(?:ual)?(?:ly)?[- ]*(?:exploit\w*|abus\w*|assault\w*|work\w*|trade)"
                r"|exploit(?:ed|ation|ing|ers?|s)|prostitut\w*|pimp(?:s|ed|ing)?|(?<!ford )escort(?:s|ing)?"
                r"|(?<!pet )(?<!dog )groom(?:ing|ed)"
                r"|s(?:old|elling|ells) (?:for sex|by|herself|himself|her body)|(?:commercial|survival) sex"
                r"|sextort\w*|porn(?:o\w*|hub)?|CSEC|" + _NO_CREW_CUT + r"rape|raped"
                r"|molest\w*|abused|incest\w*"
            ),
            "es": (
                r"(?<!se )trata(?: de (?:personas|blancas|menores|mujeres|niñ~))?(?! de )|tratantes?|traficad~"
                r"|tráfico (?:humano|sexual|de (?:personas|menores|niñ~))"
                r"|explota(?:ción|d~|dor\w*)(?: sexual)?|abus(?:os?|ad~|an|ó|aron|ador\w*)(?: sexual\w*)?"
                r"|prostitu\w*|proxenetas?|padrotes?"
                r"|viol(?:ad~|ación|aciones|ó|aron)|vendid~|pornogra\w*|sextorsión|acoso sexual|incesto"
            ),
        },
        why={
            "en": "It tells a suspicion of abuse. It follows the child for life and warns whoever is with her.",
            "es": "Revela una sospecha de explotación o abuso. La acompaña de por vida y avisa a quien esté con ella.",
        },
        instead={
            "en": ((r".*", "may be in danger"),),
            "es": ((r".*", "puede estar en peligro"),),
        },
    ),
    Rule(
        code="immigration",
        patterns={
            "en": (
                r"undocument\w*|illegal(?:s|ly)?(?: (?:immigrant|alien)s?)?|immigra\w+|migrants?"
                r"|asylum(?: seekers?)?|asylees?|refugees?|deport\w*"
                r"|visas?(?! (?:gift|card|debit|credit))|border (?:crosser|patrol)s?|cross(?:ed|ing) the border"
                r"|unaccompanied minors?|(?-i:UAC)"
                r"|(?-i:ICE)(?! (?:RINK|ARENA|CREAM|HOCKEY|SKAT|FISHING|HOUSE|PALACE|CENTER))"
                r"|ice (?:agents?|detention|custody|hold|raids?)"
                r"|green cards?|DACA|(?:no|without|without legal) papers|smuggl\w*"
                r"|(?:non-?|not (?:a |an )?(?:US |american )?)citizens?|citizenship|work permit"
            ),
            "es": (
                r"indocumentad~|ilegal(?:es|mente)?|in?migra(?:ntes?|ción|tori~)|migrantes?|asilo(?! de ancianos)"
                r"|asilad~|refugiad~|deporta\w*"
                r"|sin (?:papeles|documentos)|visados?|la migra|menor(?:es)? no acompañad~|cruz\w+ la frontera"
                r"|patrulla fronteriza"
            ),
        },
        why={
            "en": "It tells an immigration status.",
            "es": "Revela una situación migratoria.",
        },
    ),
    Rule(
        code="tribe",
        patterns={
            "en": (
                r"native americans?|american indians?|indian (?:child(?:ren)?|girl|boy|teen|youth|woman|man)s?"
                r"|alaska natives?|indigenous|first nations?"
                r"|native (?:girl|boy|teen|youth|child(?:ren)?|kid|woman|man|female|male|descent|heritage"
                r"|ancestry)s?|(?-i:ICWA)|two[- ]spirit"
                r"|tribal[- ](?:members?|citizens?|ids?|enrollment|descent)|enrolled (?:tribal )?members?"
                r"|full[- ]blood\w*"
                r"|enrolled (?:in|with) (?:the )?[\w' ]{0,40}(?:nation|tribe|band|pueblo)"
                r"|(?:member|citizen|child|daughter|son|girl|boy)s? (?:of|from) (?:the |a )?[\w' ]{0,40}(?:nation"
                r"|tribe|band|pueblo)"
            ),
            "es": (
                r"nativ~ american~|indi~ american~"
                r"|(?:niñ~|joven|jóvenes|muchach~|mujer|menor) (?:nativ~|indi~|originari~)|indígenas?"
                r"|aborigen(?:es)?"
                r"|pueblos? originarios?|(?:miembros?|hij~|niñ~) de (?:la|una) (?:tribu|banda)"
                r"|inscrit~ en (?:la|una) tribu"
                r"|(?:de|miembro de) la nación [\w' ]{1,40}"
            ),
        },
        why=_NATION_WHY,
    ),
    Rule(
        code="tribe",
        patterns={
            "en": (
                r"reservations?|(?:the )?rez|navajos?|cherokees?|choctaws?|chickasaws?|lakotas?|nakotas?|sioux"
                r"|ojibw[ae]y?s?|chippewas?|anishinaabe\w*"
                r"|apaches?|hopi|zuni|iroquois|haudenosaunee|blackfeet|arapahos?|comanches?|kiowas?|seminoles?"
                r"|muscogee|potawatomi|menominee|ho-?chunk"
                r"|hidatsa|arikara|assiniboine|shoshone|paiutes?|yakama|tohono o'odham|lumbee|tlingit|haida"
                r"|yup'?ik|inupiat|inuit|athabascan|osage|pawnee"
                r"|(?:(?<!north )(?<!south )dakota|crow|creek|cree|cheyenne|mandan|mohawk|oneida|seneca|pueblo"
                r"|ute) (?:girl|boy|teen|youth|child|woman|man|nation|tribe|indian|descent|heritage)"
            ),
            "es": (r"reservación(?:es)?|reserva india"),
        },
        why=_NATION_WHY,
        not_in=_PLACES,
    ),
    Rule(
        code="blame",
        patterns={
            "en": (
                r"run[- ]*a[- ]*ways?|run(?:s|ning)?[- ]*(?:away|off)(?: (?:before|again|often))?"
                r"|ran (?:away|off)(?: (?:before|again))?|(?<!\b4[- ])runner"
                r"|ran (?:before|(?:from|out of) (?:her |his |their |the )?home)|AWOL|abscond\w*"
                r"|elop(?:e|ed|es|ing|ement)|fugitives?|escap(?:ed|es|ing|ees?)"
                r"|t(?:ook|akes|aking) off(?! (?:her|his|their|the|a) )|s(?:nuck|neaked|neaks) (?:out|off|away)"
                r"|bolted from|skipp(?:ed|ing) (?:town|school|class)|truan\w*"
                r"|habitual(?:ly)?(?! residence)|chronic(?:ally)?"
                r"|frequent(?:ly)? (?:missing|runs?|leaves|fl[yi]er)|often (?:runs|leaves)"
                r"|repeat(?:ed(?:ly)?)?[- ]\w*runn?\w*"
                r"|(?:gone|missing) (?:missing )?(?:before|again)"
                r"|(?:done|did|does) (?:this|that|it) (?:before|again|often|a lot|all the time)"
                r"|(?:always|usually|often) (?:comes|came|returns|goes) (?:back|home)"
                r"|history of (?:running|leaving|going missing|elop\w+|drug\w*)"
                r"|left (?:voluntarily|willingly|by choice|(?:on|of) (?:her|his|their) own(?: (?:accord|free will"
                r"|will))?)|(?:on|of) (?:her|his|their) own (?:accord|(?:free )?will)"
                r"|chose to (?:leave|run)|voluntarily missing|lifestyles?|promiscu\w+"
                r"|drug[- ]*(?:use|users?|using|abuse\w*|addict\w*|problem|history|deal\w*)"
                r"|(?:on|uses|using|does|doing|into) drugs|substance[- ]*(?:use|abuse|user|misuse)"
                r"|addict(?:s|ed|ions?)?|alcohol(?:ics?|ism| (?:use|abuse|problem))|drunk(?:en)?"
                r"|intoxicat\w*|stoned|high on \w+|meth(?:amphetamines?)?|fentanyl|heroin|cocaine|opioids?"
                r"|marijuana|cannabis|smok(?:es|ing) (?:weed|pot)|smokes(?! poutinerie)|vapes|vaping"
                r"|gangs?(?:[- ](?:members?|affiliat\w*|related|activity))?|gangsters?|trouble(?:d|[- ]?makers?)"
                r"|problem child(?:ren)?|delinquen\w*|out of control|rebellious"
                r"|defian\w*|attention[- ]seek\w*|non[- ]*complian\w*"
                r"|refus(?:ed|es) to (?:come|go|return|stay|follow|obey|comply|cooperate)|disobey\w*|misbehav\w*"
                r"|(?:bad|wrong) (?:crowd|influence|behaviou?r)|juvenile (?:record|offender|justice)"
                r"|probation(?: officer)?|parole(?! (?:elementary|park|plaza|road|street|town)\b)"
                r"|(?:has|had|with) (?:a |an )?(?:\w+ )?warrants?"
                r"|(?:arrest|bench|outstanding|active|open) warrants?|warrants? (?:for (?:her|his|their)|out)"
                r"|criminal (?:record|history)|suspect(?:ed)? of|shoplift\w*|(?:her|his|their) own fault|🏃"
            ),
            "es": (
                r"fug(?:ad~|itiv~|as?|arse|arte|ó)"
                r"|se (?:ha |había |han )?(?:fug\w+|escap\w+|huy\w+|huid~)(?: (?:antes|otra vez|de nuevo"
                r"|de (?:la |su )?casa))?"
                r"|(?:suele|acostumbra(?: a)?|quiso|intentó|volvió a|vuelve a) (?:fugar|escapar|huir|irse?)(?:se)?"
                r"|huy(?:ó|e|en|eron|endo)(?: (?:antes|otra vez|de (?:la |su )?casa))?|huir|huid~"
                r"|pr[óo]fug~|escap(?:ad~|ó|aron|arse|ar)|reincidentes?"
                r"|(?<!residencia )habitual(?:es|mente)?(?! residence)"
                r"|otras veces|siempre (?:regresa|vuelve)|ya (?:lo|se) (?:ha |había )?(?:hizo|hecho|ido|fue)"
                r"|antecedentes(?: penales)?"
                r"|se (?:fue|ha ido|marchó) (?:por su (?:propia )?(?:cuenta|voluntad)|voluntariamente|de (?:la "
                r"|su )?casa)|voluntariamente|por (?:su )?(?:propia )?voluntad(?: propia)?"
                r"|estilos? de vida|promiscu~|drog(?:a|as|ad~|adict~)|usa drogas"
                r"|consum(?:o|e|ía) (?:de )?(?:drogas|sustancias|alcohol|marihuana)"
                r"|abuso de (?:sustancias|drogas|alcohol)"
                r"|adict~|adicci(?:ón|ones)|alcoh[óo]lic~|alcoholismo|borrach~|ebri~|intoxicad~|mari[hg]uana"
                r"|metanfetaminas?|cocaína|fentanilo|fuma"
                r"|pandiller~|pandillas?|problem[áa]tic~|delincuen\w+|rebeld(?:es?|ía)|desobedientes?"
                r"|fuera de control|libertad condicional|[óo]rden(?:es)? de (?:arresto|aprehensión)"
                r"|mal(?:as?|os?)? (?:compañías?|conducta|comportamiento|influencias?)"
                r"|falt(?:ó|a) a (?:la )?(?:escuela|clases?)"
            ),
        },
        why={
            "en": "It blames the child. People look less for a child they are told to blame.",
            "es": "Culpa a la niña o al niño. La gente busca menos a quien le dicen que tiene la culpa.",
        },
        instead={
            "en": (
                (r"(?:is |are )?(?:a )?(?:run[- ]*a[- ]*ways?|runner|fugitives?)", "missing"),
                (
                    (
                        r"ran .*|runs .*|running .*|left .*|chose to leave|abscond\w*|elope[ds]?|AWOL|t(?:ook|akes) off"
                        r"|s(?:nuck|neaked) .*|escaped"
                    ),
                    "is missing",
                ),
            ),
            "es": (
                (r"fugad~|huid~|escapad~|pr[óo]fug~|fugitiv~", "persona desaparecida"),
                (r"se .*|huy(?:ó|eron).*|escap(?:ó|aron)", "falta"),
            ),
        },
        is_blame=True,
        not_in=frozenset({"name"}),  # Two Runner, Runs Off Medicine, Parole: nobody is blamed for a name
    ),
)

# What a law may demand all the same. No law demands that a child be blamed, a number of nobody, or a vague time.
DEMANDABLE = tuple(dict.fromkeys(rule.code for rule in RULES if not rule.is_blame))
