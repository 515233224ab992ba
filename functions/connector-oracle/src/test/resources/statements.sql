-- session of a source
ALTER SESSION SET TIME_ZONE = '+00:00'
ALTER SESSION SET NLS_LANGUAGE = 'AMERICAN' NLS_TERRITORY = 'AMERICA'
ALTER SESSION SET NLS_CALENDAR = 'GREGORIAN' NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_FORMAT = 'SYYYY-MM-DD HH24:MI:SS' NLS_TIMESTAMP_FORMAT = 'SYYYY-MM-DD HH24:MI:SS.FF9' NLS_TIMESTAMP_TZ_FORMAT = 'SYYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM'
ALTER SESSION SET NLS_COMP = 'BINARY' NLS_SORT = 'BINARY' NLS_LENGTH_SEMANTICS = 'CHAR'
ALTER SESSION SET NLS_NCHAR_CONV_EXCP = 'TRUE'
ALTER SESSION SET DDL_LOCK_TIMEOUT = 300

-- session of a sink
ALTER SESSION SET TIME_ZONE = '+00:00'
ALTER SESSION SET NLS_LANGUAGE = 'AMERICAN' NLS_TERRITORY = 'AMERICA'
ALTER SESSION SET NLS_CALENDAR = 'GREGORIAN' NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_FORMAT = 'SYYYY-MM-DD HH24:MI:SS' NLS_TIMESTAMP_FORMAT = 'SYYYY-MM-DD HH24:MI:SS.FF9' NLS_TIMESTAMP_TZ_FORMAT = 'SYYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM'
ALTER SESSION SET NLS_COMP = 'BINARY' NLS_SORT = 'BINARY' NLS_LENGTH_SEMANTICS = 'CHAR'
ALTER SESSION SET NLS_NCHAR_CONV_EXCP = 'TRUE'
ALTER SESSION SET DDL_LOCK_TIMEOUT = 300

-- version
SELECT product || ' ' || version FROM product_component_version WHERE product LIKE 'Oracle%' FETCH FIRST 1 ROWS ONLY

-- snapshot
SELECT TO_CHAR(dbms_flashback.get_system_change_number) FROM dual

-- databases
SELECT 'shop' FROM dual

-- schema
SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM dual

-- tables
SELECT * FROM (SELECT o.owner AS owner_, o.object_name AS table_, CASE o.object_type WHEN 'TABLE' THEN 'table' ELSE 'view' END AS kind_, c.comments AS comment_, COALESCE(t.num_rows, -1) AS rows_, COALESCE(t.num_rows * t.avg_row_len, -1) AS bytes_ FROM all_objects o LEFT JOIN all_tables t ON t.owner = o.owner AND t.table_name = o.object_name LEFT JOIN all_tab_comments c ON c.owner = o.owner AND c.table_name = o.object_name WHERE o.object_type IN ('TABLE', 'VIEW') AND o.secondary = 'N' AND o.temporary = 'N' AND COALESCE(t.nested, 'NO') = 'NO' AND o.object_name NOT LIKE 'BIN$%' AND o.owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')) q WHERE (owner_ = 'OWN''ER' AND table_ = 'select ];-- orders''') ORDER BY owner_, table_

-- columns
SELECT * FROM (SELECT c.owner AS owner_, c.table_name AS table_, c.column_id AS place_, c.column_name AS name_, c.data_type AS type_, c.data_length AS bytes_, c.char_length AS chars_, c.char_used AS used_, c.data_precision AS precision_, c.data_scale AS scale_, c.nullable AS nullable_, c.virtual_column AS virtual_, c.identity_column AS identity_, m.comments AS comment_ FROM all_tab_cols c LEFT JOIN all_col_comments m ON m.owner = c.owner AND m.table_name = c.table_name AND m.column_name = c.column_name WHERE c.hidden_column = 'NO' AND c.owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')) q WHERE (owner_ = 'OWN''ER' AND table_ = 'select ];-- orders''') ORDER BY owner_, table_, place_

