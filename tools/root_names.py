"""Writes the root of the package: every public name of the lower rooms, by module.

Of the modules in `WHOLE` every name that is defined at the top without an underscore
is public, of those in `CHOSEN` the names listed. All are looked up when they are first
used, so that ``import missionkit`` stays light: defining every kind takes six times as
long as importing attrs.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "missionkit"

WHOLE = (
    "issue",
    "errors",
    "domain.marks",
    "domain.declaration",
    "domain.spec",
    "domain.ids",
    "domain.ext",
    "domain.values",
    "domain.party",
    "domain.intent",
    "domain.stakeholder",
    "domain.context",
    "domain.plan",
    "domain.measure",
    "domain.process",
    "domain.role",
    "domain.care",
    "domain.conduct",
    "domain.review",
    "domain.relation",
    "domain.stages",
    "domain.workflow",
    "domain.lifecycle",
    "domain.four_stages",
    "domain.agenda",
    "domain.kinds",
    "domain.opaque",
    "domain.digest",
    "domain.model",
    "domain.draft",
    "domain.templates",
)
CHOSEN = {
    "ports.format": ("Exported", "Format", "Imported", "Lost"),
    "domain.referring": ("Referrer",),
    "domain.stepping": ("Context", "Planned", "Position", "Table"),
    "domain.defining": ("WorkflowDraft", "define_workflow"),
    "domain.views": ("VIEWS", "View"),
    "ports.guard": ("Guard", "GuardView"),
    "ports.detector": ("Detector", "DetectorView"),
    "ports.finding": ("Cover", "Covering", "DriftVerdict", "Driver", "Finding"),
    "ports.indicator": ("Indicator", "IndicatorView"),
    "ports.part": (
        "SATISFACTION",
        "SHARE",
        "Combine",
        "MissingPolicy",
        "Part",
        "PartRole",
        "Scale",
        "Weighting",
    ),
    "ports.options": ("Criterion", "Normalization", "Options"),
    "ports.ranker": ("Ranker", "RankingMethod"),
    "ports.score": ("Score",),
    "ports.series": ("Series", "SeriesPoint"),
    "ports.scorer": ("ScoreView", "Scorer"),
    "ports.rule": ("LimitSpec", "NotJudged", "Rule", "RuleEntry", "RuleView"),
    "codec.document": ("dumps", "loads"),
    "codec.limits": ("Limits",),
    "codec.schema": ("json_schema",),
    "codec.workflow_document": ("dumps_workflow", "loads_workflow", "workflow_schema"),
    "drift.ledger.calendar": ("month", "periods", "quarter", "year"),
    "drift.charts.chart": (
        "Chart",
        "ChartBaseline",
        "ChartLine",
        "ChartPoint",
        "ChartSignal",
    ),
    "drift.charts.constants": ("ChartConstants",),
    "drift.charts.cusum": ("cusum_chart",),
    "drift.charts.ewma": ("ewma_chart",),
    "drift.charts.nelson": ("nelson_chart",),
    "drift.charts.page_hinkley": ("page_hinkley_chart",),
    "drift.charts.xmr": ("xmr_chart",),
    "drift.covering.adaptation": ("matched",),
    "drift.detectors.level_shift": ("LEVEL_SHIFT", "LevelShift"),
    "drift.find": ("find_drift",),
    "drift.report": ("DriftReport", "NotAsked"),
    "drift.discovery": ("Dependence", "adjusted_p_values", "discoveries"),
    "drift.moved.drivers": (
        "concentration_drivers",
        "mix_drivers",
        "share_drivers",
        "sum_drivers",
    ),
    "drift.in_words": ("in_words",),
    "drift.mix.find": ("find_mix_shift",),
    "drift.raising": ("raised",),
    "drift.indicator_catalog": (
        "INDICATORS",
        "InstalledIndicators",
        "installed_indicators",
    ),
    "drift.lasting.runway": ("Runway", "runway"),
    "drift.spheres": ("SphereMap", "SpherePull", "SphereRating", "sphere_map"),
    "drift.ledger.kept": ("KeptEffort", "keep_effort"),
    "drift.ledger.summarize": ("summarize",),
    "formats.dot": ("dot",),
    "formats.ledger": ("read_ledger",),
    "formats.load": ("Converted", "convert", "load", "save"),
    "formats.mermaid": ("mermaid",),
    "formats.workflow_file": ("load_workflow", "save_workflow"),
    "formats.workflow_mermaid": ("workflow_mermaid",),
    "processes.answers": ("Answer", "Offer", "Question"),
    "processes.care": ("CareOverview", "care_overview"),
    "processes.careers": ("Careers", "RoleCareer", "career_of", "careers"),
    "processes.chart": ("ChartedProcess", "ProcessChart", "process_chart"),
    "processes.interfaces": ("FlowEnd", "Interface"),
    "processes.matrix": ("MATRIX_LIMITS", "responsibility_matrix"),
    "processes.matrix_rows": (
        "MatrixFault",
        "MatrixRemark",
        "MatrixRow",
        "ResponsibilityMatrix",
    ),
    "processes.sipoc": ("Sipoc", "SipocLine", "sipoc", "sipocs"),
    "processes.system": (
        "ExpectedFlow",
        "SystemChart",
        "SystemFlow",
        "SystemOutput",
        "system_chart",
    ),
    "processes.complaints": ("Complaint", "complaints"),
    "processes.currency": (
        "CARE_LIMITS",
        "CareState",
        "FunctionCurrency",
        "ProcessCurrency",
        "care_of",
        "chart_currency",
    ),
    "processes.effort": (
        "EFFORT_LIMITS",
        "ManagementEffort",
        "management_effort",
    ),
    "processes.effort_change": ("EffortChange", "EffortDriver", "compare_effort"),
    "processes.loyalty": ("Loyalty",),
    "processes.service": ("Service", "ServiceLine", "service", "service_of"),
    "processes.splitting": ("EffortSplit",),
    "processes.work": ("Work",),
    "trace.approvals": ("ApprovalStanding", "ApprovalState", "approval_standing"),
    "trace.branch": ("Branch", "Gap", "Place"),
    "trace.coverage": ("Coverage", "coverage"),
    "trace.graph": ("graph",),
    "trace.hop": ("Hop",),
    "trace.impact": ("Affected", "Impact", "impact"),
    "trace.metric": ("Metric",),
    "trace.toward": ("Toward",),
    "trace.orphans": ("orphans",),
    "trace.why": ("Trace", "why"),
    "rules.book": ("BOOK",),
    "rules.check": ("check",),
    "rules.plugged": ("installed_rules",),
    "rules.result": ("CheckResult",),
    "rules.selection": ("Selection",),
    "rules.standing": ("GateStanding", "gates"),
    "rules.waivers": ("Waived",),
    "trace.affirming": ("affirm",),
    "trace.standing": ("Standing", "standing"),
    "domain.history": ("Actor", "Commit", "Head", "Header", "Payload", "Recorded"),
    "ports.store": (
        "Aside",
        "Disposal",
        "Disposed",
        "Repair",
        "Snapshot",
        "Snapshots",
        "Store",
    ),
    "history.blaming": ("Blame", "Version"),
    "history.checkpoint": ("Checkpoint",),
    "history.differences": ("Diff", "ElementChange", "FieldChange", "diff"),
    "history.edit": ("Edit",),
    "history.log": ("Entry", "Log"),
    "history.mentions": ("Mention",),
    "history.merging": ("Merged", "merge"),
    "history.verifying": ("Verified",),
    "review.state": ("CycleState",),
    "scoring.catalog": ("SCORERS", "InstalledScorers", "installed_scorers"),
    "scoring.level_model": ("LevelComponent", "LevelModel", "LevelRule"),
    "scoring.methods.levels": ("LevelScore",),
    "scoring.multi_criteria": ("Topsis", "WeightedSum"),
    "scoring.rankers": ("InstalledRankers", "installed_rankers"),
    "scoring.rank_intervals": ("RankInterval", "RankIntervals"),
    "scoring.ranking": ("Ranked", "Ranking", "rank"),
    "scoring.sensitivity": ("Flip", "Sensitivity"),
    "scoring.salience": ("SalienceClass",),
    "scoring.score": ("score",),
    "stores.folder.store": ("FolderStore",),
    "stores.memory": ("MemoryStore",),
    "stores.sql.store": ("SqlStore",),
    "stores.sqlite.store": ("SqliteStore",),
    "workspace": ("Workspace",),
    "workspace.erasing": ("Erasure",),
    "workspace.mending": ("check_store", "repair_store"),
    "workspace.reviewing": ("Review",),
    "workspace.staling": ("WentStale",),
    "workspace.store_report": ("StoreRepair", "StoreReport", "StreamReport"),
    "review.measures": ("mission_measures",),
    "review.mission_measure": ("MissionMeasure", "MissionMeasures"),
    "report.document": ("Document", "document"),
    "report.explain": ("Explanation", "explain"),
    "report.pack": ("Pack", "pack"),
    "report.pictures.concentration": ("concentration_curve",),
    "report.pictures.mix": ("MixPart", "mix_of", "mix_picture"),
    "report.pictures.process_chart": ("process_chart_picture",),
    "report.pictures.responsibility_matrix": ("responsibility_matrix_picture",),
    "report.pictures.sipoc": ("sipoc_picture",),
    "report.pictures.spheres": ("sphere_picture",),
    "report.pictures.strategy_map": ("strategy_map",),
    "report.pictures.system_chart": ("system_chart_picture",),
    "report.pictures.workflow": ("workflow_map",),
    "samples": ("sample", "sample_ledgers"),
    "samples.days": ("SAMPLE_DAY",),
}
PRIVATE = frozenset(
    {
        "C",
        "CURRENCIES",
        "DECLARED",
        "E",
        "F",
        "HOOK",
        "ID_PATTERN",
        "INVARIANT",
        "LARGEST_INT",
        "LEAVES",
        "PROOF",
        "P",
        "R",
        "STAYING",
        "DEEPEST",
        "Declared",
        "is_kind",
        "is_plural",
        "RECORD_DEPTH",
        "MOST_LETTERS",
        "nested_specs",
        "new_id",
        "thawed",
        "unused",
        "MOST_VALUES",
        "Marked",
        "RESERVED",
        "REQUIRED",
        "NoJsonError",
        "declared_in",
        "exact",
        "ext_of",
        "id_of",
        "refuse_no_model",
        "tidy",
    }
)
DOC = '''"""A typed, open model of an organization's mission, from need to performer.

    import missionkit as mk

