from candidates.models.appointment import Appointment, BookingInvitation
from candidates.models.candidate import Candidate
from candidates.models.case import Case, CaseAssignment, CaseTag, Contact, SavedView
from candidates.models.disclosure import DisclosureRequest
from candidates.models.document import PersonDocument
from candidates.models.duplicate import DuplicatePair, Merge
from candidates.models.intake import Intake, PrivacyNotice, RegistrationDraft
from candidates.models.kiosk import Kiosk
from candidates.models.mail import InboundAttachment, InboundMessage, Mailbox, SubjectCode
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
from candidates.models.reorientation import Reorientation
from candidates.models.restriction import Restriction, RestrictionGrant
from candidates.models.service import ServiceDelivered
from candidates.models.signing import PactReview, SigningCode
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
    "DuplicatePair",
    "Education",
    "GroupMeeting",
    "HeldLicence",
    "InboundAttachment",
    "InboundMessage",
    "Intake",
    "Kiosk",
    "LanguageSkill",
    "Mailbox",
    "Merge",
    "PactReview",
    "PersonDocument",
    "PlannedAction",
    "PrivacyNotice",
    "Profile",
    "Question",
    "ReceptionHours",
    "RegistrationDraft",
    "Reorientation",
    "Restriction",
    "RestrictionGrant",
    "SavedView",
    "SearchProof",
    "ServiceDelivered",
    "ServicePact",
    "SigningCode",
    "SkillStatement",
    "SubjectCode",
    "WorkExperience",
    "WorkSpell",
]
