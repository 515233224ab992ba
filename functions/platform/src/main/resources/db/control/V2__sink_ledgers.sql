-- Run rows and ledger rows of sinks that have no transactions: files and object stores.
create table godwit.sink_run (
    step                 text primary key,
    state                text not null check (state in ('open', 'publishing', 'published', 'failed', 'cancelled')),
    places               text[] not null,
    prepared_for         text,
    prepared_statements  text[] not null default '{}',
    prepared_notes       text[] not null default '{}',
    published_for        text,
    published_statements text[] not null default '{}',
    published_notes      text[] not null default '{}',
    opened_at            timestamptz not null default now(),
    closed_at            timestamptz
);

create table godwit.sink_ledger (
    subtask            text primary key,
    step               text not null references godwit.sink_run,
    attempt            text,
    written_rows       bigint not null default 0,
    written_bytes      bigint not null default 0,
    written_digest     text not null,
    quarantined_rows   bigint not null default 0,
    quarantined_bytes  bigint not null default 0,
    quarantined_digest text not null,
    unit               text not null default ''
);

create index on godwit.sink_ledger (step);
