"""All steps by the command's name in the API; a test asks that none is missing."""

from collections.abc import Mapping
from typing import Final

from services.web.pages.steps import answers, ending, ivo, judgement, lex_sarah, work
from services.web.pages.steps.row import Step

STEPS: Final[Mapping[str, Step]] = (
    judgement.STEPS | work.STEPS | answers.STEPS | ending.STEPS | lex_sarah.STEPS | ivo.STEPS
)
