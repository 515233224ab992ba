-- What is left to do. The planner alone reads and writes here; what has happened is ops' to keep.
create schema planner;

-- The catalog: names, and the immutable document that each stands for now.
create table planner.connection (
    name     text primary key,
    document text not null
);

create table planner.job (
    name      text primary key,
    document  text   not null,
    upstream  text[] not null,   -- jobs after which it runs
    cron      text,
    time_zone text,
    next_due  timestamptz        -- null: it has no schedule
);
create index job_due on planner.job (next_due) where next_due is not null;
create index job_upstream on planner.job using gin (upstream);

create table planner.run (
    id           text primary key,
    job          text        not null,
    plan_time    timestamptz not null,
    state        text        not null,
    failing      boolean     not null default false,  -- it failed, and its sinks are being closed
    planned      boolean     not null default false,  -- its plan is stored
    snapshots    boolean     not null default false,  -- readers hold snapshots for it
    job_document text        not null,
    connections  text        not null,                -- JSON: name -> document, as they were when it was requested
    parameters   text        not null,                -- JSON: as the request gave them
    resolved     text,                                -- JSON: all parameters with their values, once planned
    concurrency  integer     not null,                -- subtasks read at once
    error        text,                                -- JSON: why it failed
    facts        bigint      not null default 0,      -- number of the last fact recorded
    created_at   timestamptz not null default now(),
    ended_at     timestamptz,
    unique (job, plan_time)
);
create index run_unfinished on planner.run (job) where state not in ('COMPLETED', 'FAILED', 'CANCELLED');

create table planner.step (
    run           text    not null references planner.run on delete cascade,
    name          text    not null,
    ordinal       integer not null,
    state         text    not null,
    prepared      boolean not null default false,  -- its sink was made ready
    needs         text[]  not null,
    before_load   text[]  not null,
    after_load    text[]  not null,
    bearable_rows bigint,               -- quarantined rows that are borne; null: no limit of that kind
    bearable_percent double precision,
    deep          boolean not null,     -- both sides are read again once it is published
    tables        integer not null,
    subtasks      integer not null,
    unwritten     integer not null,
    quarantined   bigint  not null default 0,
    primary key (run, name)
);

create table planner.table_plan (
    run              text    not null,
    step             text    not null,
    ordinal          integer not null,
    document         text    not null,
    watermark_source text,              -- connection and table whose high-water mark the run will have reached
    watermark_column text,
    watermark_value  text,
    primary key (run, step, ordinal),
    foreign key (run, step) references planner.step on delete cascade
);

-- From where to where a step moves rows: what the windows are counted by.
create table planner.route (
    run        text    not null,
    step       text    not null,
    source     text    not null,        -- connections
    sink       text    not null,
    pools      text[]  not null,        -- that reach both
    max_reads  integer not null,        -- of the source, at once, over all runs
    max_writes integer not null,        -- of the sink, at once, over all runs
    primary key (run, step, source, sink),
    foreign key (run, step) references planner.step on delete cascade
);

create table planner.subtask (
    id                 text collate "C" primary key,  -- RUN/STEP/TABLE/SPLIT: those of a run or step are a range
    run                text     not null,
    step               text     not null,
    source             text     not null,
    sink               text     not null,
    position           integer  not null,  -- in the order of dispatch within the step
    table_plan         text     not null,
    split              text     not null,  -- JSON
    estimated_rows     bigint   not null,  -- -1: unknown
    estimated_bytes    bigint   not null,
    state              text     not null default 'PENDING',
    reads              integer  not null default 0,
    writes             integer  not null default 0,
    tries              integer  not null default 0,
    pool               text,
    topic              text,
    lane               integer,
    lease_until        timestamptz,
    not_before         timestamptz,        -- it backs off, and keeps its place in the windows meanwhile
    attempt            text,
    first_offset       bigint,
    last_offset        bigint,
    batches            integer,
    read_rows          bigint,
    read_bytes         bigint,
    read_digest        bigint,
    written_attempt    text,
    written_rows       bigint,
    written_bytes      bigint,
    written_digest     bigint,
    quarantined_rows   bigint,
    quarantined_bytes  bigint,
    quarantined_digest bigint,
    error              text                -- JSON: the last one
) with (fillfactor = 80);
-- Dispatch takes from the front of a route's queue ...
create index subtask_queue on planner.subtask (run, step, source, sink, position) where state = 'PENDING';
-- ... and counts what is under way, which the windows bound.
create index subtask_under_way on planner.subtask (state, run)
    where state in ('READING', 'READ', 'WRITING') or (state = 'PENDING' and not_before is not null);

-- Attempts that were announced and given up: should the ledger hold one after all, this is what it must prove to be.
create table planner.earlier_attempt (
    subtask     text   not null,
    attempt     text   not null,
    read_rows   bigint not null,
    read_bytes  bigint not null,
    read_digest bigint not null,
    primary key (subtask, attempt)
);

-- The highest offset announced in a lane since it was last empty.
create table planner.lane (
    topic   text    not null,
    lane    integer not null,
    highest bigint  not null,
    primary key (topic, lane)
);

-- Work that takes longer than an event may: planning, preparing, publishing, closing. A row stands until the work is done.
create table planner.duty (
    run         text        not null references planner.run on delete cascade,
    kind        text        not null,
    step        text        not null default '',
    tries       integer     not null default 0,
    not_before  timestamptz not null default now(),
    holder      text,
    lease_until timestamptz,
    primary key (run, kind, step)
);

-- Events of committed changes that the broker has not taken yet.
create table planner.outbox (
    id         bigint generated always as identity primary key,
    type       text        not null,
    event      text        not null,    -- JSON
    created_at timestamptz not null default now()
);

create table planner.watermark (
    job    text not null,
    step   text not null,
    source text not null,               -- connection and table
    name   text not null,               -- column
    value  text not null,
    run    text not null,
    primary key (job, step, source, name)
);
