"""The words of policies that say what a sentence demands, of whom besides, when and with which exception.

Read from the sentence and not from a rule's frame: two documents that contradict each other seldom use one verb, and what
decides ("need not", "one is enough", "alone", "only by") often stands outside the frame.
"""

import re

LABEL = re.compile(r"^\s*(?:(?:[A-Z]{1,2}|§+)?\s?\.?\d+(?:\.\d+)*[.)]?|\([a-z0-9]{1,4}\)|[a-z]\))\s+(?=\S)")
"""A paragraph's label that stayed in its text."""
MODAL = r"(?:must|may|shall|should|can|cannot|will|need|needs|has to|have to|(?:is|are) (?:not )?to\b)"
_NOT = r"(?:must|may|shall|should|can|is to|are to|will)\s+(?:not|never|under no circumstances|in no case)\b|\bcannot\b|n['’]t\b"
EXCUSE = re.compile(
    r"\bneed(?:s)? (?:not|no)\b|\b(?:do|does|did) not (?:need|require|have)\b|\b(?:not|nobody|no one|none|no \w+) (?:is |are |be )?(?:obliged|required|"
    r"bound|necessary|compelled|expected)\b|\bexempt(?:ed)?\b|\bexcused?\b|\b(?:sufficient|suffices?|enough)\b|\b(?:there is )?no need\b|"
    r"\bunnecessary\b|\bdispense with\b|\bwaive[ds]?\b|\b(?:free|left) to decide\b|\bvoluntar(?:y|ily)\b|\boptional\b|"
    r"\b(?:is|are|be) (?:only )?(?:needed|required|necessary|due) only\b|\bno (?:\w+ ){1,4}(?:is|are) (?:needed|required|necessary|due)\b|"
    r"\b(?:needs?|requires?|ha(?:s|ve)) no\b|\bwithout (?:having|needing) to\b",
    re.IGNORECASE,
)
BAN = re.compile(
    rf"\b(?:{_NOT}|(?:forbidden|prohibited|banned|barred|disallowed|outlawed|inadmissible)\b|not (?:\w+ )?(?:be )?(?:allowed|permitted|acceptable|admitted|"
    rf"tolerated|welcome)\b|off limits\b|(?:nobody|no one|none|neither|no (?!later|longer|more|less|need)\w+)\b[^,;.]{{0,60}}?\b{MODAL}\b|"
    r"(?:is|are) not (?!\w+ly\b|required|obliged|needed|necessary|due|bound|a\b|an\b|the\b|to\b|only\b)\w+(?:ed|en|t|de|ne|un|ld|pt|id)\b|under no circumstances\b|in no case\b|never\b|refrain\b|out of bounds\b)|^no (?!later|longer|more|less)\w+",
    re.IGNORECASE,
)
LEAVE = re.compile(
    r"\b(?:may|can|could|might|(?:is|are|be) (?:\w+ly )?(?:allowed|permitted|authori[sz]ed|entitled|welcome|free|fine|acceptable|admitted|in order)|"
    r"allows?|permits?|decides?|tolerated|will do\b|is (?:fine|normal|all right|okay|usual|nothing to)|at (?:his|her|their|its) discretion)\b",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"\b(?:only|solely|exclusively|nobody but|no one but|none but|no one other than|by no (?:other|one else|body else)|(?:and|but) (?:no one|nobody|by nobody|by no one) else|reserved (?:for|to)|alone (?:is|are) (?:allowed|permitted|entitled))\b|\bunless and until\b",
    re.IGNORECASE,
)
DUTY = re.compile(
    r"\b(?:must|shall|should|has to|have to|ought to|(?:is|are) to\b|obliged|required|requires?|needs?|mandatory|compulsory|obligatory|"
    r"subject to|necessary|responsible for|bound to|due)\b",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"\b(?:alone|single-?handed(?:ly)?|by (?:himself|herself|themselves|itself)|on (?:his|her|their|its) own\b(?! \w+s?\b(?! (?:if|when)))|unaccompanied|unsupervised|"
    r"unattended|a single|one (?:person|employee|colleague|member)|"
    r"without (?:(?:a|an|any|the|another) )?(?:second|other|further|involving|asking|consulting|supervision|supervisor|escort|company|help|witness|colleague|adult|"
    r"person|somebody|anybody|being))\b",
    re.IGNORECASE,
)
JOINT = re.compile(
    r"\b(?:two|three|second|different persons|different people|another|both|together|jointly|in the presence of|accompanied|supervis\w+|"
    r"witness\w*|countersign\w*|approv\w+|consent|authori[sz]ation|permission|agreement|sign(?:ed)? off|asked?)\b",
    re.IGNORECASE,
)
_ASK = r"(?:approv\w+|consent\w*|permission|authori[sz]\w+|agree[sd]?|agreement|asked|asking|sign(?:ed|ing|s)? off|countersign\w*|consult\w*|involv\w+|supervis\w+|informing)"
ASKS = re.compile(rf"\b{_ASK}\b", re.IGNORECASE)
"""What makes an act depend on somebody else's word."""
WAIVES = re.compile(
    rf"\bwithout\b[^,;.]{{0,40}}?\b{_ASK}\b|\b(?:need not|do(?:es)? not (?:need|have to|require)|no|not)\b[^,;.]{{0,40}}?\b{_ASK}\b|\bwithout asking\b",
    re.IGNORECASE,
)
"""What says that nobody's word is needed."""
ENOUGH = 4
"""Content words without which a part of a sentence does not say what it is about."""
VERB = re.compile(
    rf"\b{MODAL}\s+(?:not\s+|never\s+|only\s+|always\s+|also\s+|be\s+|\w+ly\s+|in no case\s+|at any time\s+|obliged to\s+|required to\s+|allowed to\s+|permitted to\s+)*(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_OPENS = (
    r"if|when|whenever|while|where|wherever|once(?! (?:a|per|every)\b)|after|before|during|until|outside (?=the |of |these |those )|provided|as long as|so long as|in case|in the event|"
    r"with (?:the|prior|written|his|her|their)"
)
_WHEN = (
    r"(?:(?:at|on|over) )?(?:the )?weekends?|on (?:public holidays?|weekdays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)|in (?:january|february|march|april|may|"
    r"june|july|august|september|october|november|december|spring|summer|autumn|winter|an emergency|emergencies)|at night|overnight|"
    r"at the (?:start|end|close|beginning) of (?:the )?\w+|in the (?:morning|afternoon|evening)s?|"
    r"(?:from|between|after|before|until) \d[\d.:]*(?: ?[ap]\.?m\.?)?(?: (?:to|and|until) \d[\d.:]*)?(?: ?[ap]\.?m\b\.?)?"
)
_REST = r"(?:(?!\s(?:is|are) (?:\w+ly )?(?:not )?(?:prohibited|forbidden|banned|allowed|permitted|subject to|required)\b)[^,;.]|(?<=\d)[,.](?=\d))*"
CASE = re.compile(rf"(?:^|,\s*|\s)(?P<case>(?:only )?(?:(?:{_WHEN})(?!\w)|(?:{_OPENS})\b{_REST}))", re.IGNORECASE)
NORM_BEGINS = re.compile(
    rf";\s*|,\s+(?:and|but|or)\s+(?=(?:[\w'’-]+\s+){{1,6}}?{MODAL}\b)|(?<=[a-z])\.\s+(?=[A-Z])", re.IGNORECASE
)
"""Where another norm of the sentence begins; "cash and vouchers must not" is one."""
EXCEPTION = re.compile(
    r"[,(]?\s*\b(?:except(?:ing|ed)?(?: for| where| when| if| that)?|unless|other than|apart from|save(?: for| where)?|but not|with the exception of|"
    r"excluding|nobody but|no one but)\b\s*(?P<exception>[^;.]*)",
    re.IGNORECASE,
)
STANCE_WORDS = re.compile(
    rf"\b(?:{MODAL}|not|never|nobody|no one|no|only|be|been|is|are|to|allowed|permitted|forbidden|prohibited|required|requires?|obliged|entitled|exempt|any|"
    r"every|each|all|always|strictly|the|an?)\b",
    re.IGNORECASE,
)

SLOT = re.compile(
    r"\b(?P<slot>in|inside|into|at|on|near|over|across|through|via|along|onto|(?<!up )to|towards|from|for|with|by|about|of)\s+(?P<words>[^,;.]*?)(?=\s+(?:in|inside|into|at|on|near|over|across|through|via|along|onto|to|towards|from|for|with|by|about|of|who|which|that)\b|[,;.]|$)",
    re.IGNORECASE,
)
KINDS = {
    "to": "to",
    "towards": "to",
    "from": "from",
    "for": "for",
    "with": "with",
    "by": "by",
    "about": "about",
    "of": "of",
}
"""What a preposition's phrase says; all others say where."""
