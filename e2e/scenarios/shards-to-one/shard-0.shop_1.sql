create table public.orders_0 (id bigint primary key, who text, amount numeric(12,2));
create table public.orders_1 (id bigint primary key, who text, amount numeric(12,2));
create table public.orders_old_left_out (id bigint);
insert into public.orders_0 select i * 8 + 0 * 2 + (1 - 1) * 4, 'who ' || i, i / 4.0 from generate_series(1, 3000) as i;
insert into public.orders_1 select i * 8 + 0 * 2 + (1 - 1) * 4 + 1, null, i / 8.0 from generate_series(1, 2000) as i;
analyze;
