-- What of a lane is announced and not written: asked with every subtask that is written, whatever else is under way.
create index subtask_in_lane on planner.subtask (topic, lane, first_offset) where state in ('READ', 'WRITING') and batches > 0;