-- indexes
SELECT * FROM (SELECT i.table_owner AS owner_, i.table_name AS table_, i.index_name AS index_, x.column_position AS place_, CASE WHEN EXISTS (SELECT 1 FROM all_constraints k WHERE k.owner = i.table_owner AND k.table_name = i.table_name AND k.index_name = i.index_name AND k.constraint_type = 'P' AND k.status = 'ENABLED') THEN 1 ELSE 0 END AS primary_, CASE i.uniqueness WHEN 'UNIQUE' THEN 1 ELSE 0 END AS unique_, LOWER(i.index_type) AS method_, CASE WHEN i.index_type = 'NORMAL' THEN x.column_name END AS column_ FROM all_indexes i JOIN all_ind_columns x ON x.index_owner = i.owner AND x.index_name = i.index_name WHERE i.index_type <> 'LOB' AND i.owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')) q WHERE (owner_ = 'OWN''ER' AND table_ = 'select ];-- orders''') ORDER BY owner_, table_, index_, place_

-- references
SELECT * FROM (SELECT f.owner AS owner_, f.table_name AS table_, f.constraint_name AS reference_, c.position AS place_, c.column_name AS column_, p.owner AS parent_owner_, p.table_name AS parent_, d.column_name AS parent_column_ FROM all_constraints f JOIN all_cons_columns c ON c.owner = f.owner AND c.constraint_name = f.constraint_name JOIN all_constraints p ON p.owner = f.r_owner AND p.constraint_name = f.r_constraint_name JOIN all_cons_columns d ON d.owner = p.owner AND d.constraint_name = p.constraint_name AND d.position = c.position WHERE f.constraint_type = 'R' AND f.status = 'ENABLED' AND f.owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')) q WHERE (owner_ = 'OWN''ER' AND table_ = 'select ];-- orders''') ORDER BY owner_, table_, reference_

-- read
SELECT "LEVEL", "na]me", "c of NUMBER", "c of NUMBER(4)", "c of NUMBER(9)", "c of NUMBER(18)", "c of NUMBER(38)", "c of NUMBER(*,0)", "c of NUMBER(12,2)", "c of NUMBER(5,-2)", "c of FLOAT(126)", "c of BINARY_FLOAT", "c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)", "c of CHAR(8 CHAR)", "c of NCHAR(8)", CASE WHEN coalesce(DBMS_LOB.GETLENGTH("c of CLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of NCLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of BLOB"), 0) > 1048576 THEN NULL ELSE "c of CLOB" END, CASE WHEN coalesce(DBMS_LOB.GETLENGTH("c of CLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of NCLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of BLOB"), 0) > 1048576 THEN NULL ELSE "c of NCLOB" END, "c of LONG", "c of RAW(16)", "c of LONG RAW", CASE WHEN coalesce(DBMS_LOB.GETLENGTH("c of CLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of NCLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of BLOB"), 0) > 1048576 THEN NULL ELSE "c of BLOB" END, "c of DATE", "c of TIMESTAMP(6)", TRIM(TO_CHAR("c of TIMESTAMP(9)", 'SYYYY-MM-DD HH24:MI:SS.FF9')), TRIM(TO_CHAR("c of TIMESTAMP(6) WITH TIME ZONE", 'SYYYY-MM-DD HH24:MI:SS.FF6 TZR TZD')), SYS_EXTRACT_UTC("c of TIMESTAMP(6) WITH LOCAL TIME ZONE"), EXTRACT(YEAR FROM "c of INTERVAL YEAR(2) TO MONTH") * 12 + EXTRACT(MONTH FROM "c of INTERVAL YEAR(2) TO MONTH"), EXTRACT(DAY FROM "c of INTERVAL DAY(2) TO SECOND(6)") * 86400 + EXTRACT(HOUR FROM "c of INTERVAL DAY(2) TO SECOND(6)") * 3600 + EXTRACT(MINUTE FROM "c of INTERVAL DAY(2) TO SECOND(6)") * 60 + EXTRACT(SECOND FROM "c of INTERVAL DAY(2) TO SECOND(6)"), XMLSERIALIZE(CONTENT "c of XMLTYPE" AS CLOB), JSON_SERIALIZE("c of JSON" RETURNING CLOB), "c of BOOLEAN", ROWIDTOCHAR("c of ROWID"), coalesce(DBMS_LOB.GETLENGTH("c of CLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of NCLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of BLOB"), 0)

