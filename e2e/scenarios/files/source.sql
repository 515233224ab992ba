create table public.orders (
    id bigint generated always as identity primary key,
    customer uuid not null,
    total numeric(20,4),
    wild numeric,
    ratio double precision,
    small real,
    ok boolean,
    day date,
    at_noon time(3),
    placed_at timestamp,
    touched_at timestamptz,
    took interval,
    picture bytea,
    notes text,
    code char(5),
    tags text[],
    extra jsonb,
    spot inet
);
insert into public.orders (customer, total, wild, ratio, small, ok, day, at_noon, placed_at, touched_at, took, picture, notes, code, tags, extra, spot)
select md5(i::text)::uuid, case when i % 11 = 0 then null else i / 100.0 end, case when i % 97 = 0 then 'NaN' else i * 1e30 end,
       i / 3.0, i / 7.0, i % 2 = 0, date '0001-01-01' + i, time '00:00' + i * interval '1 millisecond',
       timestamp '9999-01-01' + i * interval '1 microsecond', timestamptz '1970-01-02 00:00:00+00' + i * interval '1 hour',
       make_interval(days => i, secs => i / 1000.0), decode(case when i % 7 = 0 then '' else '00ff5c0a09' end, 'hex'),
       case i % 5 when 0 then null when 1 then '' when 2 then E'a\ttab, a \\ and\nlines, \\N' when 3 then '🦜 ü' else 'NULL' end,
       'c' || i % 100, array['a', null, i::text], jsonb_build_object('n', i), '10.0.0.1'::inet + i
from generate_series(1, 5000) as i;
create table public.lines (order_id bigint references public.orders, place smallint, amount integer, primary key (order_id, place));
insert into public.lines select 1 + i / 3, i % 3, i from generate_series(0, 8999) as i;
create index lines_by_amount on public.lines (amount);
