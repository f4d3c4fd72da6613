"""The work of the processes, piece by piece, and whether a tenant would pay for it."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import ActivityId, ProcessId
from missionkit.domain.process import Activity, ValueClass
from missionkit.samples.tables import rows

CLASSES: Final = {
    "value": ValueClass.VALUE_ADDED,
    "needed": ValueClass.NECESSARY,
    "waste": ValueClass.WASTE,
}

# process | activity | value, needed or waste | hours that pass | hours of work
ACTIVITIES: Final = """
mission-management | Hear stakeholders | value | 240 | 60
mission-management | Set goals and objectives | value | 160 | 48
mission-management | Look at results each quarter | needed | 24 | 16
mission-management | Hold the strategic review | needed | 40 | 32
resource-management | Plan cash and loans | needed | 80 | 30
resource-management | Commit people and money | needed | 40 | 6
resource-management | Report to lenders | needed | 60 | 20
people-development | Find and choose people | needed | 320 | 36
people-development | Teach and coach | value | 80 | 60
people-development | Talk about growth | value | 2 | 2
data-care | Check a record against the home | needed | 4 | 1
data-care | Copy records between two systems | waste | 1 | 0.3
data-care | Send returns to the regulator | needed | 40 | 24
demand-creation | Count who needs which homes | value | 160 | 50
demand-creation | Agree nominations with the council | needed | 40 | 8
lettings | Inspect the home that falls empty | needed | 24 | 2
lettings | Make the home fit to let | value | 336 | 31
lettings | Match the home and the household | value | 72 | 3
lettings | Show the home and sign | value | 48 | 4
development | Find and test land | needed | 1400 | 120
development | Design with tenants and the council | value | 2200 | 400
development | Obtain permission and money | needed | 4300 | 260
development | Build and hand over | value | 10800 | 5200
events | Plan and staff the stand | needed | 300 | 210
demand-fulfillment | Listen to tenants each month | value | 160 | 24
demand-fulfillment | Balance work between teams | needed | 8 | 4
repairs | Understand what is broken | value | 0.3 | 0.2
repairs | Agree day and hour | value | 0.1 | 0.1
repairs | Repair | value | 3 | 2.1
repairs | Come a second time for a part | waste | 168 | 1.4
repairs | Ask whether it is done | needed | 48 | 0.1
building-safety | Arrange the visit | needed | 240 | 0.3
building-safety | Check | value | 1 | 0.8
building-safety | Put right what was found | value | 72 | 2.5
building-safety | Keep the certificate | needed | 1 | 0.2
home-upgrades | Survey the street | needed | 400 | 3
home-upgrades | Agree colors and dates with tenants | value | 160 | 1.5
home-upgrades | Insulate, ventilate and renew windows | value | 80 | 96
home-upgrades | Measure warmth and damp afterward | needed | 720 | 0.5
income | Send the rent account | needed | 1 | 0.05
income | Talk after the first missed rent | value | 120 | 0.6
income | Agree a plan and claim what is due | value | 48 | 1.8
income | Go to court | waste | 1900 | 14
estates | Clean and light | value | 168 | 12
estates | Walk the estate with tenants | value | 3 | 2
estates | Visit new and supported tenants | value | 2 | 1.2
estates | Settle trouble between neighbors | value | 400 | 6
complaints | Take the complaint and thank | value | 1 | 0.4
complaints | Find out what went wrong | needed | 80 | 4
complaints | Answer and put it right | value | 40 | 3
complaints | Tell the process that failed | needed | 24 | 0.5
"""


def elements() -> Iterator[Element]:
    """Give the activities, numbered within their process."""
    counts: dict[str, int] = {}
    for process, name, value_class, passing, working in rows(ACTIVITIES):
        number = counts[process] = counts.get(process, 0) + 1
        yield Activity(
            id=ActivityId(f"{process}-{number}"),
            name=name,
            process=ProcessId(process),
            sequence=number,
            value_class=CLASSES[value_class],
            duration_hours=float(passing),
            effort_hours=float(working),
        )
