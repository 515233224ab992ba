-- Refused rows of sinks that have no transactions: kept in the transaction that commits their subtask's ledger row.
create table godwit.sink_quarantine (
    id      bigint generated always as identity primary key,
    subtask text collate "C" not null references godwit.sink_ledger,
    key     text not null,
    code    text not null,
    reason  text not null,
    row     bytea not null,               -- as it lay on the wire: a tuple of the plan's columns, or what the reader refused
    at      timestamptz not null default now(),
    replayed_by text                      -- the subtask that wrote the row after all, or keeps it anew; null: open
);

create index on godwit.sink_quarantine (subtask, id);
