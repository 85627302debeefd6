"""What the pages of the room show, one file per noun."""

from samlop.programme.queries.course import CoursePage, course_page
from samlop.programme.queries.decisions import DecisionPage, DecisionsPage, decision_page, decisions_page
from samlop.programme.queries.register import RegisterPage, register_page
from samlop.programme.queries.rights import RightsPage, rights_page
from samlop.programme.queries.signing import SigningPage, signing_page

__all__ = [
    "CoursePage",
    "DecisionPage",
    "DecisionsPage",
    "RegisterPage",
    "RightsPage",
    "SigningPage",
    "course_page",
    "decision_page",
    "decisions_page",
    "register_page",
    "rights_page",
    "signing_page",
]
