create table public.orders (id bigint primary key, amount numeric(8,4), paid boolean);
insert into public.orders select i * 2 + 1, i / 16.0, i % 3 = 0 from generate_series(1, 500) as i;
analyze;
