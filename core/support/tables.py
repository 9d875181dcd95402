"""All tables of the room."""

from core.support.course_tables import Course, CourseEnrolment, CourseFeedback, EnrolmentState
from core.support.event_tables import EventFeedback, EventParticipant, EventState, MethodicalEvent
from core.support.help_request_tables import HelpRequest, RequestState
from core.support.mentorship_tables import (
    Contest,
    ContestEntry,
    Mentee,
    MenteeCategory,
    Mentor,
    MentoringMeeting,
    Mentorship,
    MentorshipAnswer,
    MentorshipForm,
    MentorshipKind,
    MentorshipMentee,
    MentorshipProgramme,
    MentorshipState,
    Moment,
    ProgrammeGoal,
    ProgrammeStep,
    SchoolDistance,
    Side,
)
from core.support.route_tables import IndividualRoute, RouteState, RouteStep
from core.support.self_education_tables import SelfEducation, SelfEducationPhase, SelfEducationStage
from core.support.visit_tables import LessonVisit, Seen, VisitLookFor

__all__ = [
    "Contest",
    "ContestEntry",
    "Course",
    "CourseEnrolment",
    "CourseFeedback",
    "EnrolmentState",
    "EventFeedback",
    "EventParticipant",
    "EventState",
    "HelpRequest",
    "IndividualRoute",
    "LessonVisit",
    "Mentee",
    "MenteeCategory",
    "Mentor",
    "MentoringMeeting",
    "Mentorship",
    "MentorshipAnswer",
    "MentorshipForm",
    "MentorshipKind",
    "MentorshipMentee",
    "MentorshipProgramme",
    "MentorshipState",
    "MethodicalEvent",
    "Moment",
    "ProgrammeGoal",
    "ProgrammeStep",
    "RequestState",
    "RouteState",
    "RouteStep",
    "SchoolDistance",
    "Seen",
    "SelfEducation",
    "SelfEducationPhase",
    "SelfEducationStage",
    "Side",
    "VisitLookFor",
]
