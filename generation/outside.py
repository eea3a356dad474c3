"""Questions that no policy answers: the kitchen, the weather, the football, and the small questions of an office."""

import random
from collections.abc import Iterator

from generation.drafts import Draft

_OF_TOWNS = (
    "Can you recommend a film that plays in {}?", "Who won the football match in {} yesterday?", "What will the weather be like in {} on Sunday?",
    "Which language do people speak in {}?", "How long is the flight to {}?", "Which team from {} plays tonight?", "How many people live in {}?",
    "Is there a park with a lake in {}?", "How tall is the highest tower in {}?", "Which train goes to {} in the morning?",
    "Write me a short poem about {}.", "Is it worth a visit to {} in winter?", "Which museum in {} is open on Mondays?",
)  # fmt: skip
_ALSO = (
    "How do I bake bread without yeast?", "Can you write a birthday song for my aunt?", "What is a good recipe for pumpkin soup?",
    "How do I get a coffee stain out of a shirt?", "Which plants grow well in a dark corner?", "How many moons does Jupiter have?",
    "Can you help me with my daughter's maths homework?", "What rhymes with orange?", "Who painted the ceiling of the Sistine Chapel?",
    "How do I teach a parrot to talk?", "Which exercises help against a stiff neck?", "How do I centre a heading in a text document?",
    "Why does the printer print every page twice?", "Can you think of a name for my kitten?", "How long do I have to boil an egg?",
    "What does the word serendipity mean?", "Which of the two chess openings is better for beginners?", "How do I change a bicycle tyre?",
    "Can you tell me a joke about penguins?", "What should I read on a long train journey?", "How do I fold a paper boat?",
    "When is the best time to plant tulips?", "How do I remember all the names at a party?", "How do I keep a cactus alive?",
    "Which film won most awards last year?", "How do I tune a ukulele?", "Is a tomato a fruit or a vegetable?", "How fast can a cheetah run?",
)  # fmt: skip
_NOT_OURS = (
    "The policy does not speak of this. I can help with questions about what the policy allows, forbids or requires.",
    "That lies outside the policy, so I have nothing to go by. Ask me about a rule or a case.",
    "I only answer questions about the policy, and it says nothing about this.",
    "No rule of the policy deals with that, so I cannot answer it from there.",
    "This is no matter for the policy. If you have a case that it may deal with, please tell me.",
)
_TOWNS = ("Lisbon", "Kyoto", "Tallinn", "Quito", "Oslo", "Accra", "Zagreb", "Hobart", "Calgary", "Hanoi")


def out_of_scope(rng: random.Random) -> Iterator[Draft]:
    """Questions outside any policy, those that name a town and the others mixed."""
    asks = [ask.format(town) for ask in _OF_TOWNS for town in _TOWNS]
    rng.shuffle(asks)
    others = rng.sample(_ALSO, len(_ALSO))
    for number, ask in enumerate(asks):
        own = [others[number]] if number < len(others) else []
        for question in [*own, ask]:
            yield Draft("out_of_scope", question, rng.choice(_NOT_OURS), None, (), (), "")
