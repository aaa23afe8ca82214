"""The app's tables. ``people`` and ``work`` are the app's own; ``read`` is written anew after each run."""

from minori.web.models.data import AsideRow, DataCopied, LoadRow
from minori.web.models.jobs import Job, JobState
from minori.web.models.messages import Channel, Delivery, Message
from minori.web.models.people import ApiToken, Audit, Person, Role, SavedView, SignInLink
from minori.web.models.policy import PolicyChange, PolicyDraft, PolicyFile
from minori.web.models.proof import (
    ChartRow,
    CurveRow,
    FigureRow,
    Meaning,
    MovementRow,
    Proof,
    ProofPart,
    VerdictRow,
)
from minori.web.models.read import Current, CustomerRow, FateRow, ListedRow, PlayRow, ProposalRow, Run
from minori.web.models.work import Alert, Fact, HandOver, Note, State, Step, Task, Work

__all__ = [
    "Alert",
    "ApiToken",
    "AsideRow",
    "Audit",
    "Channel",
    "ChartRow",
    "Current",
    "CurveRow",
    "CustomerRow",
    "DataCopied",
    "Delivery",
    "Fact",
    "FateRow",
    "FigureRow",
    "HandOver",
    "Job",
    "JobState",
    "ListedRow",
    "LoadRow",
    "Meaning",
    "Message",
    "MovementRow",
    "Note",
    "Person",
    "PlayRow",
    "PolicyChange",
    "PolicyDraft",
    "PolicyFile",
    "Proof",
    "ProofPart",
    "ProposalRow",
    "Role",
    "Run",
    "SavedView",
    "SignInLink",
    "State",
    "Step",
    "Task",
    "VerdictRow",
    "Work",
]
