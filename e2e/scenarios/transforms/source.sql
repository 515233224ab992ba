create table public.people (
    id integer primary key,
    name varchar(30),
    email text,
    born text,
    country char(2) not null,
    card text not null,
    amount numeric(10,2),
    doc jsonb not null
);
insert into public.people
select i,
       case i % 4 when 0 then null when 1 then '  Zoe 🦜 ' || i when 2 then '' else E'line\nbreak 🦜' end,
       case when i % 5 = 0 then null else 'user' || i || '@example.org' end,
       to_char(date '1950-01-01' + i, 'DD.MM.YYYY'),
       (array['DE', 'AT', 'FR'])[i % 3 + 1],
       lpad(i::text, 16, '4'),
       case when i % 7 = 0 then null else (i - 100) * 1.25 end,
       jsonb_build_object('tags', jsonb_build_array('t' || i, 'ü'))
from generate_series(1, 5000) as i;
