"""The statements, each for any number of rows: one parameter per column."""

from typing import Final

NUMBERS: Final = "SELECT nextval('case_number') FROM generate_series(1, $1)"

EVENTS: Final = """
    INSERT INTO event (event_id, case_id, case_type, sequence, type, version, at, "by", trace,
                       body, chain)
    SELECT e, c, 'deviation', s, t, 1, a, b, r, j, h
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[],
                $6::text[], $7::text[], $8::jsonb[], $9::bytea[])
         AS n (e, c, s, t, a, b, r, j, h)
"""
HEADS: Final = """
    INSERT INTO case_head (case_id, sequence, chain)
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bytea[])
    ON CONFLICT (case_id) DO UPDATE SET sequence = excluded.sequence, chain = excluded.chain
"""
LOCK: Final = """
    SELECT case_id, sequence, chain FROM case_head WHERE case_id = ANY($1::uuid[])
    ORDER BY case_id FOR UPDATE
"""
KEYS: Final = """
    INSERT INTO vault_key (case_id, key_id, wrapped)
    SELECT c, 'k1', w FROM unnest($1::uuid[], $2::bytea[]) AS n (c, w)
"""
WORDS: Final = """
    INSERT INTO vault_item (item_id, case_id, kind, sealed)
    SELECT i, c, 'story', s FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS n (i, c, s)
"""
READ: Final = """
    SELECT item_id, case_id, sealed, wrapped
    FROM unnest($1::uuid[], $2::uuid[]) AS asked (item_id, case_id)
    JOIN vault_item USING (item_id, case_id) JOIN vault_key USING (case_id)
"""
RECEIPTS: Final = """
    INSERT INTO report_receipt (report_id, case_id, number, fingerprint)
    SELECT c, c, n, f FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS r (c, n, f)
"""
INDEX: Final = """
    INSERT INTO read.case_index (case_id, report_id, number, case_type, unit, phase, open,
        reporter, received_at, due_at, overdue, priority, flags, tracks,
        passed_to)
    SELECT c, c, n, 'deviation', u, 'received', true, r, a, d, false, p,
           CASE WHEN p = -17 THEN '{urgent,reporter_waits}'::text[]
                ELSE '{reporter_waits}'::text[] END, '{}', '{}'
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[],
                $6::timestamptz[], $7::bigint[]) AS i (c, n, u, r, a, d, p)
"""
SUGGESTED: Final = """
    UPDATE read.case_index SET suggested_category = s,
        priority = CASE WHEN d THEN -17 ELSE priority END,
        flags = flags || CASE WHEN s IS NULL THEN '{unclassified}'::text[] ELSE '{}' END
                      || CASE WHEN d THEN '{danger_words}'::text[] ELSE '{}' END
                      || CASE WHEN l THEN '{possible_lex_sarah}'::text[] ELSE '{}' END
    FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::bool[]) AS n (c, s, d, l)
    WHERE case_id = c
"""
MARKED: Final = """
    INSERT INTO report_mark (case_id, at, unit, person, traces)
    SELECT c, a, u, p::bigint[], t
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::bytea[])
         AS n (c, a, u, p, t)
    ON CONFLICT (case_id) DO NOTHING
"""
TOUCH: Final = "UPDATE read.case_index SET phase = phase WHERE case_id = ANY($1::uuid[])"
DUE: Final = """
    INSERT INTO read.deadline_due (case_id, code, about, due_at)
    SELECT c, k, '00000000-0000-0000-0000-000000000000', d
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS n (c, k, d)
"""
AGENDA: Final = """
    INSERT INTO read.agenda (case_id, code, about, step, rung, at)
    SELECT c, k, '00000000-0000-0000-0000-000000000000', 'remind', 0, a
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS n (c, k, a)
    ON CONFLICT (case_id, code, about) DO UPDATE
    SET step = excluded.step, rung = excluded.rung, at = excluded.at
"""
NOTICES: Final = """
    INSERT INTO notice (event_id, case_id, code, role, account_id, words, trace, state)
    SELECT e, c, k, 'unit_manager', a, w, t, 'shown'
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[])
         AS n (e, c, k, a, w, t)
    ON CONFLICT DO NOTHING
"""
CASES: Final = """
    SELECT case_id, unit, number FROM read.case_index WHERE case_id = ANY($1::uuid[])
"""
COUNTS: Final = """
    INSERT INTO read.case_count (case_id, case_type, unit, received_at, phase, imported,
        routes, ivo_notified, raised_by_case)
    SELECT c, 'deviation', u, a, 'received', false, '{}', false, false
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS n (c, u, a)
    ON CONFLICT (case_id) DO UPDATE SET unit = excluded.unit
"""
CLAIM: Final = """
    INSERT INTO inbox (consumer, event_id) SELECT $1, e FROM unnest($2::uuid[]) AS e ORDER BY e
    ON CONFLICT DO NOTHING RETURNING event_id
"""
WAKE: Final = "NOTIFY avvik_outbox"
UNSENT: Final = """
    SELECT position, event_id, case_id, sequence, type, at, "by", trace, body::text AS body,
           encode(chain, 'hex') AS chain
    FROM event WHERE sent_at IS NULL ORDER BY position LIMIT $1
"""
MARK: Final = "UPDATE event SET sent_at = now() WHERE position = ANY($1::bigint[])"
