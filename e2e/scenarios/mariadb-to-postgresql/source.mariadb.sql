create table orders (
    id bigint unsigned auto_increment primary key comment 'counted on',
    customer varchar(40) not null,
    total decimal(12,2),
    state enum('new', 'it''s paid', 'sent') not null default 'new',
    flags set('gift', 'express'),
    bits bit(10),
    paid tinyint(1),
    took time(3),
    born year,
    placed_at datetime(6) not null,
    touched_at timestamp(6) null,
    picture blob,
    notes longtext,
    extra json,
    key by_customer (customer)
) comment 'what was bought';
insert into orders
select 18446744073709551615 - seq, concat('🐦 ', seq), if(seq % 11 = 0, null, seq / 100), elt(1 + seq % 3, 'new', 'it''s paid', 'sent'),
       elt(1 + seq % 4, '', 'gift', 'gift,express', null), seq % 1024, seq % 3, sec_to_time(cast(seq as signed) * 500 - 1250000 + 0.001),
       1901 + seq % 200, timestamp '0001-01-01 00:00:00.000001' + interval seq day, from_unixtime(seq * 100000 + 0.5),
       unhex(if(seq % 7 = 0, '', '00ff5c0a09')), elt(1 + seq % 4, null, '', 'a\ttab, a \\ and\nlines', 'ü'),
       json_object('n', seq, 'big', 12345678901234567890)
from seq_0_to_4999;
create table `lines` (
    order_no varchar(20) character set latin1 collate latin1_german2_ci,
    place smallint unsigned,
    price double,
    ratio float,
    doubled double as (price * 2) stored,
    primary key (order_no, place)
);
insert into `lines` (order_no, place, price, ratio)
select concat(elt(1 + seq % 4, 'a', 'Ä', 'b', 'ß'), lpad(seq, 6, '0')), 65535 - seq % 10, seq / 7e0, seq / 3 from seq_0_to_2999;
create table no_key (word text);
insert into no_key values ('one'), ('one'), (null), ('');
create table nothing (id int primary key);
