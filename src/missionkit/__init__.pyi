# Written by tools.generate.
from missionkit.codec.document import dumps as dumps
from missionkit.codec.document import loads as loads
from missionkit.codec.limits import Limits as Limits
from missionkit.codec.schema import json_schema as json_schema
from missionkit.codec.workflow_document import dumps_workflow as dumps_workflow
from missionkit.codec.workflow_document import loads_workflow as loads_workflow
from missionkit.codec.workflow_document import workflow_schema as workflow_schema
from missionkit.domain.agenda import AGENDAS as AGENDAS
from missionkit.domain.agenda import MANAGEMENT_REVIEW as MANAGEMENT_REVIEW
from missionkit.domain.agenda import MANAGEMENT_REVIEW_2024 as MANAGEMENT_REVIEW_2024
from missionkit.domain.care import Benchmark as Benchmark
from missionkit.domain.care import CareFunction as CareFunction
from missionkit.domain.care import CareRecord as CareRecord
from missionkit.domain.care import Feedback as Feedback
from missionkit.domain.care import Investigation as Investigation
from missionkit.domain.care import Practice as Practice
from missionkit.domain.care import Training as Training
from missionkit.domain.conduct import ActivityRecord as ActivityRecord
from missionkit.domain.conduct import AllocationBucket as AllocationBucket
from missionkit.domain.conduct import AllocationSnapshot as AllocationSnapshot
from missionkit.domain.conduct import Basis as Basis
from missionkit.domain.conduct import Client as Client
from missionkit.domain.conduct import ClientProfile as ClientProfile
from missionkit.domain.conduct import Fact as Fact
from missionkit.domain.conduct import Ledger as Ledger
from missionkit.domain.conduct import RevenueBucket as RevenueBucket
from missionkit.domain.conduct import RevenueRecord as RevenueRecord
from missionkit.domain.conduct import RevenueSnapshot as RevenueSnapshot
from missionkit.domain.conduct import UnusedRow as UnusedRow
from missionkit.domain.context import SCANNED as SCANNED
from missionkit.domain.context import Assessment as Assessment
from missionkit.domain.context import ImpactKind as ImpactKind
from missionkit.domain.context import Influencer as Influencer
from missionkit.domain.context import PotentialImpact as PotentialImpact
from missionkit.domain.context import Response as Response
from missionkit.domain.context import Side as Side
from missionkit.domain.context import Swot as Swot
from missionkit.domain.context import Trend as Trend
from missionkit.domain.declaration import KIND_PATTERN as KIND_PATTERN
from missionkit.domain.declaration import Element as Element
from missionkit.domain.declaration import Entity as Entity
from missionkit.domain.declaration import entity as entity
from missionkit.domain.declaration import invariant as invariant
from missionkit.domain.declaration import proof as proof
from missionkit.domain.declaration import value as value
from missionkit.domain.defining import WorkflowDraft as WorkflowDraft
from missionkit.domain.defining import define_workflow as define_workflow
from missionkit.domain.digest import digest_of as digest_of
from missionkit.domain.draft import Draft as Draft
from missionkit.domain.draft import draft as draft
from missionkit.domain.ext import NO_EXT as NO_EXT
from missionkit.domain.ext import Ext as Ext
from missionkit.domain.ext import Json as Json
from missionkit.domain.four_stages import FOUR_STAGES as FOUR_STAGES
from missionkit.domain.history import Actor as Actor
from missionkit.domain.history import Commit as Commit
from missionkit.domain.history import Head as Head
from missionkit.domain.history import Header as Header
from missionkit.domain.history import Payload as Payload
from missionkit.domain.history import Recorded as Recorded
from missionkit.domain.ids import ActivityId as ActivityId
from missionkit.domain.ids import AffirmationId as AffirmationId
from missionkit.domain.ids import AgendaId as AgendaId
from missionkit.domain.ids import AgendaItemId as AgendaItemId
from missionkit.domain.ids import AllocationSnapshotId as AllocationSnapshotId
from missionkit.domain.ids import AnyId as AnyId
from missionkit.domain.ids import ApprovalId as ApprovalId
from missionkit.domain.ids import ArtifactId as ArtifactId
from missionkit.domain.ids import AssessmentId as AssessmentId
from missionkit.domain.ids import BenchmarkId as BenchmarkId
from missionkit.domain.ids import BusinessOutputId as BusinessOutputId
from missionkit.domain.ids import CareRecordId as CareRecordId
from missionkit.domain.ids import ClientId as ClientId
from missionkit.domain.ids import ClientProfileId as ClientProfileId
from missionkit.domain.ids import ConclusionId as ConclusionId
from missionkit.domain.ids import CoreIntentId as CoreIntentId
from missionkit.domain.ids import CourseOfActionId as CourseOfActionId
from missionkit.domain.ids import DecisionId as DecisionId
from missionkit.domain.ids import DevelopmentId as DevelopmentId
from missionkit.domain.ids import DirectiveId as DirectiveId
from missionkit.domain.ids import DriftSignalId as DriftSignalId
from missionkit.domain.ids import EvidenceId as EvidenceId
from missionkit.domain.ids import FeedbackId as FeedbackId
from missionkit.domain.ids import FlowId as FlowId
from missionkit.domain.ids import GoalId as GoalId
from missionkit.domain.ids import HandoverId as HandoverId
from missionkit.domain.ids import ImprovementActionId as ImprovementActionId
from missionkit.domain.ids import InfluencerId as InfluencerId
from missionkit.domain.ids import IntentAlignmentId as IntentAlignmentId
from missionkit.domain.ids import InvestigationId as InvestigationId
from missionkit.domain.ids import MaturityAssessmentId as MaturityAssessmentId
from missionkit.domain.ids import MeetingId as MeetingId
from missionkit.domain.ids import NeedId as NeedId
from missionkit.domain.ids import ObjectiveId as ObjectiveId
from missionkit.domain.ids import ObservationId as ObservationId
from missionkit.domain.ids import OperatingSphereId as OperatingSphereId
from missionkit.domain.ids import OrganizationId as OrganizationId
from missionkit.domain.ids import PartyId as PartyId
from missionkit.domain.ids import PotentialImpactId as PotentialImpactId
from missionkit.domain.ids import PracticeId as PracticeId
from missionkit.domain.ids import ProcessId as ProcessId
from missionkit.domain.ids import PurposeId as PurposeId
from missionkit.domain.ids import RelationId as RelationId
from missionkit.domain.ids import ResourceDemandId as ResourceDemandId
from missionkit.domain.ids import ResourceId as ResourceId
from missionkit.domain.ids import ResponsibilityId as ResponsibilityId
from missionkit.domain.ids import RevenueSnapshotId as RevenueSnapshotId
from missionkit.domain.ids import ReviewCycleId as ReviewCycleId
from missionkit.domain.ids import RoleAssignmentId as RoleAssignmentId
from missionkit.domain.ids import RoleId as RoleId
from missionkit.domain.ids import SalienceRatingId as SalienceRatingId
from missionkit.domain.ids import StageRunId as StageRunId
from missionkit.domain.ids import StakeholderId as StakeholderId
from missionkit.domain.ids import SuccessMeasureId as SuccessMeasureId
from missionkit.domain.ids import TrainingId as TrainingId
from missionkit.domain.ids import WaiverId as WaiverId
from missionkit.domain.ids import is_id as is_id
from missionkit.domain.ids import slug as slug
from missionkit.domain.intent import CoreIntent as CoreIntent
from missionkit.domain.intent import Limit as Limit
from missionkit.domain.intent import OperatingSphere as OperatingSphere
from missionkit.domain.intent import Organization as Organization
from missionkit.domain.intent import SphereRelation as SphereRelation
from missionkit.domain.intent import ValueStatement as ValueStatement
from missionkit.domain.kinds import KINDS as KINDS
from missionkit.domain.kinds import Kinds as Kinds
from missionkit.domain.lifecycle import lifecycle as lifecycle
from missionkit.domain.marks import AtLeast as AtLeast
from missionkit.domain.marks import Between as Between
from missionkit.domain.marks import Doc as Doc
from missionkit.domain.marks import Expected as Expected
from missionkit.domain.marks import Invariant as Invariant
from missionkit.domain.marks import Link as Link
from missionkit.domain.marks import Matches as Matches
from missionkit.domain.marks import Naming as Naming
from missionkit.domain.marks import NotBlank as NotBlank
from missionkit.domain.marks import NotEmpty as NotEmpty
from missionkit.domain.marks import OneLine as OneLine
from missionkit.domain.marks import Progress as Progress
from missionkit.domain.marks import Proof as Proof
from missionkit.domain.marks import Validity as Validity
from missionkit.domain.marks import ValueRule as ValueRule
from missionkit.domain.measure import Direction as Direction
from missionkit.domain.measure import MeasureKind as MeasureKind
from missionkit.domain.measure import Observation as Observation
from missionkit.domain.measure import Quality as Quality
from missionkit.domain.measure import SuccessMeasure as SuccessMeasure
from missionkit.domain.measure import TargetSetting as TargetSetting
from missionkit.domain.measure import ValueChainStage as ValueChainStage
from missionkit.domain.model import Model as Model
from missionkit.domain.model import in_force as in_force
from missionkit.domain.opaque import Opaque as Opaque
from missionkit.domain.party import Party as Party
from missionkit.domain.party import PartyKind as PartyKind
from missionkit.domain.plan import ActionLevel as ActionLevel
from missionkit.domain.plan import BusinessOutput as BusinessOutput
from missionkit.domain.plan import Commitment as Commitment
from missionkit.domain.plan import CourseOfAction as CourseOfAction
from missionkit.domain.plan import Directive as Directive
from missionkit.domain.plan import DirectiveKind as DirectiveKind
from missionkit.domain.plan import Enforcement as Enforcement
from missionkit.domain.plan import Goal as Goal
from missionkit.domain.plan import Objective as Objective
from missionkit.domain.plan import ObjectiveStatus as ObjectiveStatus
from missionkit.domain.plan import OutputKind as OutputKind
from missionkit.domain.plan import Perspective as Perspective
from missionkit.domain.plan import Purpose as Purpose
from missionkit.domain.plan import Refinement as Refinement
from missionkit.domain.process import Activity as Activity
from missionkit.domain.process import Capability as Capability
from missionkit.domain.process import DemandStatus as DemandStatus
from missionkit.domain.process import DesignBrief as DesignBrief
from missionkit.domain.process import Flow as Flow
from missionkit.domain.process import FlowKind as FlowKind
from missionkit.domain.process import Process as Process
from missionkit.domain.process import ProcessFamily as ProcessFamily
from missionkit.domain.process import ProcessLevel as ProcessLevel
from missionkit.domain.process import ReleaseLadder as ReleaseLadder
from missionkit.domain.process import ReleaseState as ReleaseState
from missionkit.domain.process import ReleaseStep as ReleaseStep
from missionkit.domain.process import Resource as Resource
from missionkit.domain.process import ResourceDemand as ResourceDemand
from missionkit.domain.process import ResourceStage as ResourceStage
from missionkit.domain.process import ResourceType as ResourceType
from missionkit.domain.process import ValueClass as ValueClass
from missionkit.domain.referring import Referrer as Referrer
from missionkit.domain.relation import Relation as Relation
from missionkit.domain.review import ActionStatus as ActionStatus
from missionkit.domain.review import Affirmation as Affirmation
from missionkit.domain.review import Agenda as Agenda
from missionkit.domain.review import AgendaEntry as AgendaEntry
from missionkit.domain.review import AgendaItem as AgendaItem
from missionkit.domain.review import Approval as Approval
from missionkit.domain.review import Artifact as Artifact
from missionkit.domain.review import ArtifactStatus as ArtifactStatus
from missionkit.domain.review import Conclusion as Conclusion
from missionkit.domain.review import ConclusionKind as ConclusionKind
from missionkit.domain.review import CycleStatus as CycleStatus
from missionkit.domain.review import Decision as Decision
from missionkit.domain.review import DecisionKind as DecisionKind
from missionkit.domain.review import Disposition as Disposition
from missionkit.domain.review import DriftSignal as DriftSignal
from missionkit.domain.review import Evidence as Evidence
from missionkit.domain.review import EvidenceKind as EvidenceKind
from missionkit.domain.review import ImprovementAction as ImprovementAction
from missionkit.domain.review import IntentAlignment as IntentAlignment
from missionkit.domain.review import IntentPart as IntentPart
from missionkit.domain.review import MaturityAssessment as MaturityAssessment
from missionkit.domain.review import MaturityRating as MaturityRating
from missionkit.domain.review import Meeting as Meeting
from missionkit.domain.review import PinnedDigest as PinnedDigest
from missionkit.domain.review import ReviewCycle as ReviewCycle
from missionkit.domain.review import RunStatus as RunStatus
from missionkit.domain.review import Shift as Shift
from missionkit.domain.review import SignalStatus as SignalStatus
from missionkit.domain.review import StageRun as StageRun
from missionkit.domain.review import Waiver as Waiver
from missionkit.domain.role import Delivery as Delivery
from missionkit.domain.role import Development as Development
from missionkit.domain.role import Handover as Handover
from missionkit.domain.role import Letter as Letter
from missionkit.domain.role import Responsibility as Responsibility
from missionkit.domain.role import Role as Role
from missionkit.domain.role import RoleAssignment as RoleAssignment
from missionkit.domain.role import RoleKind as RoleKind
from missionkit.domain.spec import Choice as Choice
from missionkit.domain.spec import DeclarationError as DeclarationError
from missionkit.domain.spec import FieldSpec as FieldSpec
from missionkit.domain.spec import Foreign as Foreign
from missionkit.domain.spec import Leaf as Leaf
from missionkit.domain.spec import Many as Many
from missionkit.domain.spec import Nested as Nested
from missionkit.domain.spec import Reference as Reference
from missionkit.domain.spec import Shape as Shape
from missionkit.domain.spec import Spec as Spec
from missionkit.domain.spec import declared_class as declared_class
from missionkit.domain.spec import is_declared as is_declared
from missionkit.domain.spec import spec_of as spec_of
from missionkit.domain.stages import Gate as Gate
from missionkit.domain.stages import Migration as Migration
from missionkit.domain.stages import Move as Move
from missionkit.domain.stages import Permission as Permission
from missionkit.domain.stages import Renamed as Renamed
from missionkit.domain.stages import ReviewAct as ReviewAct
from missionkit.domain.stages import RuleCode as RuleCode
from missionkit.domain.stages import Stage as Stage
from missionkit.domain.stages import StageOutput as StageOutput
from missionkit.domain.stages import WorkflowRole as WorkflowRole
from missionkit.domain.stakeholder import STAKES as STAKES
from missionkit.domain.stakeholder import Engagement as Engagement
from missionkit.domain.stakeholder import Need as Need
from missionkit.domain.stakeholder import NeedKind as NeedKind
from missionkit.domain.stakeholder import NeedStatus as NeedStatus
from missionkit.domain.stakeholder import SalienceRating as SalienceRating
from missionkit.domain.stakeholder import Stakeholder as Stakeholder
from missionkit.domain.stakeholder import StakeholderKind as StakeholderKind
from missionkit.domain.stepping import Context as Context
from missionkit.domain.stepping import Planned as Planned
from missionkit.domain.stepping import Position as Position
from missionkit.domain.stepping import Table as Table
from missionkit.domain.templates import four_processes as four_processes
from missionkit.domain.values import Amount as Amount
from missionkit.domain.values import Cadence as Cadence
from missionkit.domain.values import Contribution as Contribution
from missionkit.domain.values import Count as Count
from missionkit.domain.values import Currency as Currency
from missionkit.domain.values import Descriptor as Descriptor
from missionkit.domain.values import DescriptorScale as DescriptorScale
from missionkit.domain.values import Hours as Hours
from missionkit.domain.values import Line as Line
from missionkit.domain.values import Money as Money
from missionkit.domain.values import Name as Name
from missionkit.domain.values import Period as Period
from missionkit.domain.values import Ratio as Ratio
from missionkit.domain.values import Satisfaction as Satisfaction
from missionkit.domain.values import Sha256 as Sha256
from missionkit.domain.values import Statement as Statement
from missionkit.domain.values import Text as Text
from missionkit.domain.values import Unit as Unit
from missionkit.domain.values import Weight as Weight
from missionkit.domain.values import total as total
from missionkit.domain.views import VIEWS as VIEWS
from missionkit.domain.views import View as View
from missionkit.domain.workflow import Workflow as Workflow
from missionkit.drift.charts.chart import Chart as Chart
from missionkit.drift.charts.chart import ChartBaseline as ChartBaseline
from missionkit.drift.charts.chart import ChartLine as ChartLine
from missionkit.drift.charts.chart import ChartPoint as ChartPoint
from missionkit.drift.charts.chart import ChartSignal as ChartSignal
from missionkit.drift.charts.constants import ChartConstants as ChartConstants
from missionkit.drift.charts.cusum import cusum_chart as cusum_chart
from missionkit.drift.charts.ewma import ewma_chart as ewma_chart
from missionkit.drift.charts.nelson import nelson_chart as nelson_chart
from missionkit.drift.charts.page_hinkley import (
    page_hinkley_chart as page_hinkley_chart,
)
from missionkit.drift.charts.xmr import xmr_chart as xmr_chart
from missionkit.drift.covering.adaptation import matched as matched
from missionkit.drift.detectors.level_shift import LEVEL_SHIFT as LEVEL_SHIFT
from missionkit.drift.detectors.level_shift import LevelShift as LevelShift
from missionkit.drift.discovery import Dependence as Dependence
from missionkit.drift.discovery import adjusted_p_values as adjusted_p_values
from missionkit.drift.discovery import discoveries as discoveries
from missionkit.drift.find import find_drift as find_drift
from missionkit.drift.in_words import in_words as in_words
from missionkit.drift.indicator_catalog import INDICATORS as INDICATORS
from missionkit.drift.indicator_catalog import (
    InstalledIndicators as InstalledIndicators,
)
from missionkit.drift.indicator_catalog import (
    installed_indicators as installed_indicators,
)
from missionkit.drift.lasting.runway import Runway as Runway
from missionkit.drift.lasting.runway import runway as runway
from missionkit.drift.ledger.calendar import month as month
from missionkit.drift.ledger.calendar import periods as periods
from missionkit.drift.ledger.calendar import quarter as quarter
from missionkit.drift.ledger.calendar import year as year
from missionkit.drift.ledger.kept import KeptEffort as KeptEffort
from missionkit.drift.ledger.kept import keep_effort as keep_effort
from missionkit.drift.ledger.summarize import summarize as summarize
from missionkit.drift.mix.find import find_mix_shift as find_mix_shift
from missionkit.drift.moved.drivers import (
    concentration_drivers as concentration_drivers,
)
from missionkit.drift.moved.drivers import mix_drivers as mix_drivers
from missionkit.drift.moved.drivers import share_drivers as share_drivers
from missionkit.drift.moved.drivers import sum_drivers as sum_drivers
from missionkit.drift.raising import raised as raised
from missionkit.drift.report import DriftReport as DriftReport
from missionkit.drift.report import NotAsked as NotAsked
from missionkit.drift.spheres import SphereMap as SphereMap
from missionkit.drift.spheres import SpherePull as SpherePull
from missionkit.drift.spheres import SphereRating as SphereRating
from missionkit.drift.spheres import sphere_map as sphere_map
from missionkit.errors import CommitUnknownError as CommitUnknownError
from missionkit.errors import ConflictError as ConflictError
from missionkit.errors import CorruptStoreError as CorruptStoreError
from missionkit.errors import DocumentError as DocumentError
from missionkit.errors import InvalidValueError as InvalidValueError
from missionkit.errors import LimitError as LimitError
from missionkit.errors import MissingExtraError as MissingExtraError
from missionkit.errors import MissionKitError as MissionKitError
from missionkit.errors import ModelError as ModelError
from missionkit.errors import NotFoundError as NotFoundError
from missionkit.errors import PluginError as PluginError
from missionkit.errors import RefusedError as RefusedError
from missionkit.errors import StoreBusyError as StoreBusyError
from missionkit.errors import StoreError as StoreError
from missionkit.errors import StoreFullError as StoreFullError
from missionkit.errors import StoreUnavailableError as StoreUnavailableError
from missionkit.errors import StoreVersionError as StoreVersionError
from missionkit.errors import UnsafeDocumentError as UnsafeDocumentError
from missionkit.formats.dot import dot as dot
from missionkit.formats.ledger import read_ledger as read_ledger
from missionkit.formats.load import Converted as Converted
from missionkit.formats.load import convert as convert
from missionkit.formats.load import load as load
from missionkit.formats.load import save as save
from missionkit.formats.mermaid import mermaid as mermaid
from missionkit.formats.workflow_file import load_workflow as load_workflow
from missionkit.formats.workflow_file import save_workflow as save_workflow
from missionkit.formats.workflow_mermaid import workflow_mermaid as workflow_mermaid
from missionkit.history.blaming import Blame as Blame
from missionkit.history.blaming import Version as Version
from missionkit.history.checkpoint import Checkpoint as Checkpoint
from missionkit.history.differences import Diff as Diff
from missionkit.history.differences import ElementChange as ElementChange
from missionkit.history.differences import FieldChange as FieldChange
from missionkit.history.differences import diff as diff
from missionkit.history.edit import Edit as Edit
from missionkit.history.log import Entry as Entry
from missionkit.history.log import Log as Log
from missionkit.history.mentions import Mention as Mention
from missionkit.history.merging import Merged as Merged
from missionkit.history.merging import merge as merge
from missionkit.history.verifying import Verified as Verified
from missionkit.issue import Code as Code
from missionkit.issue import Issue as Issue
from missionkit.issue import Refusal as Refusal
from missionkit.issue import RefusalKind as RefusalKind
from missionkit.issue import Severity as Severity
from missionkit.issue import Source as Source
from missionkit.issue import Verdict as Verdict
from missionkit.issue import did_you_mean as did_you_mean
from missionkit.issue import nearest as nearest
from missionkit.ports.detector import Detector as Detector
from missionkit.ports.detector import DetectorView as DetectorView
from missionkit.ports.finding import Cover as Cover
from missionkit.ports.finding import Covering as Covering
from missionkit.ports.finding import DriftVerdict as DriftVerdict
from missionkit.ports.finding import Driver as Driver
from missionkit.ports.finding import Finding as Finding
from missionkit.ports.format import Exported as Exported
from missionkit.ports.format import Format as Format
from missionkit.ports.format import Imported as Imported
from missionkit.ports.format import Lost as Lost
from missionkit.ports.guard import Guard as Guard
from missionkit.ports.guard import GuardView as GuardView
from missionkit.ports.indicator import Indicator as Indicator
from missionkit.ports.indicator import IndicatorView as IndicatorView
from missionkit.ports.options import Criterion as Criterion
from missionkit.ports.options import Normalization as Normalization
from missionkit.ports.options import Options as Options
from missionkit.ports.part import SATISFACTION as SATISFACTION
from missionkit.ports.part import SHARE as SHARE
from missionkit.ports.part import Combine as Combine
from missionkit.ports.part import MissingPolicy as MissingPolicy
from missionkit.ports.part import Part as Part
from missionkit.ports.part import PartRole as PartRole
from missionkit.ports.part import Scale as Scale
from missionkit.ports.part import Weighting as Weighting
from missionkit.ports.ranker import Ranker as Ranker
from missionkit.ports.ranker import RankingMethod as RankingMethod
from missionkit.ports.rule import LimitSpec as LimitSpec
from missionkit.ports.rule import NotJudged as NotJudged
from missionkit.ports.rule import Rule as Rule
from missionkit.ports.rule import RuleEntry as RuleEntry
from missionkit.ports.rule import RuleView as RuleView
from missionkit.ports.score import Score as Score
from missionkit.ports.scorer import Scorer as Scorer
from missionkit.ports.scorer import ScoreView as ScoreView
from missionkit.ports.series import Series as Series
from missionkit.ports.series import SeriesPoint as SeriesPoint
from missionkit.ports.store import Aside as Aside
from missionkit.ports.store import Disposal as Disposal
from missionkit.ports.store import Disposed as Disposed
from missionkit.ports.store import Repair as Repair
from missionkit.ports.store import Snapshot as Snapshot
from missionkit.ports.store import Snapshots as Snapshots
from missionkit.ports.store import Store as Store
from missionkit.processes.answers import Answer as Answer
from missionkit.processes.answers import Offer as Offer
from missionkit.processes.answers import Question as Question
from missionkit.processes.care import CareOverview as CareOverview
from missionkit.processes.care import care_overview as care_overview
from missionkit.processes.careers import Careers as Careers
from missionkit.processes.careers import RoleCareer as RoleCareer
from missionkit.processes.careers import career_of as career_of
from missionkit.processes.careers import careers as careers
from missionkit.processes.chart import ChartedProcess as ChartedProcess
from missionkit.processes.chart import ProcessChart as ProcessChart
from missionkit.processes.chart import process_chart as process_chart
from missionkit.processes.complaints import Complaint as Complaint
from missionkit.processes.complaints import complaints as complaints
from missionkit.processes.currency import CARE_LIMITS as CARE_LIMITS
from missionkit.processes.currency import CareState as CareState
from missionkit.processes.currency import FunctionCurrency as FunctionCurrency
from missionkit.processes.currency import ProcessCurrency as ProcessCurrency
from missionkit.processes.currency import care_of as care_of
from missionkit.processes.currency import chart_currency as chart_currency
from missionkit.processes.effort import EFFORT_LIMITS as EFFORT_LIMITS
from missionkit.processes.effort import ManagementEffort as ManagementEffort
from missionkit.processes.effort import management_effort as management_effort
from missionkit.processes.effort_change import EffortChange as EffortChange
from missionkit.processes.effort_change import EffortDriver as EffortDriver
from missionkit.processes.effort_change import compare_effort as compare_effort
from missionkit.processes.interfaces import FlowEnd as FlowEnd
from missionkit.processes.interfaces import Interface as Interface
from missionkit.processes.loyalty import Loyalty as Loyalty
from missionkit.processes.matrix import MATRIX_LIMITS as MATRIX_LIMITS
from missionkit.processes.matrix import responsibility_matrix as responsibility_matrix
from missionkit.processes.matrix_rows import MatrixFault as MatrixFault
from missionkit.processes.matrix_rows import MatrixRemark as MatrixRemark
from missionkit.processes.matrix_rows import MatrixRow as MatrixRow
from missionkit.processes.matrix_rows import (
    ResponsibilityMatrix as ResponsibilityMatrix,
)
from missionkit.processes.service import Service as Service
from missionkit.processes.service import ServiceLine as ServiceLine
from missionkit.processes.service import service as service
from missionkit.processes.service import service_of as service_of
from missionkit.processes.sipoc import Sipoc as Sipoc
from missionkit.processes.sipoc import SipocLine as SipocLine
from missionkit.processes.sipoc import sipoc as sipoc
from missionkit.processes.sipoc import sipocs as sipocs
from missionkit.processes.splitting import EffortSplit as EffortSplit
from missionkit.processes.system import ExpectedFlow as ExpectedFlow
from missionkit.processes.system import SystemChart as SystemChart
from missionkit.processes.system import SystemFlow as SystemFlow
from missionkit.processes.system import SystemOutput as SystemOutput
from missionkit.processes.system import system_chart as system_chart
from missionkit.processes.work import Work as Work
from missionkit.report.document import Document as Document
from missionkit.report.document import document as document
from missionkit.report.explain import Explanation as Explanation
from missionkit.report.explain import explain as explain
from missionkit.report.pack import Pack as Pack
from missionkit.report.pack import pack as pack
from missionkit.report.pictures.concentration import (
    concentration_curve as concentration_curve,
)
from missionkit.report.pictures.mix import MixPart as MixPart
from missionkit.report.pictures.mix import mix_of as mix_of
from missionkit.report.pictures.mix import mix_picture as mix_picture
from missionkit.report.pictures.process_chart import (
    process_chart_picture as process_chart_picture,
)
from missionkit.report.pictures.responsibility_matrix import (
    responsibility_matrix_picture as responsibility_matrix_picture,
)
from missionkit.report.pictures.sipoc import sipoc_picture as sipoc_picture
from missionkit.report.pictures.spheres import sphere_picture as sphere_picture
from missionkit.report.pictures.strategy_map import strategy_map as strategy_map
from missionkit.report.pictures.system_chart import (
    system_chart_picture as system_chart_picture,
)
from missionkit.report.pictures.workflow import workflow_map as workflow_map
from missionkit.review.measures import mission_measures as mission_measures
from missionkit.review.mission_measure import MissionMeasure as MissionMeasure
from missionkit.review.mission_measure import MissionMeasures as MissionMeasures
from missionkit.review.state import CycleState as CycleState
from missionkit.rules.book import BOOK as BOOK
from missionkit.rules.check import check as check
from missionkit.rules.plugged import installed_rules as installed_rules
from missionkit.rules.result import CheckResult as CheckResult
from missionkit.rules.selection import Selection as Selection
from missionkit.rules.standing import GateStanding as GateStanding
from missionkit.rules.standing import gates as gates
from missionkit.rules.waivers import Waived as Waived
from missionkit.samples import sample as sample
from missionkit.samples import sample_ledgers as sample_ledgers
from missionkit.samples.days import SAMPLE_DAY as SAMPLE_DAY
from missionkit.scoring.catalog import SCORERS as SCORERS
from missionkit.scoring.catalog import InstalledScorers as InstalledScorers
from missionkit.scoring.catalog import installed_scorers as installed_scorers
from missionkit.scoring.level_model import LevelComponent as LevelComponent
from missionkit.scoring.level_model import LevelModel as LevelModel
from missionkit.scoring.level_model import LevelRule as LevelRule
from missionkit.scoring.methods.levels import LevelScore as LevelScore
from missionkit.scoring.multi_criteria import Topsis as Topsis
from missionkit.scoring.multi_criteria import WeightedSum as WeightedSum
from missionkit.scoring.rank_intervals import RankInterval as RankInterval
from missionkit.scoring.rank_intervals import RankIntervals as RankIntervals
from missionkit.scoring.rankers import InstalledRankers as InstalledRankers
from missionkit.scoring.rankers import installed_rankers as installed_rankers
from missionkit.scoring.ranking import Ranked as Ranked
from missionkit.scoring.ranking import Ranking as Ranking
from missionkit.scoring.ranking import rank as rank
from missionkit.scoring.salience import SalienceClass as SalienceClass
from missionkit.scoring.score import score as score
from missionkit.scoring.sensitivity import Flip as Flip
from missionkit.scoring.sensitivity import Sensitivity as Sensitivity
from missionkit.stores.folder.store import FolderStore as FolderStore
from missionkit.stores.memory import MemoryStore as MemoryStore
from missionkit.stores.sql.store import SqlStore as SqlStore
from missionkit.stores.sqlite.store import SqliteStore as SqliteStore
from missionkit.trace.affirming import affirm as affirm
from missionkit.trace.approvals import ApprovalStanding as ApprovalStanding
from missionkit.trace.approvals import ApprovalState as ApprovalState
from missionkit.trace.approvals import approval_standing as approval_standing
from missionkit.trace.branch import Branch as Branch
from missionkit.trace.branch import Gap as Gap
from missionkit.trace.branch import Place as Place
from missionkit.trace.coverage import Coverage as Coverage
from missionkit.trace.coverage import coverage as coverage
from missionkit.trace.graph import graph as graph
from missionkit.trace.hop import Hop as Hop
from missionkit.trace.impact import Affected as Affected
from missionkit.trace.impact import Impact as Impact
from missionkit.trace.impact import impact as impact
from missionkit.trace.metric import Metric as Metric
from missionkit.trace.orphans import orphans as orphans
from missionkit.trace.standing import Standing as Standing
from missionkit.trace.standing import standing as standing
from missionkit.trace.toward import Toward as Toward
from missionkit.trace.why import Trace as Trace
from missionkit.trace.why import why as why
from missionkit.workspace import Workspace as Workspace
from missionkit.workspace.erasing import Erasure as Erasure
from missionkit.workspace.mending import check_store as check_store
from missionkit.workspace.mending import repair_store as repair_store
from missionkit.workspace.reviewing import Review as Review
from missionkit.workspace.staling import WentStale as WentStale
from missionkit.workspace.store_report import StoreRepair as StoreRepair
from missionkit.workspace.store_report import StoreReport as StoreReport
from missionkit.workspace.store_report import StreamReport as StreamReport

