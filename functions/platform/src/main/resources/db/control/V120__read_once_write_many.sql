-- Steps that get the same rows from one reading are called together by the first one's name, and so are their subtasks
-- of one place by that of the first step. A subtask whose rows were read under another's id says under which.
alter table planner.step add column together text;
alter table planner.subtask add column together text, add column read_as text;

create index subtask_together on planner.subtask (together) where together is not null;
