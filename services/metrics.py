"""What is counted. Labels are codes from closed lists: never an id, never a name."""

from prometheus_client import Counter, Gauge

REPORTS = Counter("avvik_reports", "Reports answered, by what became of them", ["outcome"])
QUARANTINE = Gauge("avvik_quarantine_open", "Messages that wait for a person")
UNSENT = Gauge("avvik_unsent_facts", "Facts in the log that the stream does not have yet")
BACKLOG = Gauge("avvik_handler_behind", "Facts a handler has not finished with", ["handler"])
UNREACHED = Gauge("avvik_cases_unreached", "Open cases that nobody could be told of")
SUGGESTIONS = Gauge(
    "avvik_suggestions",
    "Suggestions by what was suggested and what a person made of it",
    ["suggested", "outcome"],
)
NOTICES = Gauge("avvik_notices", "Notices by state", ["state"])
