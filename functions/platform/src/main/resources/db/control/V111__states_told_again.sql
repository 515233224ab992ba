-- A run's state is told a few times: how often still. A broker may lose a fact that it took.

alter table planner.outbox add column tell_again integer not null default 0;

create index outbox_tell_again on planner.outbox (sent_at) where tell_again > 0;
