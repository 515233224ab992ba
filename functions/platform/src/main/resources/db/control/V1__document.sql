-- Immutable documents under ids: jobs, connections, table plans. Readers and writers fetch them here, and nothing else.
create schema if not exists godwit;

create table godwit.document (
    id         text primary key,
    body       jsonb not null,
    created_at timestamptz not null default now()
);
