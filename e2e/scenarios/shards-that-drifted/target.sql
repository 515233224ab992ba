create table public.orders (id bigint primary key, amount numeric(14,4));
insert into public.orders values (0, 1.5);
