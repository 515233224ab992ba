-- A run that replays quarantined rows: of which run. All replays are of the run that was no replay itself.
alter table planner.run add column replays text references planner.run;
create index run_replays on planner.run (replays) where replays is not null;
