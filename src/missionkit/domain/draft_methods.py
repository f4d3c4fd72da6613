"""The typed methods of `Draft`, one a kind. Written by ``tools.generate``."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from missionkit.domain.care import (
    Benchmark,
    CareFunction,
    CareRecord,
    Feedback,
    Investigation,
    Practice,
    Training,
)
from missionkit.domain.conduct import (
    AllocationBucket,
    AllocationSnapshot,
    Basis,
    Client,
    ClientProfile,
    Fact,
    RevenueBucket,
    RevenueSnapshot,
)
from missionkit.domain.context import (
    Assessment,
    ImpactKind,
    Influencer,
    PotentialImpact,
    Response,
    Side,
    Swot,
    Trend,
)
from missionkit.domain.declaration import Element
from missionkit.domain.ext import NO_EXT
from missionkit.domain.intent import (
    CoreIntent,
    Limit,
    OperatingSphere,
    Organization,
    SphereRelation,
    ValueStatement,
)
from missionkit.domain.measure import (
    Direction,
    MeasureKind,
    Observation,
    Quality,
    SuccessMeasure,
    TargetSetting,
    ValueChainStage,
)
from missionkit.domain.party import Party, PartyKind
from missionkit.domain.plan import (
    ActionLevel,
    BusinessOutput,
    Commitment,
    CourseOfAction,
    Directive,
    DirectiveKind,
    Enforcement,
    Goal,
    Objective,
    ObjectiveStatus,
    OutputKind,
    Perspective,
    Purpose,
    Refinement,
)
from missionkit.domain.process import (
    Activity,
    Capability,
    DemandStatus,
    DesignBrief,
    Flow,
    FlowKind,
    Process,
    ProcessFamily,
    ProcessLevel,
    ReleaseLadder,
    Resource,
    ResourceDemand,
    ResourceStage,
    ResourceType,
    ValueClass,
)
from missionkit.domain.relation import Relation
from missionkit.domain.review import (
    ActionStatus,
    Affirmation,
    Agenda,
    AgendaEntry,
    AgendaItem,
    Approval,
    Artifact,
    ArtifactStatus,
    Conclusion,
    ConclusionKind,
    CycleStatus,
    Decision,
    DecisionKind,
    Disposition,
    DriftSignal,
    Evidence,
    EvidenceKind,
    ImprovementAction,
    IntentAlignment,
    IntentPart,
    MaturityAssessment,
    MaturityRating,
    Meeting,
    PinnedDigest,
    ReviewCycle,
    RunStatus,
    Shift,
    SignalStatus,
    StageRun,
    Waiver,
)
from missionkit.domain.role import (
    Delivery,
    Development,
    Handover,
    Letter,
    Responsibility,
    Role,
    RoleAssignment,
    RoleKind,
)
from missionkit.domain.stakeholder import (
    Engagement,
    Need,
    NeedKind,
    NeedStatus,
    SalienceRating,
    Stakeholder,
    StakeholderKind,
)
from missionkit.domain.values import (
    Cadence,
    Contribution,
    DescriptorScale,
    Money,
    Period,
)

E = TypeVar("E", bound=Element)


class DraftMethods(ABC):
    """One method a kind; `Draft` knows how elements are made and kept."""

    @abstractmethod
    def make(self, kind: type[E], label: str | None = None, /, **fields: object) -> E:
        """Build an element of any kind, keep it, and return it."""

    def party(
        self,
        name: str,
        *,
        id: str | None = None,
        kind: PartyKind | str = PartyKind.PERSON,
        active: bool = True,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Party:
        """Add a person or a unit that can hold a role. Its id never tells its name."""
        return self.make(
            Party,
            name,
            id=id,
            kind=kind,
            active=active,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def organization(
        self,
        name: str,
        *,
        id: str | None = None,
        acronym: str = "",
        description: str = "",
        purpose: str | None = None,
        legal_form: str = "",
        parent: Organization | str | None = None,
        currency: str | None = None,
        fiscal_year_start: int | None = None,
        limits: Iterable[Limit] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Organization:
        """Add whom the model describes; its parts name it as their parent."""
        return self.make(
            Organization,
            name,
            id=id,
            acronym=acronym,
            description=description,
            purpose=purpose,
            legal_form=legal_form,
            parent=parent,
            currency=currency,
            fiscal_year_start=fiscal_year_start,
            limits=limits,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def core_intent(
        self,
        mission: str,
        *,
        id: str | None = None,
        vision: str | None = None,
        values: Iterable[ValueStatement] = (),
        rationale: str = "",
        horizon_years: int | None = None,
        organization: Organization | str | None = None,
        effective: Period | None = None,
        supersedes: CoreIntent | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> CoreIntent:
        """Add mission, vision and values: what every part must stay in harmony with."""
        return self.make(
            CoreIntent,
            mission,
            id=id,
            vision=vision,
            values=values,
            rationale=rationale,
            horizon_years=horizon_years,
            organization=organization,
            effective=effective,
            supersedes=supersedes,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def operating_sphere(
        self,
        name: str,
        *,
        id: str | None = None,
        description: str = "",
        organization: Organization | str | None = None,
        relations: Iterable[SphereRelation] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> OperatingSphere:
        """Add an area of operation, as the organization itself cuts them."""
        return self.make(
            OperatingSphere,
            name,
            id=id,
            description=description,
            organization=organization,
            relations=relations,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def stakeholder(
        self,
        name: str,
        *,
        id: str | None = None,
        kind: StakeholderKind | str = StakeholderKind.GROUP,
        stakes: Iterable[str] = frozenset(),
        description: str = "",
        representative: Party | str | None = None,
        engagement_now: Engagement | str | None = None,
        engagement_wanted: Engagement | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Stakeholder:
        """Add a person, organization or group with a stake in the organization."""
        return self.make(
            Stakeholder,
            name,
            id=id,
            kind=kind,
            stakes=stakes,
            description=description,
            representative=representative,
            engagement_now=engagement_now,
            engagement_wanted=engagement_wanted,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def salience_rating(
        self,
        *,
        id: str | None = None,
        stakeholder: Stakeholder | str,
        rater: Party | str,
        at: datetime,
        power: float | None = None,
        legitimacy: float | None = None,
        urgency: float | None = None,
        interest: float | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> SalienceRating:
        """Add how much a stakeholder counts, as one rater saw it at one time."""
        return self.make(
            SalienceRating,
            None,
            id=id,
            stakeholder=stakeholder,
            rater=rater,
            at=at,
            power=power,
            legitimacy=legitimacy,
            urgency=urgency,
            interest=interest,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def need(
        self,
        statement: str,
        *,
        id: str | None = None,
        kind: NeedKind | str = NeedKind.NEED,
        stakeholder: Stakeholder | str | None = None,
        status: NeedStatus | str = NeedStatus.PROPOSED,
        decided_reason: str | None = None,
        importance: float | None = None,
        success_hint: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Need:
        """Add what a stakeholder expects or requires."""
        return self.make(
            Need,
            statement,
            id=id,
            kind=kind,
            stakeholder=stakeholder,
            status=status,
            decided_reason=decided_reason,
            importance=importance,
            success_hint=success_hint,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def influencer(
        self,
        statement: str,
        *,
        id: str | None = None,
        side: Side | str | None = None,
        category: str | None = None,
        trend: Trend | str = Trend.UNKNOWN,
        observed: date | None = None,
        origin: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Influencer:
        """Add something that can help or hinder the organization without being asked."""
        return self.make(
            Influencer,
            statement,
            id=id,
            side=side,
            category=category,
            trend=trend,
            observed=observed,
            origin=origin,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def assessment(
        self,
        statement: str,
        *,
        id: str | None = None,
        influencers: Iterable[Influencer | str] = (),
        swot: Swot | str | None = None,
        affects: Iterable[Element | str] = (),
        strength: int | None = None,
        assessor: Party | str | None = None,
        at: date | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Assessment:
        """Add a judgment of influencers: what they mean for the organization."""
        return self.make(
            Assessment,
            statement,
            id=id,
            influencers=influencers,
            swot=swot,
            affects=affects,
            strength=strength,
            assessor=assessor,
            at=at,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def potential_impact(
        self,
        event: str,
        *,
        id: str | None = None,
        kind: ImpactKind | str = ImpactKind.RISK,
        cause: str | None = None,
        effect: str | None = None,
        likelihood: float | None = None,
        impact: int | None = None,
        response: Response | str | None = None,
        review_by: date | None = None,
        threatens: Iterable[Element | str] = (),
        identified_by: Assessment | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> PotentialImpact:
        """Add a risk or a reward: an event that may come, and what it would do."""
        return self.make(
            PotentialImpact,
            event,
            id=id,
            kind=kind,
            cause=cause,
            effect=effect,
            likelihood=likelihood,
            impact=impact,
            response=response,
            review_by=review_by,
            threatens=threatens,
            identified_by=identified_by,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def goal(
        self,
        statement: str,
        *,
        id: str | None = None,
        description: str = "",
        intent: CoreIntent | str | None = None,
        parent: Goal | str | None = None,
        refinement: Refinement | str | None = None,
        perspective: Perspective | str | None = None,
        horizon: Period | None = None,
        weight: float | None = None,
        contributions: Iterable[Contribution] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Goal:
        """Add a broad result, wanted for longer than one review cycle."""
        return self.make(
            Goal,
            statement,
            id=id,
            description=description,
            intent=intent,
            parent=parent,
            refinement=refinement,
            perspective=perspective,
            horizon=horizon,
            weight=weight,
            contributions=contributions,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def objective(
        self,
        statement: str,
        *,
        id: str | None = None,
        description: str = "",
        needs: Iterable[Need | str] = (),
        goal: Goal | str | None = None,
        period: Period | None = None,
        weight: float | None = None,
        commitment: Commitment | str = Commitment.COMMITTED,
        status: ObjectiveStatus | str = ObjectiveStatus.DRAFT,
        contributions: Iterable[Contribution] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Objective:
        """Add a measurable result for a set time, derived from needs and serving a goal."""
        return self.make(
            Objective,
            statement,
            id=id,
            description=description,
            needs=needs,
            goal=goal,
            period=period,
            weight=weight,
            commitment=commitment,
            status=status,
            contributions=contributions,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def course_of_action(
        self,
        name: str,
        *,
        id: str | None = None,
        level: ActionLevel | str = ActionLevel.STRATEGY,
        description: str = "",
        implements: Iterable[CourseOfAction | str] = (),
        contributions: Iterable[Contribution] = (),
        assumptions: Iterable[str] = (),
        budget: Money | None = None,
        period: Period | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> CourseOfAction:
        """Add a way to reach goals and objectives: a strategy, or a tactic within one."""
        return self.make(
            CourseOfAction,
            name,
            id=id,
            level=level,
            description=description,
            implements=implements,
            contributions=contributions,
            assumptions=assumptions,
            budget=budget,
            period=period,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def directive(
        self,
        statement: str,
        *,
        id: str | None = None,
        kind: DirectiveKind | str = DirectiveKind.POLICY,
        enforcement: Enforcement | str | None = None,
        governs: Iterable[Element | str] = (),
        basis: Directive | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Directive:
        """Add a policy or rule that governs what is done and how."""
        return self.make(
            Directive,
            statement,
            id=id,
            kind=kind,
            enforcement=enforcement,
            governs=governs,
            basis=basis,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def business_output(
        self,
        name: str,
        *,
        id: str | None = None,
        kind: OutputKind | str = OutputKind.OTHER,
        description: str = "",
        satisfies: Iterable[Need | str] = (),
        produced_by: Process | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> BusinessOutput:
        """Add what the organization hands over so that needs are satisfied."""
        return self.make(
            BusinessOutput,
            name,
            id=id,
            kind=kind,
            description=description,
            satisfies=satisfies,
            produced_by=produced_by,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def purpose(
        self,
        name: str,
        *,
        id: str | None = None,
        description: str = "",
        off_mission: bool = True,
        declared_by: Party | str | None = None,
        driven_by: Iterable[Influencer | str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Purpose:
        """Add what effort may serve besides goals, declared so that it can be counted."""
        return self.make(
            Purpose,
            name,
            id=id,
            description=description,
            off_mission=off_mission,
            declared_by=declared_by,
            driven_by=driven_by,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def success_measure(
        self,
        name: str,
        *,
        id: str | None = None,
        of: Objective | Process | str | None = None,
        kind: MeasureKind | str = MeasureKind.QUANTITATIVE,
        direction: Direction | str | None = None,
        stage: ValueChainStage | str | None = None,
        dimension: str = "",
        unit: str | None = None,
        baseline: Decimal | int | None = None,
        threshold: Decimal | int | None = None,
        worst: Decimal | int | None = None,
        targets: Iterable[TargetSetting] = (),
        frequency: Cadence | None = None,
        leading: bool = False,
        formula: str = "",
        scale: DescriptorScale | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> SuccessMeasure:
        """Add by what one sees whether an objective is reached or a process works."""
        return self.make(
            SuccessMeasure,
            name,
            id=id,
            of=of,
            kind=kind,
            direction=direction,
            stage=stage,
            dimension=dimension,
            unit=unit,
            baseline=baseline,
            threshold=threshold,
            worst=worst,
            targets=targets,
            frequency=frequency,
            leading=leading,
            formula=formula,
            scale=scale,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def observation(
        self,
        *,
        id: str | None = None,
        measure: SuccessMeasure | str,
        value: Decimal | int | None = None,
        descriptor: str | None = None,
        unit: str | None = None,
        at: date | None = None,
        period: Period | None = None,
        quality: Quality | str = Quality.MEASURED,
        recorded_by: Party | str | None = None,
        evidence: Evidence | str | None = None,
        corrects: Observation | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Observation:
        """Add one reading of a measure: a number, or a descriptor of its scale."""
        return self.make(
            Observation,
            None,
            id=id,
            measure=measure,
            value=value,
            descriptor=descriptor,
            unit=unit,
            at=at,
            period=period,
            quality=quality,
            recorded_by=recorded_by,
            evidence=evidence,
            corrects=corrects,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def process(
        self,
        name: str,
        *,
        id: str | None = None,
        family: ProcessFamily | str | None = None,
        level: ProcessLevel | str = ProcessLevel.WORK,
        parent: Process | str | None = None,
        purpose: str | None = None,
        critical: bool = False,
        achieves: Iterable[Objective | str] = (),
        realizes: Iterable[CourseOfAction | str] = (),
        contributions: Iterable[Contribution] = (),
        sphere: OperatingSphere | str | None = None,
        brief: DesignBrief | None = None,
        release: ReleaseLadder | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Process:
        """Add work that turns inputs into results which somebody needs."""
        return self.make(
            Process,
            name,
            id=id,
            family=family,
            level=level,
            parent=parent,
            purpose=purpose,
            critical=critical,
            achieves=achieves,
            realizes=realizes,
            contributions=contributions,
            sphere=sphere,
            brief=brief,
            release=release,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def activity(
        self,
        name: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        sequence: int | None = None,
        value_class: ValueClass | str | None = None,
        duration_hours: float | None = None,
        effort_hours: float | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Activity:
        """Add one piece of the work of a process."""
        return self.make(
            Activity,
            name,
            id=id,
            process=process,
            sequence=sequence,
            value_class=value_class,
            duration_hours=duration_hours,
            effort_hours=effort_hours,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def flow(
        self,
        item: str,
        *,
        id: str | None = None,
        source: Process | Stakeholder | str | None = None,
        target: Process | Stakeholder | str | None = None,
        kind: FlowKind | str | None = None,
        acceptance: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Flow:
        """Add what one process hands to another, or takes from or gives to a stakeholder."""
        return self.make(
            Flow,
            item,
            id=id,
            source=source,
            target=target,
            kind=kind,
            acceptance=acceptance,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def resource(
        self,
        name: str,
        *,
        id: str | None = None,
        type: ResourceType | str | None = None,
        capacity: Decimal | int | None = None,
        unit: str | None = None,
        cost: Money | None = None,
        capability: Capability | str | None = None,
        stage: ResourceStage | str = ResourceStage.SPECIFIED,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Resource:
        """Add people, things, money or knowledge that processes need."""
        return self.make(
            Resource,
            name,
            id=id,
            type=type,
            capacity=capacity,
            unit=unit,
            cost=cost,
            capability=capability,
            stage=stage,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def resource_demand(
        self,
        statement: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        resource: Resource | str | None = None,
        quantity: Decimal | int | None = None,
        unit: str | None = None,
        needed_from: date | None = None,
        status: DemandStatus | str = DemandStatus.REQUESTED,
        reason: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> ResourceDemand:
        """Add what a process asks of resource management."""
        return self.make(
            ResourceDemand,
            statement,
            id=id,
            process=process,
            resource=resource,
            quantity=quantity,
            unit=unit,
            needed_from=needed_from,
            status=status,
            reason=reason,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def role(
        self,
        name: str,
        *,
        id: str | None = None,
        kind: RoleKind | str | None = None,
        competences: Iterable[str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Role:
        """Add a part to be played, whoever plays it."""
        return self.make(
            Role,
            name,
            id=id,
            kind=kind,
            competences=competences,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def role_assignment(
        self,
        *,
        id: str | None = None,
        role: Role | str,
        party: Party | str,
        on: Element | str | None = None,
        period: Period | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> RoleAssignment:
        """Add who plays a role, for what and when: the only statement of it."""
        return self.make(
            RoleAssignment,
            None,
            id=id,
            role=role,
            party=party,
            on=on,
            period=period,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def responsibility(
        self,
        *,
        id: str | None = None,
        on: Element | str,
        role: Role | str,
        letter: Letter | str,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Responsibility:
        """Add one letter of a responsibility matrix: a role's part in something."""
        return self.make(
            Responsibility,
            None,
            id=id,
            on=on,
            role=role,
            letter=letter,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def handover(
        self,
        *,
        id: str | None = None,
        process: Process | str,
        from_party: Party | str | None = None,
        to_party: Party | str | None = None,
        on: date | None = None,
        delivered: Iterable[Delivery | str] = frozenset(),
        accepted: date | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Handover:
        """Add an engineer gives a designed process to its owner."""
        return self.make(
            Handover,
            None,
            id=id,
            process=process,
            from_party=from_party,
            to_party=to_party,
            on=on,
            delivered=delivered,
            accepted=accepted,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def development(
        self,
        *,
        id: str | None = None,
        party: Party | str,
        aim: str | None = None,
        since: date | None = None,
        reflections: Iterable[str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Development:
        """Add a person's own record of growth: it is never scored or ranked."""
        return self.make(
            Development,
            None,
            id=id,
            party=party,
            aim=aim,
            since=since,
            reflections=reflections,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def care_record(
        self,
        summary: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        function: CareFunction | str | None = None,
        on: date | None = None,
        by: Party | str | None = None,
        evidence: Iterable[Evidence | str] = (),
        next_due: date | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> CareRecord:
        """Add one act of process management, and when the next one is due."""
        return self.make(
            CareRecord,
            summary,
            id=id,
            process=process,
            function=function,
            on=on,
            by=by,
            evidence=evidence,
            next_due=next_due,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def training(
        self,
        name: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        role: Role | str | None = None,
        parties: Iterable[Party | str] = (),
        on: date | None = None,
        given_by: Party | str | None = None,
        next_due: date | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Training:
        """Add what performers of a process are taught, and who was taught it."""
        return self.make(
            Training,
            name,
            id=id,
            process=process,
            role=role,
            parties=parties,
            on=on,
            given_by=given_by,
            next_due=next_due,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def feedback(
        self,
        statement: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        stakeholder: Stakeholder | str | None = None,
        on: date | None = None,
        satisfaction: int | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Feedback:
        """Add what somebody served by a process said of it."""
        return self.make(
            Feedback,
            statement,
            id=id,
            process=process,
            stakeholder=stakeholder,
            on=on,
            satisfaction=satisfaction,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def investigation(
        self,
        problem: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        on: date | None = None,
        by: Party | str | None = None,
        cause: str | None = None,
        addresses: Iterable[Element | str] = (),
        evidence: Iterable[Evidence | str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Investigation:
        """Add a coach looks into a problem: what happened, why, and what follows."""
        return self.make(
            Investigation,
            problem,
            id=id,
            process=process,
            on=on,
            by=by,
            cause=cause,
            addresses=addresses,
            evidence=evidence,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def practice(
        self,
        name: str,
        *,
        id: str | None = None,
        description: str = "",
        process: Process | str | None = None,
        since: date | None = None,
        reviewed: date | None = None,
        replaces: Practice | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Practice:
        """Add the best known way to do something in a process."""
        return self.make(
            Practice,
            name,
            id=id,
            description=description,
            process=process,
            since=since,
            reviewed=reviewed,
            replaces=replaces,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def benchmark(
        self,
        name: str,
        *,
        id: str | None = None,
        process: Process | str | None = None,
        measure: SuccessMeasure | str | None = None,
        peer: str | None = None,
        value: Decimal | int | None = None,
        on: date | None = None,
        origin: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Benchmark:
        """Add how another organization does by the same measure."""
        return self.make(
            Benchmark,
            name,
            id=id,
            process=process,
            measure=measure,
            peer=peer,
            value=value,
            on=on,
            origin=origin,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def client(
        self,
        name: str,
        *,
        id: str | None = None,
        facts: Iterable[Fact] = (),
        since: date | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Client:
        """Add who pays; its facts are compared with the ideal profile."""
        return self.make(
            Client,
            name,
            id=id,
            facts=facts,
            since=since,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def client_profile(
        self,
        name: str,
        *,
        id: str | None = None,
        wanted: Iterable[Fact] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> ClientProfile:
        """Add what the clients are like whom the strategy wants."""
        return self.make(
            ClientProfile,
            name,
            id=id,
            wanted=wanted,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def allocation_snapshot(
        self,
        *,
        id: str | None = None,
        period: Period | None = None,
        basis: Basis | str = Basis.EFFORT_HOURS,
        buckets: Iterable[AllocationBucket] = (),
        off_mission: Decimal | int | None = None,
        unknown: Decimal | int | None = None,
        source_digest: str | None = None,
        rows: int | None = None,
        unused: int | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> AllocationSnapshot:
        """Add where effort went in a period, as summed from a ledger."""
        return self.make(
            AllocationSnapshot,
            None,
            id=id,
            period=period,
            basis=basis,
            buckets=buckets,
            off_mission=off_mission,
            unknown=unknown,
            source_digest=source_digest,
            rows=rows,
            unused=unused,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def revenue_snapshot(
        self,
        *,
        id: str | None = None,
        period: Period | None = None,
        currency: str | None = None,
        buckets: Iterable[RevenueBucket] = (),
        off_mission: Decimal | int | None = None,
        unknown: Decimal | int | None = None,
        source_digest: str | None = None,
        rows: int | None = None,
        unused: int | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> RevenueSnapshot:
        """Add where revenue came from in a period, as summed from a ledger."""
        return self.make(
            RevenueSnapshot,
            None,
            id=id,
            period=period,
            currency=currency,
            buckets=buckets,
            off_mission=off_mission,
            unknown=unknown,
            source_digest=source_digest,
            rows=rows,
            unused=unused,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def review_cycle(
        self,
        name: str,
        *,
        id: str | None = None,
        workflow: str = "four-stages",
        workflow_version: int = 1,
        period: Period | None = None,
        scope: Organization | OperatingSphere | str | None = None,
        cadence: Cadence | None = None,
        previous: ReviewCycle | str | None = None,
        agenda: Agenda | str | None = None,
        stage: str | None = None,
        status: CycleStatus | str = CycleStatus.DRAFT,
        pass_number: int = 1,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> ReviewCycle:
        """Add one review of the organization's mission, run by a workflow."""
        return self.make(
            ReviewCycle,
            name,
            id=id,
            workflow=workflow,
            workflow_version=workflow_version,
            period=period,
            scope=scope,
            cadence=cadence,
            previous=previous,
            agenda=agenda,
            stage=stage,
            status=status,
            pass_number=pass_number,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def stage_run(
        self,
        *,
        id: str | None = None,
        cycle: ReviewCycle | str,
        stage: str,
        pass_number: int = 1,
        status: RunStatus | str = RunStatus.NOT_STARTED,
        entered: date | None = None,
        left: date | None = None,
        reason: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> StageRun:
        """Add one pass of a cycle through a stage."""
        return self.make(
            StageRun,
            None,
            id=id,
            cycle=cycle,
            stage=stage,
            pass_number=pass_number,
            status=status,
            entered=entered,
            left=left,
            reason=reason,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def artifact(
        self,
        title: str,
        *,
        id: str | None = None,
        view: str | None = None,
        cycle: ReviewCycle | str | None = None,
        stage: str | None = None,
        covers: Iterable[Element | str] = (),
        inputs: Iterable[Artifact | str] = (),
        consumers: Iterable[Process | str] = (),
        author: Party | str | None = None,
        submitter: Party | str | None = None,
        locator: str = "",
        text: str = "",
        status: ArtifactStatus | str = ArtifactStatus.DRAFT,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Artifact:
        """Add a deliverable of a stage: a view of the model, or a document elsewhere."""
        return self.make(
            Artifact,
            title,
            id=id,
            view=view,
            cycle=cycle,
            stage=stage,
            covers=covers,
            inputs=inputs,
            consumers=consumers,
            author=author,
            submitter=submitter,
            locator=locator,
            text=text,
            status=status,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def approval(
        self,
        *,
        id: str | None = None,
        artifact: Artifact | str,
        party: Party | str,
        at: datetime,
        digests: Iterable[PinnedDigest],
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Approval:
        """Add somebody approved an artifact, as it and its inputs were then."""
        return self.make(
            Approval,
            None,
            id=id,
            artifact=artifact,
            party=party,
            at=at,
            digests=digests,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def evidence(
        self,
        locator: str,
        *,
        id: str | None = None,
        kind: EvidenceKind | str = EvidenceKind.DOCUMENT,
        digest: str | None = None,
        collected: date | None = None,
        collected_by: Party | str | None = None,
        supports: Iterable[Element | str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Evidence:
        """Add where one can see that something is so."""
        return self.make(
            Evidence,
            locator,
            id=id,
            kind=kind,
            digest=digest,
            collected=collected,
            collected_by=collected_by,
            supports=supports,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def agenda(
        self,
        name: str,
        *,
        id: str | None = None,
        version: str = "1",
        origin: str = "",
        entries: Iterable[AgendaEntry] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Agenda:
        """Add what a review has to consider, as versioned data."""
        return self.make(
            Agenda,
            name,
            id=id,
            version=version,
            origin=origin,
            entries=entries,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def agenda_item(
        self,
        title: str,
        *,
        id: str | None = None,
        code: str | None = None,
        cycle: ReviewCycle | str | None = None,
        disposition: Disposition | str | None = None,
        summary: str = "",
        deferred_to: date | None = None,
        evidence: Iterable[Evidence | str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> AgendaItem:
        """Add what one cycle concluded about one item of its agenda."""
        return self.make(
            AgendaItem,
            title,
            id=id,
            code=code,
            cycle=cycle,
            disposition=disposition,
            summary=summary,
            deferred_to=deferred_to,
            evidence=evidence,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def meeting(
        self,
        name: str,
        *,
        id: str | None = None,
        cycle: ReviewCycle | str | None = None,
        on: date | None = None,
        attendees: Iterable[Party | str] = (),
        covers: Iterable[str] = (),
        minutes: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Meeting:
        """Add one sitting of a review; several may share an agenda."""
        return self.make(
            Meeting,
            name,
            id=id,
            cycle=cycle,
            on=on,
            attendees=attendees,
            covers=covers,
            minutes=minutes,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def decision(
        self,
        statement: str,
        *,
        id: str | None = None,
        kind: DecisionKind | str | None = None,
        cycle: ReviewCycle | str | None = None,
        rationale: str | None = None,
        options: Iterable[str] = (),
        decided_by: Iterable[Party | str] = (),
        dissent: str = "",
        at: date | None = None,
        effective: date | None = None,
        addresses: Iterable[Element | str] = (),
        covers: Iterable[Element | str] = (),
        direction: Shift | str | None = None,
        up_to: Decimal | int | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Decision:
        """Add what was decided, why, and what else had been possible."""
        return self.make(
            Decision,
            statement,
            id=id,
            kind=kind,
            cycle=cycle,
            rationale=rationale,
            options=options,
            decided_by=decided_by,
            dissent=dissent,
            at=at,
            effective=effective,
            addresses=addresses,
            covers=covers,
            direction=direction,
            up_to=up_to,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def improvement_action(
        self,
        statement: str,
        *,
        id: str | None = None,
        decision: Decision | str | None = None,
        addresses: Iterable[Element | str] = (),
        due: date | None = None,
        status: ActionStatus | str = ActionStatus.OPEN,
        opened: date | None = None,
        closed: date | None = None,
        effect_measure: SuccessMeasure | str | None = None,
        evidence: Iterable[Evidence | str] = (),
        verified_by: Party | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> ImprovementAction:
        """Add what is to be done about something; its owner holds a role on it."""
        return self.make(
            ImprovementAction,
            statement,
            id=id,
            decision=decision,
            addresses=addresses,
            due=due,
            status=status,
            opened=opened,
            closed=closed,
            effect_measure=effect_measure,
            evidence=evidence,
            verified_by=verified_by,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def waiver(
        self,
        *,
        id: str | None = None,
        code: str,
        on: Element | str,
        granted_by: Party | str,
        why: str,
        until: date,
        requested_by: Party | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Waiver:
        """Add somebody allowed that a rule is not kept, for a reason and for a time."""
        return self.make(
            Waiver,
            None,
            id=id,
            code=code,
            on=on,
            granted_by=granted_by,
            why=why,
            until=until,
            requested_by=requested_by,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def conclusion(
        self,
        statement: str,
        *,
        id: str | None = None,
        kind: ConclusionKind | str = ConclusionKind.NONE,
        about: str | None = None,
        on: Element | str | None = None,
        cycle: ReviewCycle | str | None = None,
        by: Party | str | None = None,
        at: date | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Conclusion:
        """Add a recorded answer such as "none", where silence would be a gap."""
        return self.make(
            Conclusion,
            statement,
            id=id,
            kind=kind,
            about=about,
            on=on,
            cycle=cycle,
            by=by,
            at=at,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def drift_signal(
        self,
        indicator: str,
        *,
        id: str | None = None,
        detector: str | None = None,
        at: date | None = None,
        direction: Shift | str | None = None,
        statistic: float | None = None,
        limit: float | None = None,
        concerns: Iterable[Element | str] = (),
        status: SignalStatus | str = SignalStatus.RAISED,
        reason: str | None = None,
        decision: Decision | str | None = None,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> DriftSignal:
        """Add a detector's warning that the organization is leaving its mission."""
        return self.make(
            DriftSignal,
            indicator,
            id=id,
            detector=detector,
            at=at,
            direction=direction,
            statistic=statistic,
            limit=limit,
            concerns=concerns,
            status=status,
            reason=reason,
            decision=decision,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def maturity_assessment(
        self,
        scheme: str,
        *,
        id: str | None = None,
        on: Element | str | None = None,
        ratings: Iterable[MaturityRating] = (),
        assessor: Party | str | None = None,
        at: date | None = None,
        evidence: Iterable[Evidence | str] = (),
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> MaturityAssessment:
        """Add ratings of a process or the enterprise by a maturity model."""
        return self.make(
            MaturityAssessment,
            scheme,
            id=id,
            on=on,
            ratings=ratings,
            assessor=assessor,
            at=at,
            evidence=evidence,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def intent_alignment(
        self,
        *,
        id: str | None = None,
        on: OperatingSphere | Process | str,
        intent: CoreIntent | str,
        part: IntentPart | str,
        rating: int,
        rater: Party | str | None = None,
        at: date | None = None,
        evidence: Iterable[Evidence | str] = (),
        opinion: bool = False,
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> IntentAlignment:
        """Add how well a sphere or process is in harmony with a part of the core intent."""
        return self.make(
            IntentAlignment,
            None,
            id=id,
            on=on,
            intent=intent,
            part=part,
            rating=rating,
            rater=rater,
            at=at,
            evidence=evidence,
            opinion=opinion,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def affirmation(
        self,
        *,
        id: str | None = None,
        source: Element | str,
        field: str,
        target: Element | str,
        digest: str,
        by: Party | str,
        on: date,
        why: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Affirmation:
        """Add somebody looked at a link and found it still right."""
        return self.make(
            Affirmation,
            None,
            id=id,
            source=source,
            field=field,
            target=target,
            digest=digest,
            by=by,
            on=on,
            why=why,
            tags=tags,
            notes=notes,
            ext=ext,
        )

    def relation(
        self,
        *,
        id: str | None = None,
        source: Element | str,
        target: Element | str,
        kind: str | None = None,
        rationale: str = "",
        tags: Iterable[str] = (),
        notes: str = "",
        ext: Mapping[str, object] = NO_EXT,
    ) -> Relation:
        """Add one element has to do with another, in a way that *kind* names."""
        return self.make(
            Relation,
            None,
            id=id,
            source=source,
            target=target,
            kind=kind,
            rationale=rationale,
            tags=tags,
            notes=notes,
            ext=ext,
        )
