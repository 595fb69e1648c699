"""The reference: the same work by hand, with asyncpg and nats-py and no framework.

Web, relay and worker as three processes, like the product; the same tables with the same number
of rows, the same facts with the same chain, the same encryption, the same consumers with an
inbox each, the same flushes to disk. It knows one path only: a new report from one account, to
a municipality with the default policy. It neither checks what comes in nor survives much: no
repeated or twin reports, no refusals, no second worker, no pauses, no quarantine, no admission,
no metrics, and hardly a log. What it lacks is what the product's speed is to be judged by.
"""
