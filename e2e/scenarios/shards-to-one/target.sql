create table public.orders (
    id bigint primary key,
    who text,
    amount numeric(12,2),
    source_host text not null,
    source_table text not null,
    arrived timestamptz not null default now()
);
