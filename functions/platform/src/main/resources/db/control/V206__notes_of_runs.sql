-- Whoever follows a run asks for its notes again and again; among the facts of many subtasks they are few.
create index fact_noted on ops.fact (run, sequence) where fact ->> 'kind' = 'noted';
