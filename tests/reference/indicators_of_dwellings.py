"""Services, slums and the internet, one person at a time: see indicators.py beside this file.

asked: the variables of the sample, with "straddling" where its water and sanitation are told only as piped
or not, and with a sewer or septic tank or not.
"""

from __future__ import annotations

Person = dict[str, object]

UNKNOWN = ("unknown", None)
SILENT = (*UNKNOWN, "not_applicable")


def housed(person: Person, asked: set[str]) -> bool:
    return "living_quarters" not in asked or person["living_quarters"] == "private_household"


def answer(person: Person, variable: str, *good: str) -> str:
    if person[variable] in SILENT:
        return "left_out"
    return "yes" if person[variable] in good else "no"


def water(person: Person, asked: set[str]) -> str:
    source = person["water_source"]
    if source in SILENT:
        return "left_out"
    if source == "improved_on_premises":
        return "yes"
    if "water_time_minutes" not in asked:
        return "yes" if source in ("improved_off_premises", "improved_unspecified") else "no"
    time = person["water_time_minutes"]
    if time is None:
        return "left_out"
    if time == "not_applicable":
        if source == "improved_unspecified":  # not asked, so on the premises
            return "yes"
        return "left_out" if source == "improved_off_premises" else "no"
    if source in ("unimproved", "surface"):
        return "no"
    return "yes" if time <= 30 else "no"


def service(of_the_person):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        return of_the_person(person, asked) if housed(person, asked) else "outside"

    return judge_one


def sanitation(person: Person, asked: set[str]) -> str:
    return answer(person, "sanitation", "improved_not_shared", "improved_unspecified")


def electricity(person: Person, asked: set[str]) -> str:
    return answer(person, "electricity", "yes")


def cooking(person: Person, asked: set[str]) -> str:
    return answer(person, "cooking_fuel", "clean")


def internet(person: Person, asked: set[str]) -> str:
    return answer(person, "internet", "yes")


def all_asked(person: Person, asked: set[str]) -> str:
    results = []
    if "water_source" in asked and "straddling" not in asked:
        results.append(water(person, asked))
    if "sanitation" in asked and "straddling" not in asked:
        results.append(sanitation(person, asked))
    if "electricity" in asked:
        results.append(electricity(person, asked))
    if "cooking_fuel" in asked:
        results.append(cooking(person, asked))
    if "internet" in asked:
        results.append(internet(person, asked))
    if "left_out" in results:
        return "left_out"
    return "no" if "no" in results else "yes"


def piped(person: Person, asked: set[str]) -> str:
    return answer(person, "water_source", "piped")


def sewer(person: Person, asked: set[str]) -> str:
    return answer(person, "sanitation", "sewer_or_septic")


def step_of_water(person: Person, asked: set[str]) -> str:
    """basic, limited, unimproved or surface: each person is on one step, or left out of all of them."""
    found = water(person, asked)
    if found == "left_out":
        return "left_out"
    if found == "yes":
        return "basic"
    source = person["water_source"]
    return str(source) if source in ("unimproved", "surface") else "limited"


def on_the_step(wanted: str):
    def judge_one(person: Person, asked: set[str]) -> str:
        step = step_of_water(person, asked)
        return step if step == "left_out" else "yes" if step == wanted else "no"

    return service(judge_one)


def one_of(variable: str, *good: str):
    return service(lambda person, asked: answer(person, variable, *good))


def internet_use(person: Person, asked: set[str], floor: int) -> str:
    if "internet_use" not in asked:
        return service(internet)(person, asked, floor)
    if person["internet_use"] == "not_applicable":
        return "narrowed"
    return answer(person, "internet_use", "yes")


def lacks_water(person: Person) -> str:
    return answer(person, "water_source", "unimproved", "surface")


def lacks_sanitation(person: Person) -> str:
    return answer(person, "sanitation", "unimproved", "open_defecation")


def lacks_area(person: Person) -> str:
    rooms, persons = person["rooms"], person["household_size"]
    if rooms in SILENT or persons in SILENT:
        return "left_out"
    return "yes" if persons > 3 * rooms else "no"


def lacks_structure(person: Person, asked: set[str]) -> str:
    found = [
        answer(person, name, "non_durable")
        for name in ("wall_material", "roof_material", "floor_material")
        if name in asked
    ]
    if "left_out" in found:
        return "left_out"
    return "yes" if "yes" in found else "no"


def lacks_tenure(person: Person) -> str:
    return answer(person, "secure_tenure", "no")


def slum(person: Person, asked: set[str]) -> str:
    found = []
    if "water_source" in asked and "straddling" not in asked:
        found.append(lacks_water(person))
    if "sanitation" in asked and "straddling" not in asked:
        found.append(lacks_sanitation(person))
    if "rooms" in asked and "household_size" in asked:
        found.append(lacks_area(person))
    if asked & {"wall_material", "roof_material", "floor_material"}:
        found.append(lacks_structure(person, asked))
    if "secure_tenure" in asked:
        found.append(lacks_tenure(person))
    if "left_out" in found:
        return "left_out"
    return "yes" if "yes" in found else "no"


def in_towns(of_the_person):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if not housed(person, asked) or person["urban_rural"] != "urban":
            return "outside"
        return of_the_person(person, asked)

    return judge_one


JUDGES = {
    ("7.1.1", "electricity"): service(electricity),
    ("1.4.1", "electricity"): service(electricity),
    ("1.4.1", "basic_water"): service(water),
    ("1.4.1", "basic_sanitation"): service(sanitation),
    ("1.4.1", "clean_cooking"): service(cooking),
    ("1.4.1", "internet"): service(internet),
    ("1.4.1", "all_asked"): service(all_asked),
    ("1.4.1", "piped_water"): service(piped),
    ("1.4.1", "sewer_or_septic"): service(sewer),
    ("6.1.1", "basic_water"): service(water),
    ("6.1.1", "limited_water"): on_the_step("limited"),
    ("6.1.1", "unimproved_water"): on_the_step("unimproved"),
    ("6.1.1", "surface_water"): on_the_step("surface"),
    ("6.2.1", "basic_sanitation"): service(sanitation),
    ("6.2.1", "limited_sanitation"): one_of("sanitation", "improved_shared"),
    ("6.2.1", "unimproved_sanitation"): one_of("sanitation", "unimproved"),
    ("6.2.1", "open_defecation"): one_of("sanitation", "open_defecation"),
    ("6.2.1", "handwashing"): one_of("handwashing", "basic"),
    ("11.1.1", "slum"): in_towns(slum),
    ("11.1.1", "lacking_water"): in_towns(lambda person, asked: lacks_water(person)),
    ("11.1.1", "lacking_sanitation"): in_towns(lambda person, asked: lacks_sanitation(person)),
    ("11.1.1", "lacking_living_area"): in_towns(lambda person, asked: lacks_area(person)),
    ("11.1.1", "lacking_durable_structure"): in_towns(lacks_structure),
    ("11.1.1", "lacking_secure_tenure"): in_towns(lambda person, asked: lacks_tenure(person)),
    ("17.8.1", "internet_use"): internet_use,
}
