-- Facts stay for a while after a broker took them: one that keeps nothing on disk may end with facts that it took and
-- never delivered. Null: not taken yet.
alter table planner.outbox add column sent_at timestamptz;

create index outbox_unsent on planner.outbox (id) where sent_at is null;
create index outbox_sent on planner.outbox (id) where sent_at is not null;
