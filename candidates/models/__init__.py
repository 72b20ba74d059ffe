from candidates.models.appointment import Appointment, BookingInvitation
from candidates.models.candidate import Candidate
from candidates.models.case import Case, CaseAssignment, CaseTag, Contact, SavedView
from candidates.models.disclosure import DisclosureRequest
from candidates.models.document import PersonDocument
from candidates.models.intake import Intake, PrivacyNotice, RegistrationDraft
from candidates.models.mail import InboundAttachment, InboundMessage, SubjectCode
from candidates.models.notification import ContactPreference
from candidates.models.plan import PlannedAction, ServicePact
from candidates.models.profile import (
    AvailabilityWindow,
    DesiredOccupation,
    Education,
    HeldLicence,
    LanguageSkill,
    Profile,
    SkillStatement,
    WorkExperience,
)
from candidates.models.proof import SearchProof
from candidates.models.question import Question
from candidates.models.reception import Absence, DeskShortage, GroupMeeting, ReceptionHours
from candidates.models.status import AvailabilityDeclaration, WorkSpell

__all__ = [
    "Absence",
    "Appointment",
    "AvailabilityDeclaration",
    "AvailabilityWindow",
    "BookingInvitation",
    "Candidate",
    "Case",
    "CaseAssignment",
    "CaseTag",
    "Contact",
    "ContactPreference",
    "DesiredOccupation",
    "DeskShortage",
    "DisclosureRequest",
    "Education",
    "GroupMeeting",
    "HeldLicence",
    "InboundAttachment",
    "InboundMessage",
    "Intake",
    "LanguageSkill",
    "PersonDocument",
    "PlannedAction",
    "PrivacyNotice",
    "Profile",
    "Question",
    "ReceptionHours",
    "RegistrationDraft",
    "SavedView",
    "SearchProof",
    "ServicePact",
    "SkillStatement",
    "SubjectCode",
    "WorkExperience",
    "WorkSpell",
]