-- range
FROM "OWN'ER"."select ];-- orders'" WHERE (total > 1 -- note
) AND ("LEVEL" >= TO_NUMBER('7') AND ("LEVEL" > TO_NUMBER('7') OR ("na]me" >= 'O''Neil')) AND "LEVEL" <= TO_NUMBER('7') AND ("LEVEL" < TO_NUMBER('7') OR ("na]me" < 'O''Neil')))

-- as of
FROM "OWN'ER"."select ];-- orders'" AS OF SCN 12345

-- condition alone
SELECT 1 FROM "OWN'ER"."select ];-- orders'" WHERE total > 1 -- note
 FETCH FIRST 0 ROWS ONLY

-- bound
SELECT TO_CHAR("LEVEL", 'TM9') AS key1_, "na]me" AS key2_ FROM "OWN'ER"."select ];-- orders'" WHERE (total > 1 -- note
) AND ("LEVEL" >= TO_NUMBER('7') AND ("LEVEL" > TO_NUMBER('7') OR ("na]me" >= 'O''Neil')) AND "LEVEL" <= TO_NUMBER('7') AND ("LEVEL" < TO_NUMBER('7') OR ("na]me" < 'O''Neil'))) ORDER BY "LEVEL", "na]me" OFFSET 1000 ROWS FETCH NEXT 1 ROWS ONLY

-- count
SELECT count(*) FROM "OWN'ER"."select ];-- orders'" WHERE (total > 1 -- note
) AND ("LEVEL" >= TO_NUMBER('7') AND ("LEVEL" > TO_NUMBER('7') OR ("na]me" >= 'O''Neil')) AND "LEVEL" <= TO_NUMBER('7') AND ("LEVEL" < TO_NUMBER('7') OR ("na]me" < 'O''Neil')))

-- few
SELECT count(*) FROM (SELECT 1 AS one_ FROM "OWN'ER"."select ];-- orders'" WHERE (total > 1 -- note
) FETCH FIRST 1000 ROWS ONLY) q

