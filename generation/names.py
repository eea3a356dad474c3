"""Names of people, roles, places, teams, days and companies, from which the circumstances of a case are drawn.

The lists are the project's own and mix origins and genders, so that no name or place cues an answer.
"""

WOMEN = (
    "Priya", "Ana", "Ingrid", "Mei", "Fatou", "Elena", "Noor", "Hannah", "Lucia", "Aiko", "Zanele", "Marta", "Leila",
    "Sofie", "Carmen", "Yara", "Olga", "Ruth", "Amara", "Beatriz", "Chloe", "Dilnoza", "Esther", "Farah", "Greta",
    "Hye-jin", "Isabel", "Jana", "Keiko", "Lena", "Malin", "Nadia", "Oksana", "Paula", "Renata", "Sunita", "Teresa",
    "Uma", "Vera", "Wanjiru", "Xenia", "Ylva", "Zoe",
)  # fmt: skip
MEN = (
    "Marek", "Diego", "Kwame", "Jonas", "Hiro", "Samir", "Paolo", "Liam", "Tunde", "Viktor", "Andrei", "Ravi", "Omar",
    "Felix", "Thabo", "Mateus", "Erik", "Minh", "Ahmed", "Bruno", "Cedric", "Dong-hyun", "Emre", "Faisal", "Goran",
    "Henrik", "Ivan", "Jamal", "Karim", "Lars", "Moritz", "Nikhil", "Oscar", "Pedro", "Quentin", "Rashid", "Stefan",
    "Tomas", "Umar", "Victor", "Wei", "Yusuf",
)  # fmt: skip
EITHER = ("Alex", "Robin", "Kim", "Sam", "Noa", "Jules", "Charlie", "Toni", "Sasha", "Andrea", "Jamie", "Mika")
SURNAMES = (
    "Nair", "Kowalski", "Mensah", "Lindqvist", "Ferreira", "Haddad", "Okafor", "Novak", "Tanaka", "Moreau", "Silva",
    "Petrov", "Jansen", "Castillo", "Banerjee", "Weber", "Dlamini", "Rossi", "Nguyen", "Yilmaz", "Larsen", "Mbeki",
    "Costa", "Horvat", "Ivanova", "Schmidt", "Osei", "Park", "Romano", "Svensson",
)  # fmt: skip
ROLES = (
    "buyer", "project engineer", "sales representative", "accountant", "lab technician", "team lead", "process engineer",
    "product manager", "service technician", "analyst", "customer service clerk", "logistics planner", "designer",
    "quality inspector", "software developer", "office assistant", "key account manager", "maintenance planner",
    "recruiter", "floor supervisor", "trainee", "receptionist", "machine operator", "consultant in the sales team",
)  # fmt: skip
PLACES = (
    "Rotterdam", "Gdansk", "Lyon", "Porto", "Pune", "Osaka", "Austin", "Leeds", "Toronto", "Nairobi", "Valencia",
    "Graz", "Aarhus", "Perth", "Lima", "Busan", "Turin", "Ghent", "Bergen", "Cork", "Malmo", "Tampere", "Brno",
)  # fmt: skip
UNITS = (
    "the Lyon office", "the Gdansk plant", "the service desk", "the night shift", "the sales team", "purchasing",
    "the warehouse", "the finance team", "the assembly hall", "the Porto branch", "the test laboratory", "logistics",
    "the marketing team", "the Pune office", "the customer support team", "the project office", "the tool shop",
)  # fmt: skip
DAYS = (
    "last Monday", "on Tuesday", "last week", "yesterday", "on 4 March", "on 12 May", "in early June", "last Thursday",
    "on Friday afternoon", "two weeks ago", "on 21 September", "this morning", "in October", "last month",
    "on 9 February", "during the first week of April", "after lunch", "before the weekend", "after the weekend", "before lunch",
    "before the holidays", "after the holidays", "after a team meeting",
)  # fmt: skip
FUTURE = (
    "next week", "tomorrow", "on Friday", "next month", "on 3 July", "later this week", "in the coming days",
    "next Tuesday", "on 18 November", "before the end of the month", "this afternoon", "after lunch", "after the weekend",
    "before the weekend", "after a team meeting", "before the holidays",
)  # fmt: skip
COMPANIES = (
    "Halden Precision", "Brightwater Logistics", "Corvane Systems", "Odessa Freight", "Lumetra", "Northgate Supplies",
    "Pellworm Marine", "Sanviro", "Tessel Labs", "Kestrel Tooling", "Ostara Foods", "Vantor Media", "Quillon Partners",
)  # fmt: skip
