-- Between the two runs: rows changed, rows new.
update public.orders set note = 'changed', updated_at = timestamptz '2026-02-01 00:00:00+00' + id * interval '1 microsecond'
where id % 100 = 1;
insert into public.orders
select i, 'eu', 0.01, date '2026-02-02', 'new', timestamptz '2026-02-03 00:00:00+00' from generate_series(20001, 20500) as i;
