-- Filtered rows of subtasks that are written: before that, a replay has marked none of them.
alter table ops.run_table add column left_out_rows bigint not null default 0;
update ops.run_table set left_out_rows = filtered_rows where subtasks_written = subtasks;
