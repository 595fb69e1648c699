"""In which role somebody may do something in a case, and who may not."""

import pytest

from events import Role, Track
from tests.samples import assess, played, submit
from workflows.access import MEASURE_OWNER, OWNER, acting_role, may

SOCIAL = played(submit(), assess())
HEALTH = played(submit(), assess(tracks=(Track.SOL, Track.HSL)))
UNJUDGED = played(submit())


def test_mas_reaches_what_runs_on_the_health_care_track_and_nothing_else():
    assert acting_role("read-case", HEALTH, [Role.MAS], []) is Role.MAS
    assert acting_role("read-case", SOCIAL, [Role.MAS], []) is None
    assert acting_role("read-case", UNJUDGED, [Role.MAS], []) is None


@pytest.mark.parametrize(
    ("action", "held", "ties", "role"),
    [
        ("close", [Role.UNIT_MANAGER], [], Role.UNIT_MANAGER),
        ("close", [Role.UNIT_MANAGER, Role.SAS], [], Role.SAS),
        ("close", [Role.STAFF], [], None),
        ("close", [Role.STAFF], [OWNER], Role.STAFF),
        ("close", [], [OWNER], Role.STAFF),
        ("close", [Role.ADMIN], [], None),
        ("reopen", [Role.STAFF], [OWNER], None),
        ("complete-measure", [Role.STAFF], [MEASURE_OWNER], Role.STAFF),
        ("follow-up-measure", [Role.STAFF], [MEASURE_OWNER], None),
        ("take-sas-position", [Role.OPERATIONS_MANAGER], [OWNER], None),
        ("never-heard-of", [*Role], [OWNER], None),
    ],
)
def test_an_action_is_done_in_the_role_that_weighs_most_or_not_at_all(action, held, ties, role):
    assert acting_role(action, SOCIAL, held, ties) is role


def test_what_is_about_no_case_needs_a_role_too():
    assert may("file-report", [Role.STAFF])
    assert not may("administer", [Role.STAFF])
    assert not may("never-heard-of", [*Role])
