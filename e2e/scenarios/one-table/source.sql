create table public.orders (
    id integer primary key,
    region text not null,
    total numeric(12,2),
    placed_on date not null,
    note text,
    updated_at timestamptz not null
);
insert into public.orders
select i, case when i % 3 = 0 then 'us' else 'eu' end,
       case when i % 11 = 0 then null else (i * 7 % 100000) / 100.0 end,
       date '1999-12-31' + i % 4000,
       case i % 5 when 0 then null when 1 then '' when 2 then E'tab\tand \\N and "quotes"' when 3 then '🦜 ü' else 'x' || i end,
       timestamptz '2026-01-01 00:00:00+00' + i * interval '1 second'
from generate_series(1, 20000) as i;
