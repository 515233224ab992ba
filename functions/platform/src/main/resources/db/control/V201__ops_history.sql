-- What has happened, folded from the facts that the planner records. Nothing here is needed to finish a run.
create schema if not exists ops;

create table ops.run (
    run             text primary key,
    job             text,
    plan_time       timestamptz,
    state           text not null default 'REQUESTED',
    state_sequence  bigint not null default 0,
    error           jsonb,
    first_at        timestamptz not null,
    last_at         timestamptz not null,
    ended_at        timestamptz,
    facts           bigint not null default 0,   -- how many facts were folded
    last_sequence   bigint not null default 0    -- the highest of them; equal to facts when none is missing
);
create index run_by_time on ops.run (first_at desc);

-- Digests are kept as plain sums; the low 64 bits of a sum are the digest.
create table ops.run_table (
    run              text not null,
    step             text not null,
    ordinal          integer not null,
    source           text not null default '',
    target           text not null default '',
    subtasks         integer not null default 0,
    estimated_rows   bigint not null default -1,
    estimated_bytes  bigint not null default -1,
    subtasks_read    integer not null default 0,
    subtasks_written integer not null default 0,
    read_rows        bigint not null default 0,
    read_bytes       bigint not null default 0,
    read_digest      numeric not null default 0,
    written_rows     bigint not null default 0,
    written_bytes    bigint not null default 0,
    written_digest   numeric not null default 0,
    quarantined_rows bigint not null default 0,
    quarantined_digest numeric not null default 0,
    read_millis      bigint not null default 0,
    write_millis     bigint not null default 0,
    first_at         timestamptz,
    last_at          timestamptz,
    primary key (run, step, ordinal)
);

create table ops.subtask (
    subtask          text primary key,
    read_rows        bigint not null default 0,
    read_bytes       bigint not null default 0,
    read_digest      bigint not null default 0,
    read_sequence    bigint not null default 0,
    written          boolean not null default false
);

create table ops.fact (
    run       text not null,
    sequence  bigint not null,
    at        timestamptz not null,
    fact      jsonb not null,
    primary key (run, sequence)
);
