"""What one has promised to do oneself."""

from fastapi import APIRouter

from services.my_measures import MyMeasure, my_measures
from services.web.deps import Actor, Session, Trace

router = APIRouter(prefix="/api/v1/me", tags=["measures"])


@router.get("/measures")
async def list_my_measures(actor: Actor, trace: Trace, session: Session) -> list[MyMeasure]:
    """List the measures that are yours to complete, also in cases you may not read.

    Complete one with `complete-measure` on its case.
    """
    return await my_measures(session, actor, trace)
