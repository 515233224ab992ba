-- What the payloads of a run are sealed under while they lie in the exchange. No row: they are not. A null key: the run
-- has ended, and nobody reads them again.
create table godwit.run_key (
    run text primary key,
    key bytea check (octet_length(key) = 32)
);
