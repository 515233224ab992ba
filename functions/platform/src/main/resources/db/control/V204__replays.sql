-- A run that replays quarantined rows: of which run.
alter table ops.run add column replays text;
create index run_replays on ops.run (replays) where replays is not null;
