"""Words that are no terms of a policy: too vague as a modifier, too general as a noun, units and dates.

General English, gathered by frequency and by reading lists of rejected candidates of many texts; no word is there
for the sake of one document.
"""

from extraction.lexicon import word_set

VAGUE = word_set("""
    own other such same certain particular specific general various several many much more most few fewer less least
    first second third next last new old good bad big great high higher low lower large small long short full entire
    whole main major minor able available possible likely actual real true relevant appropriate applicable necessary
    reasonable following above below additional further different similar single only any every each all both either
    neither another some usual normal common current recent early late proper right wrong clear sure total like many
    respective said extra prior above-mentioned due overall simple ordinary few best better sole mere
    subject worth top key open free ready requested required concerned given possible non- underlying intended obvious
    genuine careful honest serious immediate
    competent effective suitable adequate sufficient essential important significant substantial considerable
    meaningful consistent swift prompt timely undue excessive existing remaining previous future envisaged aforesaid
    foregoing aforementioned corresponding alleged potential eventual exact precise broad wide narrow special unable
    unless additional latter preceding subsequent contrary opposite equal equivalent comparable
    homogenous homogeneous strong weak hard easy difficult quick slow brief lengthy day-to-day ongoing so-called
    ultimate initial original primary principal particular numerous multiple countless enough extensive limited
    happy glad sorry afraid aware unaware responsible interested affected alike alone together afterwards
    named listed described mentioned stated specified defined set forth hereby herein thereof
    """)
"""Modifiers that say nothing of what the thing is."""

GENERIC = word_set("""
    thing way kind sort type lot bit case example instance fact point matter issue question answer part side end
    beginning something anything everything nothing someone anyone everyone somebody anybody everybody nobody one ones
    other others number amount level degree extent manner respect basis order set range variety aspect purpose reason
    effect result use need help hand eye mind place time day today tomorrow yesterday moment line page section
    paragraph clause article chapter item piece half rest total most more less none such same self other people
    something circumstance situation condition event course sense view rule the who what which it they we you i he she
    doubt chance idea possibility look go start well good best bottom top step table figure note heading title list
    following above below majority minority maximum minimum
    accordance addition advance absence presence behalf regard regards existence necessity likelihood difference
    relation connection context light fault remainder provision subparagraph subsection annex
    recital appendix conjunction consideration hold writing word sake favor favour turn bulk lack ease scope
    combination exercise occurrence instance means capacity nature character feature factor element
    component category class standpoint approach feeling sequence series step
    steps position concern outcome consequence implication impact prejudice detriment conformity
    pursuit furtherance virtue spirit majority plus minus bullet meaning interpretation
    extent deal stage phase round go-ahead try attempt effort moment beginning onset outset
    middle front back top center centre edge corner area field domain sphere realm world universe life
    thanks please hello yes no ok okay etc e.g i.e sic ibid supra infra topic subject
    inc ltd llc gmbh plc corp
    concept principle theory importance relevance significance suitability appropriateness usefulness adequacy
    effectiveness efficiency reality truth lie trouble difficulty challenge
    disadvantage drawback difference similarity instance attribute characteristic trait
    """)
"""Nouns that name nothing when they stand alone."""

PARTITIVES = word_set("""
    kind sort type lot bit number amount range variety set piece part half rest total majority minority share portion
    percentage couple pair series all any each some many most few none one another both either neither form category
    class example instance case degree level
    """)
"""Nouns that count or sort the noun behind "of"."""

DATES = word_set("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """)
UNITS_OF_MONEY = word_set("usd eur gbp chf percent % dollar euro pound cent")
UNITS_OF_SIZE = word_set(
    "hundred thousand million billion dozen second minute hour day week month year time litre liter metre meter kilometre centimetre digit gram kilogram ton "
    "case percent character byte mb gb kb calendar mile page word case times fold"
)
LEMMAS = {
    "datum": "data",
    "medium": "media",
    "premise": "premises",
    "good": "goods",
    "staffs": "staff",
    "proceeding": "proceedings",
    "cooky": "cookie",
    "mean": "means",
    "saving": "savings",
    "thank": "thanks",
    "ethic": "ethics",
    "custom": "customs",
    "earning": "earnings",
}
"""What the lemmatiser's rules get wrong, and plurals that are words of their own."""