__all__ = [
    "AGENDAS",
    "BOOK",
    "CARE_LIMITS",
    "EFFORT_LIMITS",
    "FOUR_STAGES",
    "INDICATORS",
    "KINDS",
    "KIND_PATTERN",
    "LEVEL_SHIFT",
    "MANAGEMENT_REVIEW",
    "MANAGEMENT_REVIEW_2024",
    "MATRIX_LIMITS",
    "NO_EXT",
    "SAMPLE_DAY",
    "SATISFACTION",
    "SCANNED",
    "SCORERS",
    "SHARE",
    "STAKES",
    "VIEWS",
    "ActionLevel",
    "ActionStatus",
    "Activity",
    "ActivityId",
    "ActivityRecord",
    "Actor",
    "Affected",
    "Affirmation",
    "AffirmationId",
    "Agenda",
    "AgendaEntry",
    "AgendaId",
    "AgendaItem",
    "AgendaItemId",
    "AllocationBucket",
    "AllocationSnapshot",
    "AllocationSnapshotId",
    "Amount",
    "Answer",
    "AnyId",
    "Approval",
    "ApprovalId",
    "ApprovalStanding",
    "ApprovalState",
    "Artifact",
    "ArtifactId",
    "ArtifactStatus",
    "Aside",
    "Assessment",
    "AssessmentId",
    "AtLeast",
    "Basis",
    "Benchmark",
    "BenchmarkId",
    "Between",
    "Blame",
    "Branch",
    "BusinessOutput",
    "BusinessOutputId",
    "Cadence",
    "Capability",
    "CareFunction",
    "CareOverview",
    "CareRecord",
    "CareRecordId",
    "CareState",
    "Careers",
    "Chart",
    "ChartBaseline",
    "ChartConstants",
    "ChartLine",
    "ChartPoint",
    "ChartSignal",
    "ChartedProcess",
    "CheckResult",
    "Checkpoint",
    "Choice",
    "Client",
    "ClientId",
    "ClientProfile",
    "ClientProfileId",
    "Code",
    "Combine",
    "Commit",
    "CommitUnknownError",
    "Commitment",
    "Complaint",
    "Conclusion",
    "ConclusionId",
    "ConclusionKind",
    "ConflictError",
    "Context",
    "Contribution",
    "Converted",
    "CoreIntent",
    "CoreIntentId",
    "CorruptStoreError",
    "Count",
    "CourseOfAction",
    "CourseOfActionId",
    "Cover",
    "Coverage",
    "Covering",
    "Criterion",
    "Currency",
    "CycleState",
    "CycleStatus",
    "Decision",
    "DecisionId",
    "DecisionKind",
    "DeclarationError",
    "Delivery",
    "DemandStatus",
    "Dependence",
    "Descriptor",
    "DescriptorScale",
    "DesignBrief",
    "Detector",
    "DetectorView",
    "Development",
    "DevelopmentId",
    "Diff",
    "Direction",
    "Directive",
    "DirectiveId",
    "DirectiveKind",
    "Disposal",
    "Disposed",
    "Disposition",
    "Doc",
    "Document",
    "DocumentError",
    "Draft",
    "DriftReport",
    "DriftSignal",
    "DriftSignalId",
    "DriftVerdict",
    "Driver",
    "Edit",
    "EffortChange",
    "EffortDriver",
    "EffortSplit",
    "Element",
    "ElementChange",
    "Enforcement",
    "Engagement",
    "Entity",
    "Entry",
    "Erasure",
    "Evidence",
    "EvidenceId",
    "EvidenceKind",
    "Expected",
    "ExpectedFlow",
    "Explanation",
    "Exported",
    "Ext",
    "Fact",
    "Feedback",
    "FeedbackId",
    "FieldChange",
    "FieldSpec",
    "Finding",
    "Flip",
    "Flow",
    "FlowEnd",
    "FlowId",
    "FlowKind",
    "FolderStore",
    "Foreign",
    "Format",
    "FunctionCurrency",
    "Gap",
    "Gate",
    "GateStanding",
    "Goal",
    "GoalId",
    "Guard",
    "GuardView",
    "Handover",
    "HandoverId",
    "Head",
    "Header",
    "Hop",
    "Hours",
    "Impact",
    "ImpactKind",
    "Imported",
    "ImprovementAction",
    "ImprovementActionId",
    "Indicator",
    "IndicatorView",
    "Influencer",
    "InfluencerId",
    "InstalledIndicators",
    "InstalledRankers",
    "InstalledScorers",
    "IntentAlignment",
    "IntentAlignmentId",
    "IntentPart",
    "Interface",
    "InvalidValueError",
    "Invariant",
    "Investigation",
    "InvestigationId",
    "Issue",
    "Json",
    "KeptEffort",
    "Kinds",
    "Leaf",
    "Ledger",
    "Letter",
    "LevelComponent",
    "LevelModel",
    "LevelRule",
    "LevelScore",
    "LevelShift",
    "Limit",
    "LimitError",
    "LimitSpec",
    "Limits",
    "Line",
    "Link",
    "Log",
    "Lost",
    "Loyalty",
    "ManagementEffort",
    "Many",
    "Matches",
    "MatrixFault",
    "MatrixRemark",
    "MatrixRow",
    "MaturityAssessment",
    "MaturityAssessmentId",
    "MaturityRating",
    "MeasureKind",
    "Meeting",
    "MeetingId",
    "MemoryStore",
    "Mention",
    "Merged",
    "Metric",
    "Migration",
    "MissingExtraError",
    "MissingPolicy",
    "MissionKitError",
    "MissionMeasure",
    "MissionMeasures",
    "MixPart",
    "Model",
    "ModelError",
    "Money",
    "Move",
    "Name",
    "Naming",
    "Need",
    "NeedId",
    "NeedKind",
    "NeedStatus",
    "Nested",
    "Normalization",
    "NotAsked",
    "NotBlank",
    "NotEmpty",
    "NotFoundError",
    "NotJudged",
    "Objective",
    "ObjectiveId",
    "ObjectiveStatus",
    "Observation",
    "ObservationId",
    "Offer",
    "OneLine",
    "Opaque",
    "OperatingSphere",
    "OperatingSphereId",
    "Options",
    "Organization",
    "OrganizationId",
    "OutputKind",
    "Pack",
    "Part",
    "PartRole",
    "Party",
    "PartyId",
    "PartyKind",
    "Payload",
    "Period",
    "Permission",
    "Perspective",
    "PinnedDigest",
    "Place",
    "Planned",
    "PluginError",
    "Position",
    "PotentialImpact",
    "PotentialImpactId",
    "Practice",
    "PracticeId",
    "Process",
    "ProcessChart",
    "ProcessCurrency",
    "ProcessFamily",
    "ProcessId",
    "ProcessLevel",
    "Progress",
    "Proof",
    "Purpose",
    "PurposeId",
    "Quality",
    "Question",
    "RankInterval",
    "RankIntervals",
    "Ranked",
    "Ranker",
    "Ranking",
    "RankingMethod",
    "Ratio",
    "Recorded",
    "Reference",
    "Referrer",
    "Refinement",
    "Refusal",
    "RefusalKind",
    "RefusedError",
    "Relation",
    "RelationId",
    "ReleaseLadder",
    "ReleaseState",
    "ReleaseStep",
    "Renamed",
    "Repair",
    "Resource",
    "ResourceDemand",
    "ResourceDemandId",
    "ResourceId",
    "ResourceStage",
    "ResourceType",
    "Response",
    "Responsibility",
    "ResponsibilityId",
    "ResponsibilityMatrix",
    "RevenueBucket",
    "RevenueRecord",
    "RevenueSnapshot",
    "RevenueSnapshotId",
    "Review",
    "ReviewAct",
    "ReviewCycle",
    "ReviewCycleId",
    "Role",
    "RoleAssignment",
    "RoleAssignmentId",
    "RoleCareer",
    "RoleId",
    "RoleKind",
    "Rule",
    "RuleCode",
    "RuleEntry",
    "RuleView",
    "RunStatus",
    "Runway",
    "SalienceClass",
    "SalienceRating",
    "SalienceRatingId",
    "Satisfaction",
    "Scale",
    "Score",
    "ScoreView",
    "Scorer",
    "Selection",
    "Sensitivity",
    "Series",
    "SeriesPoint",
    "Service",
    "ServiceLine",
    "Severity",
    "Sha256",
    "Shape",
    "Shift",
    "Side",
    "SignalStatus",
    "Sipoc",
    "SipocLine",
    "Snapshot",
    "Snapshots",
    "Source",
    "Spec",
    "SphereMap",
    "SpherePull",
    "SphereRating",
    "SphereRelation",
    "SqlStore",
    "SqliteStore",
    "Stage",
    "StageOutput",
    "StageRun",
    "StageRunId",
    "Stakeholder",
    "StakeholderId",
    "StakeholderKind",
    "Standing",
    "Statement",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreFullError",
    "StoreRepair",
    "StoreReport",
    "StoreUnavailableError",
    "StoreVersionError",
    "StreamReport",
    "SuccessMeasure",
    "SuccessMeasureId",
    "Swot",
    "SystemChart",
    "SystemFlow",
    "SystemOutput",
    "Table",
    "TargetSetting",
    "Text",
    "Topsis",
    "Toward",
    "Trace",
    "Training",
    "TrainingId",
    "Trend",
    "Unit",
    "UnsafeDocumentError",
    "UnusedRow",
    "Validity",
    "ValueChainStage",
    "ValueClass",
    "ValueRule",
    "ValueStatement",
    "Verdict",
    "Verified",
    "Version",
    "View",
    "Waived",
    "Waiver",
    "WaiverId",
    "Weight",
    "WeightedSum",
    "Weighting",
    "WentStale",
    "Work",
    "Workflow",
    "WorkflowDraft",
    "WorkflowRole",
    "Workspace",
    "adjusted_p_values",
    "affirm",
    "approval_standing",
    "care_of",
    "care_overview",
    "career_of",
    "careers",
    "chart_currency",
    "check",
    "check_store",
    "compare_effort",
    "complaints",
    "concentration_curve",
    "concentration_drivers",
    "convert",
    "coverage",
    "cusum_chart",
    "declared_class",
    "define_workflow",
    "did_you_mean",
    "diff",
    "digest_of",
    "discoveries",
    "document",
    "dot",
    "draft",
    "dumps",
    "dumps_workflow",
    "entity",
    "ewma_chart",
    "explain",
    "find_drift",
    "find_mix_shift",
    "four_processes",
    "gates",
    "graph",
    "impact",
    "in_force",
    "in_words",
    "installed_indicators",
    "installed_rankers",
    "installed_rules",
    "installed_scorers",
    "invariant",
    "is_declared",
    "is_id",
    "json_schema",
    "keep_effort",
    "lifecycle",
    "load",
    "load_workflow",
    "loads",
    "loads_workflow",
    "management_effort",
    "matched",
    "merge",
    "mermaid",
    "mission_measures",
    "mix_drivers",
    "mix_of",
    "mix_picture",
    "month",
    "nearest",
    "nelson_chart",
    "orphans",
    "pack",
    "page_hinkley_chart",
    "periods",
    "process_chart",
    "process_chart_picture",
    "proof",
    "quarter",
    "raised",
    "rank",
    "read_ledger",
    "repair_store",
    "responsibility_matrix",
    "responsibility_matrix_picture",
    "runway",
    "sample",
    "sample_ledgers",
    "save",
    "save_workflow",
    "score",
    "service",
    "service_of",
    "share_drivers",
    "sipoc",
    "sipoc_picture",
    "sipocs",
    "slug",
    "spec_of",
    "sphere_map",
    "sphere_picture",
    "standing",
    "strategy_map",
    "sum_drivers",
    "summarize",
    "system_chart",
    "system_chart_picture",
    "total",
    "value",
    "why",
    "workflow_map",
    "workflow_mermaid",
    "workflow_schema",
    "xmr_chart",
    "year",
]
