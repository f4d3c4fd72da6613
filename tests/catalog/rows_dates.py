"""Rows 124 to 142: dates, times and rhythms."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import missionkit as mk
from tests.catalog.entry import Apart, Entry, Kept, Refused, document

WRONG = mk.InvalidValueError
DAY = "observations[0].at"
INSTANT = "approvals[0].at"
EVERY = "success_measures[0].frequency.every"
PINNED = {"of": "a", "digest": "0" * 64}


def observed(at: object, **fields: object) -> str:
    reading = {"id": "o", "measure": "m", "value": "1", "at": at, **fields}
    measure = {"id": "m", "name": "M"}
    return document(success_measures=[measure], observations=[reading])


def approved(at: str) -> str:
    approval = {"id": "x", "artifact": "a", "party": "p", "at": at, "digests": [PINNED]}
    return document(
        parties=[{"id": "p", "name": "P"}],
        artifacts=[{"id": "a", "title": "A"}],
        approvals=[approval],
    )


def instant(text: str) -> str:
    model = mk.loads(approved(text)).model
    return model.get(mk.Approval, "x").at.isoformat()


def approval(at: Any) -> mk.Approval:  # noqa: ANN401 - of the wrong type on purpose
    return mk.Approval(
        id=mk.ApprovalId("x"),
        artifact=mk.ArtifactId("a"),
        party=mk.PartyId("p"),
        at=at,
        digests=(mk.PinnedDigest(of=mk.AnyId("a"), digest="0" * 64),),
    )


def paced(every: object) -> str:
    rhythm = {"every": every, "unit": "day"}
    return document(success_measures=[{"id": "m", "name": "M", "frequency": rhythm}])


def beats(start: date, unit: mk.Unit, count: int) -> list[str]:
    """Return the days that follow *start*, each counted from the start itself."""
    rhythm = mk.Cadence(1, unit)
    return [rhythm.after(start, n).isoformat() for n in range(1, count + 1)]


BERLIN = ZoneInfo("Europe/Berlin")
ROWS: tuple[Entry, ...] = (
    Refused(
        124,
        "naive",
        lambda: approval(datetime(2024, 1, 1)),  # noqa: DTZ001 - on purpose
        "MK-DOM-001",
        WRONG,
        "at",
        "tzinfo=UTC",
    ),
    Refused(
        124,
        "in a document",
        approved("2024-01-01T00:00:00"),
        "MK-DOC-016",
        path=INSTANT,
        said="the zone is needed",
    ),
    Refused(124, "a day", lambda: approval(date(2024, 1, 1)), "MK-DOM-001", WRONG),
    *(
        Refused(125, day, observed(day), "MK-DOC-016", path=DAY, said="a date, got")
        for day in (
            "2024-02-30",
            "2023-02-29",
            "2024-13-01",
            "0000-01-01",
            "10000-01-01",
        )
    ),
    *(
        Refused(126, day, observed(day), "MK-DOC-016", path=DAY, said="YYYY-MM-DD")
        for day in (
            "2024-1-1",
            "20240101",
            "2024-W01-1",
            "03/04/2024",
            "2024-01-01T00:00:00",
            "2024-01-01\n",
            "\uff12024-01-01",
        )
    ),
    Refused(126, "a number", observed(20240101), "MK-DOC-012", path=DAY),
    *(
        Refused(127, at, approved(f"2024-01-01T{at}Z"), "MK-DOC-016", path=INSTANT)
        for at in ("23:59:60", "24:00:01", "25:00:00", "23:60:00")
    ),
    *(
        Refused(128, zone, approved(f"2024-01-01T00:00:00{zone}"), "MK-DOC-016")
        for zone in ("+25:00", "+05:30:30", "z", "+0530", " Z", "[Europe/Berlin]")
    ),
    Kept(
        128,
        "-00:00",
        lambda: instant("2024-01-01T00:00:00-00:00"),
        "2024-01-01T00:00:00+00:00",
    ),
    Kept(
        128,
        "+05:30",
        lambda: instant("2024-01-01T00:00:00+05:30"),
        "2023-12-31T18:30:00+00:00",
    ),
    *(
        Refused(
            row,
            f"{name}, fold {fold}",
            lambda at=datetime(*at, fold=fold, tzinfo=BERLIN): approval(at),  # type: ignore[misc]
            "MK-DOM-001",
            WRONG,
            "at",
            "an instant in UTC",
        )
        for row, name, at in (
            (129, "a local time that is not", (2024, 3, 31, 2, 30)),
            (130, "a local time that is twice", (2024, 10, 27, 2, 30)),
        )
        for fold in (0, 1)
    ),
    Apart(129, "no local time is ever taken: instants are given in UTC or with offset"),
    *(
        Refused(131, zone, approved(f"2024-01-01T00:00:00 {zone}"), "MK-DOC-016")
        for zone in ("EST5EDT", "Mars/Base", "../../etc/passwd")
    ),
    Apart(131, "no field holds the name of a zone, so none is ever looked up"),
    *(
        Refused(132, repr(every), paced(every), code, path=EVERY)
        for every, code in (
            (0, "MK-DOM-002"),
            (-1, "MK-DOM-002"),
            (0.5, "MK-DOC-012"),
            (10**9, "MK-DOM-002"),
            ("1", "MK-DOC-012"),
        )
    ),
    Refused(132, "made", lambda: mk.Cadence(0, mk.Unit.DAY), "MK-DOM-002", WRONG),
    Kept(
        133,
        "monthly on the 31st",
        lambda: beats(date(2026, 1, 31), mk.Unit.MONTH, 5),
        ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"],
    ),
    Kept(
        133,
        "quarterly on the 30th",
        lambda: beats(date(2026, 11, 30), mk.Unit.QUARTER, 2),
        ["2027-02-28", "2027-05-30"],
    ),
    Kept(
        134,
        "yearly from 29 February",
        lambda: beats(date(2024, 2, 29), mk.Unit.YEAR, 4),
        ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
    ),
    Apart(135, "a rhythm counts days and has no time of day"),
    Refused(
        136,
        "end before start",
        lambda: mk.Period(date(2024, 1, 2), date(2024, 1, 1)),
        "MK-DOM-013",
        WRONG,
        "end",
    ),
    Refused(136, "neither end", mk.Period, "MK-DOM-014", WRONG),
    Kept(136, "one day", lambda: mk.Period(date.max, date.max).covers(date.max), True),  # noqa: FBT003
    Kept(136, "open", lambda: mk.Period(date.min).covers(date.max), True),  # noqa: FBT003
    *(
        Kept(
            136,
            f"{count} {unit}s after the last day",
            lambda unit=unit, count=count: mk.Cadence(1000, unit).after(
                date.max, count
            ),  # type: ignore[misc]
            date.max,
        )
        for unit in mk.Unit
        for count in (1, 10**30)
    ),
    Kept(
        136, "first", lambda: mk.Cadence(7, mk.Unit.WEEK).after(date.min, -9), date.min
    ),
    *(
        Kept(
            137,
            day,
            lambda day=day: mk.loads(observed(day)).model.get(mk.Observation, "o").at,  # type: ignore[misc]
            date.fromisoformat(day),
        )
        for day in (
            "0001-01-01",
            "1582-10-10",
            "1970-01-01",
            "2038-01-20",
            "9999-12-31",
        )
    ),
    *(
        Refused(137, at, approved(at), "MK-DOC-016", path=INSTANT, said="calendar")
        for at in ("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00")
    ),
    Apart(138, "the order of commits, and clocks that go back, come with the stores"),
    Kept(
        139,
        "an intent of the far future is not in force",
        lambda: mk.in_force(
            mk.loads(
                document(
                    core_intents=[
                        {
                            "id": "i",
                            "mission": "M",
                            "effective": {"start": "2999-01-01"},
                        }
                    ]
                )
            ).model,
            mk.CoreIntent,
            on=date(2026, 1, 1),
        ),
        (),
    ),
    Apart(139, "no rule warns of a date that lies far ahead"),
    Refused(
        140,
        "recorded_at",
        observed("2026-01-01", recorded_at="2026-01-01T00:00:00Z"),
        "MK-DOC-014",
        path="observations[0].recorded_at",
    ),
    Apart(140, "the instant of a commit comes with the stores"),
    Kept(
        141,
        "999999 microseconds",
        lambda: instant("2024-12-31T23:59:59.999999Z"),
        "2024-12-31T23:59:59.999999+00:00",
    ),
    Refused(141, "7 digits", approved("2024-01-01T00:00:00.9999999Z"), "MK-DOC-016"),
    Refused(
        142,
        "a zone for a cycle",
        document(review_cycles=[{"id": "c", "name": "C", "zone": "Europe/Berlin"}]),
        "MK-DOC-014",
        path="review_cycles[0].zone",
    ),
    Refused(
        142,
        "an instant elsewhere",
        lambda: approval(datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=1)))),
        "MK-DOM-001",
        WRONG,
        "at",
    ),
    Kept(
        142,
        "UTC by name",
        lambda: approval(datetime(2024, 1, 1, tzinfo=UTC)).at.year,
        2024,
    ),
)
