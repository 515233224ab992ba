create table godwit_was_here (id int primary key);
