create table region (
    r_regionkey bigint primary key,
    r_name varchar(25) not null,
    r_comment varchar(152) not null
);
create table nation (
    n_nationkey bigint primary key,
    n_name varchar(25) not null,
    n_regionkey bigint not null references region,
    n_comment varchar(152) not null
);
create table part (
    p_partkey bigint primary key,
    p_name varchar(55) not null,
    p_mfgr varchar(25) not null,
    p_brand varchar(10) not null,
    p_type varchar(25) not null,
    p_size integer not null,
    p_container varchar(10) not null,
    p_retailprice numeric(15,2) not null,
    p_comment varchar(23) not null
);
create table supplier (
    s_suppkey bigint primary key,
    s_name varchar(25) not null,
    s_address varchar(40) not null,
    s_nationkey bigint not null references nation,
    s_phone varchar(15) not null,
    s_acctbal numeric(15,2) not null,
    s_comment varchar(101) not null
);
create table partsupp (
    ps_partkey bigint not null references part,
    ps_suppkey bigint not null references supplier,
    ps_availqty integer not null,
    ps_supplycost numeric(15,2) not null,
    ps_comment varchar(199) not null,
    primary key (ps_partkey, ps_suppkey)
);
create table customer (
    c_custkey bigint primary key,
    c_name varchar(25) not null,
    c_address varchar(40) not null,
    c_nationkey bigint not null references nation,
    c_phone varchar(15) not null,
    c_acctbal numeric(15,2) not null,
    c_mktsegment varchar(10) not null,
    c_comment varchar(117) not null
);
create table orders (
    o_orderkey bigint primary key,
    o_custkey bigint not null references customer,
    o_orderstatus char(1) not null,
    o_totalprice numeric(15,2) not null,
    o_orderdate date not null,
    o_orderpriority varchar(15) not null,
    o_clerk varchar(15) not null,
    o_shippriority integer not null,
    o_comment varchar(79) not null
);
create table lineitem (
    l_orderkey bigint not null references orders,
    l_partkey bigint not null,
    l_suppkey bigint not null,
    l_linenumber integer not null,
    l_quantity numeric(15,2) not null,
    l_extendedprice numeric(15,2) not null,
    l_discount numeric(15,2) not null,
    l_tax numeric(15,2) not null,
    l_returnflag char(1) not null,
    l_linestatus char(1) not null,
    l_shipdate date not null,
    l_commitdate date not null,
    l_receiptdate date not null,
    l_shipinstruct varchar(25) not null,
    l_shipmode varchar(10) not null,
    l_comment varchar(44) not null,
    primary key (l_orderkey, l_linenumber),
    foreign key (l_partkey, l_suppkey) references partsupp
);
create index lineitem_by_shipdate on lineitem (l_shipdate);
comment on table lineitem is 'one line of an order';
