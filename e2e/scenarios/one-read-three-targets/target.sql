create schema archive;
create table archive.orders (id bigint primary key, who text, total numeric(12,2), at timestamptz, ok boolean, code uuid, loaded_at timestamptz);
create table archive.items (id bigint primary key, amount integer, ratio double precision, loaded_at timestamptz);
insert into archive.orders values (1, 'kept', 1, null, null, null, null), (11, 'replaced', 1, null, null, null, null);
