-- Rows that a plan's filter left out: read, and neither written nor quarantined.
alter table ops.run_table add column filtered_rows bigint not null default 0;
alter table ops.subtask add column filtered_rows bigint not null default 0;