-- bytes of a row
SELECT coalesce(avg(size_), 0) FROM (SELECT coalesce(VSIZE("LEVEL"), 0) + coalesce(LENGTHB("na]me"), 0) + coalesce(VSIZE("c of NUMBER"), 0) + coalesce(VSIZE("c of NUMBER(4)"), 0) + coalesce(VSIZE("c of NUMBER(9)"), 0) + coalesce(VSIZE("c of NUMBER(18)"), 0) + coalesce(VSIZE("c of NUMBER(38)"), 0) + coalesce(VSIZE("c of NUMBER(*,0)"), 0) + coalesce(VSIZE("c of NUMBER(12,2)"), 0) + coalesce(VSIZE("c of NUMBER(5,-2)"), 0) + coalesce(VSIZE("c of FLOAT(126)"), 0) + coalesce(VSIZE("c of BINARY_FLOAT"), 0) + coalesce(VSIZE("c of BINARY_DOUBLE"), 0) + coalesce(LENGTHB("c of VARCHAR2(40 CHAR)"), 0) + coalesce(LENGTHB("c of VARCHAR2(40 BYTE)"), 0) + coalesce(LENGTHB("c of NVARCHAR2(40)"), 0) + coalesce(LENGTHB("c of CHAR(8 CHAR)"), 0) + coalesce(LENGTHB("c of NCHAR(8)"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of CLOB"), 0) + coalesce(DBMS_LOB.GETLENGTH("c of NCLOB"), 0) + coalesce(16, 0) + coalesce(VSIZE("c of RAW(16)"), 0) + coalesce(16, 0) + coalesce(DBMS_LOB.GETLENGTH("c of BLOB"), 0) + coalesce(VSIZE("c of DATE"), 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) + coalesce(16, 0) AS size_ FROM "OWN'ER"."select ];-- orders'" WHERE (total > 1 -- note
) FETCH FIRST 100 ROWS ONLY) q

-- high water
SELECT TO_CHAR("LEVEL", 'TM9') AS high_ FROM "OWN'ER"."select ];-- orders'" WHERE "LEVEL" IS NOT NULL AND (total > 1 -- note
) ORDER BY "LEVEL" DESC FETCH FIRST 1 ROWS ONLY

-- key of NUMBER(18)
TO_CHAR("LEVEL", 'TM9')
TO_NUMBER('7')

-- key of VARCHAR2(40 CHAR)
"na]me"
'O''Neil'

-- key of NUMBER
TO_CHAR("c of NUMBER", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(4)
TO_CHAR("c of NUMBER(4)", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(9)
TO_CHAR("c of NUMBER(9)", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(18)
TO_CHAR("c of NUMBER(18)", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(38)
TO_CHAR("c of NUMBER(38)", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(*,0)
TO_CHAR("c of NUMBER(*,0)", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(12,2)
TO_CHAR("c of NUMBER(12,2)", 'TM9')
TO_NUMBER('7')

-- key of NUMBER(5,-2)
TO_CHAR("c of NUMBER(5,-2)", 'TM9')
TO_NUMBER('7')

-- key of FLOAT(126)
TO_CHAR("c of FLOAT(126)", 'TM9')
TO_NUMBER('7')

-- key of VARCHAR2(40 CHAR)
"c of VARCHAR2(40 CHAR)"
'O''Neil'

-- key of VARCHAR2(40 BYTE)
"c of VARCHAR2(40 BYTE)"
'O''Neil'

-- key of NVARCHAR2(40)
"c of NVARCHAR2(40)"
'O''Neil'

-- key of CHAR(8 CHAR)
"c of CHAR(8 CHAR)"
'O''Neil'

-- key of NCHAR(8)
"c of NCHAR(8)"
'O''Neil'

-- key of DATE
TRIM(TO_CHAR("c of DATE", 'SYYYY-MM-DD HH24:MI:SS'))
TO_DATE('2024-02-29 13:14:15', 'SYYYY-MM-DD HH24:MI:SS')

-- key of TIMESTAMP(6)
TRIM(TO_CHAR("c of TIMESTAMP(6)", 'SYYYY-MM-DD HH24:MI:SS.FF9'))
TO_TIMESTAMP('2024-02-29 13:14:15.123456789', 'SYYYY-MM-DD HH24:MI:SS.FF9')

-- key of TIMESTAMP(9)
TRIM(TO_CHAR("c of TIMESTAMP(9)", 'SYYYY-MM-DD HH24:MI:SS.FF9'))
TO_TIMESTAMP('2024-02-29 13:14:15.123456789', 'SYYYY-MM-DD HH24:MI:SS.FF9')

-- tables of Godwit's own
CREATE TABLE godwit_run (step VARCHAR2(400) NOT NULL PRIMARY KEY, state VARCHAR2(300) NOT NULL, opened_at TIMESTAMP(6) DEFAULT SYS_EXTRACT_UTC(SYSTIMESTAMP) NOT NULL, closed_at TIMESTAMP(6) NULL, prepared_for VARCHAR2(300) NULL, prepared_statements CLOB NULL, prepared_notes CLOB NULL, published_statements CLOB NULL, published_notes CLOB NULL)
CREATE TABLE godwit_lane (step VARCHAR2(400) NOT NULL, lane NUMBER(19) NOT NULL, taken NUMBER(19) NOT NULL, PRIMARY KEY (step, lane))
CREATE TABLE godwit_ledger (subtask VARCHAR2(400) NOT NULL PRIMARY KEY, step VARCHAR2(400) NOT NULL, attempt VARCHAR2(300) NULL, written_rows NUMBER(19) NOT NULL, written_bytes NUMBER(19) NOT NULL, written_digest VARCHAR2(300) NOT NULL, quarantined_rows NUMBER(19) NOT NULL, quarantined_bytes NUMBER(19) NOT NULL, quarantined_digest VARCHAR2(300) NOT NULL, written_at TIMESTAMP(6) DEFAULT SYS_EXTRACT_UTC(SYSTIMESTAMP) NOT NULL)
CREATE INDEX godwit_ledger_step ON godwit_ledger (step)
CREATE TABLE godwit_quarantine (id NUMBER(19) GENERATED ALWAYS AS IDENTITY NOT NULL PRIMARY KEY, subtask VARCHAR2(400) NOT NULL, table_name CLOB NOT NULL, row_key CLOB NULL, code VARCHAR2(300) NOT NULL, reason CLOB NOT NULL, columns_ CLOB NULL, types CLOB NULL, row_ BLOB NOT NULL, row_bytes NUMBER(19) NOT NULL, refused_at TIMESTAMP(6) DEFAULT SYS_EXTRACT_UTC(SYSTIMESTAMP) NOT NULL, replayed_by VARCHAR2(400) NULL)
CREATE INDEX godwit_quarantine_subtask ON godwit_quarantine (subtask)
CREATE TABLE godwit_target (step VARCHAR2(400) NOT NULL, ordinal NUMBER(19) NOT NULL, table_name VARCHAR2(300) NOT NULL, created NUMBER(19) NOT NULL, aside VARCHAR2(300) NULL, PRIMARY KEY (step, ordinal))
CREATE INDEX godwit_target_table ON godwit_target (table_name)
CREATE TABLE godwit_guard (step VARCHAR2(400) NOT NULL PRIMARY KEY)
CREATE TABLE godwit_version (version NUMBER(19) NOT NULL PRIMARY KEY)

-- create
CREATE TABLE "OWN'ER"."select ];-- orders'" ("LEVEL" NUMBER(18) NOT NULL, "na]me" VARCHAR2(40 CHAR) NOT NULL, "c of NUMBER" NUMBER, "c of NUMBER(4)" NUMBER(4), "c of NUMBER(9)" NUMBER(9), "c of NUMBER(18)" NUMBER(18), "c of NUMBER(38)" NUMBER(38), "c of NUMBER(*,0)" NUMBER(*,0), "c of NUMBER(12,2)" NUMBER(12,2), "c of NUMBER(5,-2)" NUMBER(5,-2), "c of FLOAT(126)" FLOAT(126), "c of BINARY_FLOAT" BINARY_FLOAT, "c of BINARY_DOUBLE" BINARY_DOUBLE, "c of VARCHAR2(40 CHAR)" VARCHAR2(40 CHAR), "c of VARCHAR2(40 BYTE)" VARCHAR2(40 BYTE), "c of NVARCHAR2(40)" NVARCHAR2(40), "c of CHAR(8 CHAR)" CHAR(8 CHAR), "c of NCHAR(8)" NCHAR(8), "c of CLOB" CLOB, "c of NCLOB" NCLOB, "c of RAW(16)" RAW(16), "c of LONG RAW" LONG RAW, "c of BLOB" BLOB, "c of DATE" DATE, "c of TIMESTAMP(6)" TIMESTAMP(6), "c of TIMESTAMP(9)" TIMESTAMP(9), "c of TIMESTAMP(6) WITH LOCAL TIME ZONE" TIMESTAMP(6) WITH LOCAL TIME ZONE, "c of INTERVAL YEAR(2) TO MONTH" INTERVAL YEAR(2) TO MONTH, "c of INTERVAL DAY(2) TO SECOND(6)" INTERVAL DAY(2) TO SECOND(6), "c of XMLTYPE" XMLTYPE, "c of JSON" JSON, "c of BOOLEAN" BOOLEAN, PRIMARY KEY ("LEVEL", "na]me"))

-- add a column
ALTER TABLE "OWN'ER"."select ];-- orders'" ADD "LEVEL" NUMBER(18)

-- insert
INSERT INTO "OWN'ER"."select ];-- orders'" ("LEVEL", "na]me", "c of NUMBER", "c of NUMBER(4)", "c of NUMBER(9)", "c of NUMBER(18)", "c of NUMBER(38)", "c of NUMBER(*,0)", "c of NUMBER(12,2)", "c of NUMBER(5,-2)", "c of FLOAT(126)", "c of BINARY_FLOAT", "c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)", "c of CHAR(8 CHAR)", "c of NCHAR(8)", "c of CLOB", "c of NCLOB", "c of RAW(16)", "c of LONG RAW", "c of BLOB", "c of DATE", "c of TIMESTAMP(6)", "c of TIMESTAMP(9)", "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", "c of INTERVAL YEAR(2) TO MONTH", "c of INTERVAL DAY(2) TO SECOND(6)", "c of XMLTYPE", "c of JSON", "c of BOOLEAN") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TO_TIMESTAMP(?, 'SYYYY-MM-DD HH24:MI:SS.FF9'), FROM_TZ(CAST(? AS TIMESTAMP(6)), '+00:00'), NUMTOYMINTERVAL(?, 'MONTH'), NUMTODSINTERVAL(?, 'SECOND'), XMLTYPE(?), JSON(?), ?)

-- around inserts

-- after inserts

-- upsert
MERGE INTO "OWN'ER"."select ];-- orders'" t USING (SELECT ? AS "LEVEL", ? AS "na]me", ? AS "c of NUMBER", ? AS "c of NUMBER(4)", ? AS "c of NUMBER(9)", ? AS "c of NUMBER(18)", ? AS "c of NUMBER(38)", ? AS "c of NUMBER(*,0)", ? AS "c of NUMBER(12,2)", ? AS "c of NUMBER(5,-2)", ? AS "c of FLOAT(126)", ? AS "c of BINARY_FLOAT", ? AS "c of BINARY_DOUBLE", ? AS "c of VARCHAR2(40 CHAR)", ? AS "c of VARCHAR2(40 BYTE)", ? AS "c of NVARCHAR2(40)", ? AS "c of CHAR(8 CHAR)", ? AS "c of NCHAR(8)", ? AS "c of CLOB", ? AS "c of NCLOB", ? AS "c of RAW(16)", ? AS "c of LONG RAW", ? AS "c of BLOB", ? AS "c of DATE", ? AS "c of TIMESTAMP(6)", TO_TIMESTAMP(?, 'SYYYY-MM-DD HH24:MI:SS.FF9') AS "c of TIMESTAMP(9)", FROM_TZ(CAST(? AS TIMESTAMP(6)), '+00:00') AS "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", NUMTOYMINTERVAL(?, 'MONTH') AS "c of INTERVAL YEAR(2) TO MONTH", NUMTODSINTERVAL(?, 'SECOND') AS "c of INTERVAL DAY(2) TO SECOND(6)", XMLTYPE(?) AS "c of XMLTYPE", JSON(?) AS "c of JSON", ? AS "c of BOOLEAN" FROM dual) s ON (t."LEVEL" = s."LEVEL" AND t."na]me" = s."na]me") WHEN MATCHED THEN UPDATE SET "c of NUMBER" = s."c of NUMBER", "c of NUMBER(4)" = s."c of NUMBER(4)", "c of NUMBER(9)" = s."c of NUMBER(9)", "c of NUMBER(18)" = s."c of NUMBER(18)", "c of NUMBER(38)" = s."c of NUMBER(38)", "c of NUMBER(*,0)" = s."c of NUMBER(*,0)", "c of NUMBER(12,2)" = s."c of NUMBER(12,2)", "c of NUMBER(5,-2)" = s."c of NUMBER(5,-2)", "c of FLOAT(126)" = s."c of FLOAT(126)", "c of BINARY_FLOAT" = s."c of BINARY_FLOAT", "c of BINARY_DOUBLE" = s."c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)" = s."c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)" = s."c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)" = s."c of NVARCHAR2(40)", "c of CHAR(8 CHAR)" = s."c of CHAR(8 CHAR)", "c of NCHAR(8)" = s."c of NCHAR(8)", "c of CLOB" = s."c of CLOB", "c of NCLOB" = s."c of NCLOB", "c of RAW(16)" = s."c of RAW(16)", "c of LONG RAW" = s."c of LONG RAW", "c of BLOB" = s."c of BLOB", "c of DATE" = s."c of DATE", "c of TIMESTAMP(6)" = s."c of TIMESTAMP(6)", "c of TIMESTAMP(9)" = s."c of TIMESTAMP(9)", "c of TIMESTAMP(6) WITH LOCAL TIME ZONE" = s."c of TIMESTAMP(6) WITH LOCAL TIME ZONE", "c of INTERVAL YEAR(2) TO MONTH" = s."c of INTERVAL YEAR(2) TO MONTH", "c of INTERVAL DAY(2) TO SECOND(6)" = s."c of INTERVAL DAY(2) TO SECOND(6)", "c of XMLTYPE" = s."c of XMLTYPE", "c of JSON" = s."c of JSON", "c of BOOLEAN" = s."c of BOOLEAN" WHEN NOT MATCHED THEN INSERT ("LEVEL", "na]me", "c of NUMBER", "c of NUMBER(4)", "c of NUMBER(9)", "c of NUMBER(18)", "c of NUMBER(38)", "c of NUMBER(*,0)", "c of NUMBER(12,2)", "c of NUMBER(5,-2)", "c of FLOAT(126)", "c of BINARY_FLOAT", "c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)", "c of CHAR(8 CHAR)", "c of NCHAR(8)", "c of CLOB", "c of NCLOB", "c of RAW(16)", "c of LONG RAW", "c of BLOB", "c of DATE", "c of TIMESTAMP(6)", "c of TIMESTAMP(9)", "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", "c of INTERVAL YEAR(2) TO MONTH", "c of INTERVAL DAY(2) TO SECOND(6)", "c of XMLTYPE", "c of JSON", "c of BOOLEAN") VALUES (s."LEVEL", s."na]me", s."c of NUMBER", s."c of NUMBER(4)", s."c of NUMBER(9)", s."c of NUMBER(18)", s."c of NUMBER(38)", s."c of NUMBER(*,0)", s."c of NUMBER(12,2)", s."c of NUMBER(5,-2)", s."c of FLOAT(126)", s."c of BINARY_FLOAT", s."c of BINARY_DOUBLE", s."c of VARCHAR2(40 CHAR)", s."c of VARCHAR2(40 BYTE)", s."c of NVARCHAR2(40)", s."c of CHAR(8 CHAR)", s."c of NCHAR(8)", s."c of CLOB", s."c of NCLOB", s."c of RAW(16)", s."c of LONG RAW", s."c of BLOB", s."c of DATE", s."c of TIMESTAMP(6)", s."c of TIMESTAMP(9)", s."c of TIMESTAMP(6) WITH LOCAL TIME ZONE", s."c of INTERVAL YEAR(2) TO MONTH", s."c of INTERVAL DAY(2) TO SECOND(6)", s."c of XMLTYPE", s."c of JSON", s."c of BOOLEAN")

-- keep
MERGE INTO "OWN'ER"."select ];-- orders'" t USING (SELECT ? AS "LEVEL", ? AS "na]me", ? AS "c of NUMBER", ? AS "c of NUMBER(4)", ? AS "c of NUMBER(9)", ? AS "c of NUMBER(18)", ? AS "c of NUMBER(38)", ? AS "c of NUMBER(*,0)", ? AS "c of NUMBER(12,2)", ? AS "c of NUMBER(5,-2)", ? AS "c of FLOAT(126)", ? AS "c of BINARY_FLOAT", ? AS "c of BINARY_DOUBLE", ? AS "c of VARCHAR2(40 CHAR)", ? AS "c of VARCHAR2(40 BYTE)", ? AS "c of NVARCHAR2(40)", ? AS "c of CHAR(8 CHAR)", ? AS "c of NCHAR(8)", ? AS "c of CLOB", ? AS "c of NCLOB", ? AS "c of RAW(16)", ? AS "c of LONG RAW", ? AS "c of BLOB", ? AS "c of DATE", ? AS "c of TIMESTAMP(6)", TO_TIMESTAMP(?, 'SYYYY-MM-DD HH24:MI:SS.FF9') AS "c of TIMESTAMP(9)", FROM_TZ(CAST(? AS TIMESTAMP(6)), '+00:00') AS "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", NUMTOYMINTERVAL(?, 'MONTH') AS "c of INTERVAL YEAR(2) TO MONTH", NUMTODSINTERVAL(?, 'SECOND') AS "c of INTERVAL DAY(2) TO SECOND(6)", XMLTYPE(?) AS "c of XMLTYPE", JSON(?) AS "c of JSON", ? AS "c of BOOLEAN" FROM dual) s ON (t."LEVEL" = s."LEVEL" AND t."na]me" = s."na]me") WHEN NOT MATCHED THEN INSERT ("LEVEL", "na]me", "c of NUMBER", "c of NUMBER(4)", "c of NUMBER(9)", "c of NUMBER(18)", "c of NUMBER(38)", "c of NUMBER(*,0)", "c of NUMBER(12,2)", "c of NUMBER(5,-2)", "c of FLOAT(126)", "c of BINARY_FLOAT", "c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)", "c of CHAR(8 CHAR)", "c of NCHAR(8)", "c of CLOB", "c of NCLOB", "c of RAW(16)", "c of LONG RAW", "c of BLOB", "c of DATE", "c of TIMESTAMP(6)", "c of TIMESTAMP(9)", "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", "c of INTERVAL YEAR(2) TO MONTH", "c of INTERVAL DAY(2) TO SECOND(6)", "c of XMLTYPE", "c of JSON", "c of BOOLEAN") VALUES (s."LEVEL", s."na]me", s."c of NUMBER", s."c of NUMBER(4)", s."c of NUMBER(9)", s."c of NUMBER(18)", s."c of NUMBER(38)", s."c of NUMBER(*,0)", s."c of NUMBER(12,2)", s."c of NUMBER(5,-2)", s."c of FLOAT(126)", s."c of BINARY_FLOAT", s."c of BINARY_DOUBLE", s."c of VARCHAR2(40 CHAR)", s."c of VARCHAR2(40 BYTE)", s."c of NVARCHAR2(40)", s."c of CHAR(8 CHAR)", s."c of NCHAR(8)", s."c of CLOB", s."c of NCLOB", s."c of RAW(16)", s."c of LONG RAW", s."c of BLOB", s."c of DATE", s."c of TIMESTAMP(6)", s."c of TIMESTAMP(9)", s."c of TIMESTAMP(6) WITH LOCAL TIME ZONE", s."c of INTERVAL YEAR(2) TO MONTH", s."c of INTERVAL DAY(2) TO SECOND(6)", s."c of XMLTYPE", s."c of JSON", s."c of BOOLEAN")

-- load aside
CREATE TABLE "OWN'ER"."godwit_f06b6b58a353fc53_aside" AS SELECT * FROM "OWN'ER"."select ];-- orders'" WHERE 1 = 0

-- key of a table aside
ALTER TABLE "OWN'ER"."godwit_f06b6b58a353fc53_aside" ADD PRIMARY KEY ("LEVEL", "na]me")

-- index
CREATE UNIQUE INDEX "by total" ON "OWN'ER"."godwit_f06b6b58a353fc53_aside" ("LEVEL", "na]me")

-- index of that name
SELECT 1 FROM all_indexes WHERE owner = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') AND index_name = ?

-- overwrite
DELETE FROM "OWN'ER"."select ];-- orders'"
INSERT INTO "OWN'ER"."select ];-- orders'" ("LEVEL", "na]me", "c of NUMBER", "c of NUMBER(4)", "c of NUMBER(9)", "c of NUMBER(18)", "c of NUMBER(38)", "c of NUMBER(*,0)", "c of NUMBER(12,2)", "c of NUMBER(5,-2)", "c of FLOAT(126)", "c of BINARY_FLOAT", "c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)", "c of CHAR(8 CHAR)", "c of NCHAR(8)", "c of CLOB", "c of NCLOB", "c of RAW(16)", "c of LONG RAW", "c of BLOB", "c of DATE", "c of TIMESTAMP(6)", "c of TIMESTAMP(9)", "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", "c of INTERVAL YEAR(2) TO MONTH", "c of INTERVAL DAY(2) TO SECOND(6)", "c of XMLTYPE", "c of JSON", "c of BOOLEAN") SELECT "LEVEL", "na]me", "c of NUMBER", "c of NUMBER(4)", "c of NUMBER(9)", "c of NUMBER(18)", "c of NUMBER(38)", "c of NUMBER(*,0)", "c of NUMBER(12,2)", "c of NUMBER(5,-2)", "c of FLOAT(126)", "c of BINARY_FLOAT", "c of BINARY_DOUBLE", "c of VARCHAR2(40 CHAR)", "c of VARCHAR2(40 BYTE)", "c of NVARCHAR2(40)", "c of CHAR(8 CHAR)", "c of NCHAR(8)", "c of CLOB", "c of NCLOB", "c of RAW(16)", "c of LONG RAW", "c of BLOB", "c of DATE", "c of TIMESTAMP(6)", "c of TIMESTAMP(9)", "c of TIMESTAMP(6) WITH LOCAL TIME ZONE", "c of INTERVAL YEAR(2) TO MONTH", "c of INTERVAL DAY(2) TO SECOND(6)", "c of XMLTYPE", "c of JSON", "c of BOOLEAN" FROM "OWN'ER"."godwit_f06b6b58a353fc53_aside"

-- swap
ALTER TABLE "OWN'ER"."select ];-- orders'" RENAME TO "godwit_f06b6b58a353fc53_old"
ALTER TABLE "OWN'ER"."godwit_f06b6b58a353fc53_aside" RENAME TO "select ];-- orders'"

-- drop
DROP TABLE "OWN'ER"."godwit_f06b6b58a353fc53_old" PURGE

-- part of a target
"LEVEL" >= TO_NUMBER('1')

