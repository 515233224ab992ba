create table public.orders (id bigint primary key, who text, total numeric(12,2), at timestamptz, ok boolean, code uuid);
create table public.items (id bigint primary key, amount integer, ratio double precision);
insert into public.orders
select i, case when i % 3 = 0 then null else 'who ' || i end, i / 4.0, '2020-01-01Z'::timestamptz + i * interval '1 hour', i % 2 = 0, md5(i::text)::uuid
from generate_series(1, 6000) as i;
insert into public.items select i, i * 7, i / 3.0 from generate_series(1, 4000) as i;
analyze;
