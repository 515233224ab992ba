create table public.orders (id bigint primary key, amount numeric(10,2), note text not null);
insert into public.orders select i * 2, i / 4.0, 'note ' || i from generate_series(1, 500) as i;
analyze;
