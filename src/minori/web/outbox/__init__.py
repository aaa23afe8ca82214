"""The outbox: what is to leave, the workers that send it, and the way back of facts into the lake."""

from minori.web.outbox.queue import (
    queue_alert,
    queue_proposal,
    queue_survey,
    queue_team,
    queue_thanks,
    try_again,
)

__all__ = ["queue_alert", "queue_proposal", "queue_survey", "queue_team", "queue_thanks", "try_again"]
