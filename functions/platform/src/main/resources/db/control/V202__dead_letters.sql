-- Events that no function would take, as a broker hands them over in the end: the latest of them, each once.
create table ops.dead_letter (
    number     bigint generated always as identity primary key,  -- in the order in which they first came
    source     text        not null,
    id         text        not null,
    type       text        not null,
    subject    text        not null,
    run        text,                     -- null: the event is of no run
    code       text,                     -- what the function answered, as the broker tells it
    target     text,                     -- where the broker had sent it
    answer     text,
    data       text        not null,     -- its beginning
    data_bytes integer     not null,     -- of all of it
    first_at   timestamptz not null default now(),
    last_at    timestamptz not null default now(),
    times      integer     not null default 1,
    unique (source, id)
);
create index dead_letter_run on ops.dead_letter (run, number) where run is not null;