Written by ``tools.generate`` from the modules that define the names.
"""
'''


def public_names(module: str) -> Iterator[str]:
    """Yield the public names that a module defines itself."""
    path = SOURCE.joinpath(*module.split(".")).with_suffix(".py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        for name in _defined(node):
            if not name.startswith("_") and name not in PRIVATE:
                yield name


def _defined(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (item.id for item in targets if isinstance(item, ast.Name))


def _homes() -> dict[str, tuple[str, ...]]:
    """Return the public names of each module, lower rooms first."""
    own = {module: tuple(sorted(public_names(module))) for module in WHOLE}
    return {**own, **CHOSEN}


def root_module() -> str:
    """Return the source of ``__init__.py``, to be formatted."""
    table = "".join(
        f'    "missionkit.{module}": ({", ".join(map(repr, names))},),\n'
        for module, names in _homes().items()
    )
    names = f"_NAMES = {{\n{table}}}\n"
    return f"{DOC}\nfrom importlib import import_module\n\n{names}{LOOK_UP}"


LOOK_UP = '''
_HOME = {name: module for module, names in _NAMES.items() for name in names}

__all__ = sorted(_HOME)  # noqa: PLE0605 - a list of names, which is what counts


def __getattr__(name: str) -> object:
    """Import a public name when it is first used (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return every public name."""
    return __all__
'''


def root_stub() -> str:
    """Return the source of ``__init__.pyi``: the same names, for type checkers."""
    homes = _homes()
    lines = [
        f"from missionkit.{module} import {', '.join(f'{n} as {n}' for n in names)}"
        for module, names in homes.items()
    ]
    every = sorted({name for names in homes.values() for name in names})
    quoted = "".join(f'    "{name}",\n' for name in every)
    return (
        "# Written by tools.generate.\n"
        + "\n".join(lines)
        + f"\n\n__all__ = [\n{quoted}]\n"
    )
