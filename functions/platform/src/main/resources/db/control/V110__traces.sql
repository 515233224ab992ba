-- Where in a trace a run was asked for (W3C traceparent), and with that each of its commands; null: nobody traced it.
alter table planner.run add column traceparent text;
alter table planner.outbox add column traceparent text;
