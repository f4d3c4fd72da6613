"""Organizations of so many processes, with long names, flows, roles and letters."""

import missionkit as mk

WORDS = (
    "Mission, vision and the direction of the whole",
    "Repairs",
    (
        "Agreeing with municipalities, insurers and interdepartmental"
        " representatives on who takes over the Donaudampfschifffahrtsgesellschaft"
    ),
    "WWWWWW MMMMMMM WORKS",
    "Обслуживание клиентов и жалобы",
    "受注から納品までの一連の業務",
    "Lettings & sales <of homes>",
)
ROLES = (
    "Process owner",
    "Performer of the work",
    "Coach",
    "Budget holder of the whole department and everything below",
    "Voice of the tenants",
    "Reviewer",
)


def organization(count: int, roles: int = 8) -> mk.Model:
    """Return a model with four families and *count* processes, most of them parts."""
    families = list(mk.ProcessFamily)
    with mk.draft("Many processes") as d:
        town = d.stakeholder("Town council and its committees")
        played = [
            d.role(f"{ROLES[at % len(ROLES)]} {at}", kind="owner")
            for at in range(roles)
        ]
        who = d.party("Somebody with a Name")
        tops: list[mk.Process] = []
        every = []
        for at in range(count):
            top = at < len(families)
            process = d.process(
                f"{WORDS[at % len(WORDS)]} {at}",
                family=families[at % 4],
                level="business" if top else "work",
                parent=None if top else tops[at % 4],
                critical=at % 3 == 0,
                purpose="To see that everybody who asks has an answer in time",
            )
            tops += [process] if top else []
            every.append(process)
            if at % 5:
                d.role_assignment(role=played[0], party=who, on=process)
        for at, process in enumerate(every):
            d.activity(f"Find out what is asked by whom {at}", process=process)
            other = every[(at * 7 + 1) % count]
            if other != process:
                d.flow(
                    f"{WORDS[(at + 2) % len(WORDS)]} {at}", source=process, target=other
                )
            if at % 6 == 0:
                d.flow(f"A lost letter {at}", source=process)
                d.flow(f"Answer {at}", source=process, target=town)
            for n, role in enumerate(played):
                letter = "RACISV"[(at + n) % 6]
                if (at + n) % 4 or n == 0:
                    d.responsibility(on=process, role=role, letter=letter)
    return d.model
