-- session of a source
SET LANGUAGE us_english
SET DATEFORMAT ymd
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON
SET NUMERIC_ROUNDABORT OFF
SET XACT_ABORT OFF
SET NOCOUNT OFF
SET ROWCOUNT 0
SET TEXTSIZE 2147483647
SET LOCK_TIMEOUT 300000
IF (SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()) = 1 SET TRANSACTION ISOLATION LEVEL SNAPSHOT ELSE IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()) = 1 SET TRANSACTION ISOLATION LEVEL READ COMMITTED ELSE SET TRANSACTION ISOLATION LEVEL SERIALIZABLE

-- session of a sink
SET LANGUAGE us_english
SET DATEFORMAT ymd
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON
SET NUMERIC_ROUNDABORT OFF
SET XACT_ABORT OFF
SET NOCOUNT OFF
SET ROWCOUNT 0
SET TEXTSIZE 2147483647
SET LOCK_TIMEOUT 300000
SET TRANSACTION ISOLATION LEVEL READ COMMITTED

-- version
SELECT CONCAT('SQL Server ', CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)))

-- databases
SELECT name FROM sys.databases WHERE database_id > 4 AND state = 0 AND HAS_DBACCESS(name) = 1 ORDER BY name

-- schema
SELECT SCHEMA_NAME()

-- tables
SELECT * FROM (SELECT s.name AS owner_, o.name AS table_, CASE o.type WHEN 'U' THEN 'table' ELSE 'view' END AS kind_, (SELECT CAST(e.value AS nvarchar(4000)) FROM sys.extended_properties e WHERE e.class = 1 AND e.major_id = o.object_id AND e.minor_id = 0 AND e.name = N'MS_Description') AS comment_, COALESCE((SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)), -1) AS rows_, COALESCE((SELECT SUM(a.used_pages) * 8192 FROM sys.partitions p JOIN sys.allocation_units a ON a.container_id IN (p.hobt_id, p.partition_id) WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)), -1) AS bytes_ FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0) q WHERE (owner_ = N'd]b''o' AND table_ = N'select ];-- "orders''') ORDER BY owner_, table_

-- columns
SELECT * FROM (SELECT s.name AS owner_, o.name AS table_, c.column_id AS place_, c.name AS name_, COALESCE(b.name, t.name) AS type_, c.max_length AS length_, c.precision AS precision_, c.scale AS scale_, c.is_nullable AS nullable_, c.is_computed AS computed_, c.is_identity AS identity_, c.collation_name AS collation_, (SELECT CAST(e.value AS nvarchar(4000)) FROM sys.extended_properties e WHERE e.class = 1 AND e.major_id = o.object_id AND e.minor_id = c.column_id AND e.name = N'MS_Description') AS comment_ FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id JOIN sys.columns c ON c.object_id = o.object_id JOIN sys.types t ON t.user_type_id = c.user_type_id LEFT JOIN sys.types b ON b.user_type_id = t.system_type_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0) q WHERE (owner_ = N'd]b''o' AND table_ = N'select ];-- "orders''') ORDER BY owner_, table_, place_

-- indexes
SELECT * FROM (SELECT s.name AS owner_, o.name AS table_, i.name AS index_, x.key_ordinal AS place_, CAST(i.is_primary_key AS int) AS primary_, CAST(i.is_unique AS int) AS unique_, LOWER(i.type_desc) AS method_, CASE WHEN i.has_filter = 0 THEN c.name END AS column_ FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id JOIN sys.indexes i ON i.object_id = o.object_id AND i.type IN (1, 2) AND i.is_hypothetical = 0 JOIN sys.index_columns x ON x.object_id = i.object_id AND x.index_id = i.index_id AND x.key_ordinal > 0 JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0) q WHERE (owner_ = N'd]b''o' AND table_ = N'select ];-- "orders''') ORDER BY owner_, table_, index_, place_

-- references
SELECT * FROM (SELECT s.name AS owner_, o.name AS table_, f.name AS reference_, k.constraint_column_id AS place_, c.name AS column_, ps.name AS parent_owner_, p.name AS parent_, pc.name AS parent_column_ FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id JOIN sys.foreign_keys f ON f.parent_object_id = o.object_id JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id JOIN sys.objects p ON p.object_id = f.referenced_object_id JOIN sys.schemas ps ON ps.schema_id = p.schema_id JOIN sys.columns pc ON pc.object_id = p.object_id AND pc.column_id = k.referenced_column_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0) q WHERE (owner_ = N'd]b''o' AND table_ = N'select ];-- "orders''') ORDER BY owner_, table_, reference_

-- read
SELECT [select], [na]]me], [c of tinyint], [c of smallint], [c of int], [c of bigint], [c of bit], [c of decimal(12,2)], [c of numeric(38,10)], CONVERT(decimal(19,4), [c of money]), CONVERT(decimal(10,4), [c of smallmoney]), [c of float], [c of real], [c of char(8)], [c of nchar(8)], [c of varchar(40)], [c of nvarchar(40)], CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE [c of varchar(max)] END, CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE [c of nvarchar(max)] END, CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE CONVERT(varchar(max), [c of text]) END, CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE CONVERT(nvarchar(max), [c of ntext]) END, [c of binary(4)], [c of varbinary(40)], CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE [c of varbinary(max)] END, CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE CONVERT(varbinary(max), [c of image]) END, [c of rowversion], CONVERT(varchar(10), [c of date], 23), CONVERT(varchar(40), [c of time(3)], 121), CONVERT(varchar(40), [c of time(7)], 121), CONVERT(varchar(40), [c of datetime], 121), CONVERT(varchar(19), [c of smalldatetime], 120), CONVERT(varchar(40), [c of datetime2(6)], 121), CONVERT(varchar(40), [c of datetime2(7)], 121), CONVERT(varchar(40), [c of datetimeoffset(6)], 121), CONVERT(varchar(40), [c of datetimeoffset(7)], 121), [c of uniqueidentifier], CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE CONVERT(nvarchar(max), [c of xml]) END, [c of hierarchyid].ToString(), CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE CASE WHEN [c of geometry] IS NOT NULL THEN CONCAT('SRID=', [c of geometry].STSrid, ';', [c of geometry].AsTextZM()) END END, CASE WHEN coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) > 1048576 THEN NULL ELSE CASE WHEN [c of geography] IS NOT NULL THEN CONCAT('SRID=', [c of geography].STSrid, ';', [c of geography].AsTextZM()) END END, coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0)

-- range
FROM [d]]b'o].[select ]];-- "orders'] WHERE (total > 1 -- note
) AND ([select] >= 7 AND ([select] > 7 OR ([na]]me] >= N'O''Neil')) AND [select] <= 7 AND ([select] < 7 OR ([na]]me] < N'O''Neil')))

-- condition alone
SELECT TOP (0) 1 FROM [d]]b'o].[select ]];-- "orders'] WHERE total > 1 -- note


-- bound
SELECT CONVERT(varchar(20), [select]) AS key1_, CONVERT(nvarchar(4000), [na]]me]) AS key2_ FROM [d]]b'o].[select ]];-- "orders'] WHERE (total > 1 -- note
) AND ([select] >= 7 AND ([select] > 7 OR ([na]]me] >= N'O''Neil')) AND [select] <= 7 AND ([select] < 7 OR ([na]]me] < N'O''Neil'))) ORDER BY [select], [na]]me] OFFSET 1000 ROWS FETCH NEXT 1 ROWS ONLY

-- count
SELECT count(*) FROM [d]]b'o].[select ]];-- "orders'] WHERE (total > 1 -- note
) AND ([select] >= 7 AND ([select] > 7 OR ([na]]me] >= N'O''Neil')) AND [select] <= 7 AND ([select] < 7 OR ([na]]me] < N'O''Neil')))

-- few
SELECT count(*) FROM (SELECT TOP (1000) 1 AS one_ FROM [d]]b'o].[select ]];-- "orders'] WHERE (total > 1 -- note
)) q

-- bytes of a row
SELECT coalesce(avg(size_), 0) FROM (SELECT TOP (100) coalesce(DATALENGTH([select]), 0) + coalesce(DATALENGTH([na]]me]), 0) + coalesce(DATALENGTH([c of tinyint]), 0) + coalesce(DATALENGTH([c of smallint]), 0) + coalesce(DATALENGTH([c of int]), 0) + coalesce(DATALENGTH([c of bigint]), 0) + coalesce(DATALENGTH([c of bit]), 0) + coalesce(DATALENGTH([c of decimal(12,2)]), 0) + coalesce(DATALENGTH([c of numeric(38,10)]), 0) + coalesce(DATALENGTH([c of money]), 0) + coalesce(DATALENGTH([c of smallmoney]), 0) + coalesce(DATALENGTH([c of float]), 0) + coalesce(DATALENGTH([c of real]), 0) + coalesce(DATALENGTH([c of char(8)]), 0) + coalesce(DATALENGTH([c of nchar(8)]), 0) + coalesce(DATALENGTH([c of varchar(40)]), 0) + coalesce(DATALENGTH([c of nvarchar(40)]), 0) + coalesce(DATALENGTH([c of varchar(max)]), 0) + coalesce(DATALENGTH([c of nvarchar(max)]), 0) + coalesce(DATALENGTH([c of text]), 0) + coalesce(DATALENGTH([c of ntext]), 0) + coalesce(DATALENGTH([c of binary(4)]), 0) + coalesce(DATALENGTH([c of varbinary(40)]), 0) + coalesce(DATALENGTH([c of varbinary(max)]), 0) + coalesce(DATALENGTH([c of image]), 0) + coalesce(DATALENGTH([c of rowversion]), 0) + coalesce(DATALENGTH([c of date]), 0) + coalesce(DATALENGTH([c of time(3)]), 0) + coalesce(DATALENGTH([c of time(7)]), 0) + coalesce(DATALENGTH([c of datetime]), 0) + coalesce(DATALENGTH([c of smalldatetime]), 0) + coalesce(DATALENGTH([c of datetime2(6)]), 0) + coalesce(DATALENGTH([c of datetime2(7)]), 0) + coalesce(DATALENGTH([c of datetimeoffset(6)]), 0) + coalesce(DATALENGTH([c of datetimeoffset(7)]), 0) + coalesce(DATALENGTH([c of uniqueidentifier]), 0) + coalesce(DATALENGTH([c of xml]), 0) + coalesce(DATALENGTH([c of hierarchyid]), 0) + coalesce(DATALENGTH([c of geometry]), 0) + coalesce(DATALENGTH([c of geography]), 0) AS size_ FROM [d]]b'o].[select ]];-- "orders'] WHERE (total > 1 -- note
)) q

-- high water
SELECT TOP (1) CONVERT(varchar(20), [select]) AS high_ FROM [d]]b'o].[select ]];-- "orders'] WHERE [select] IS NOT NULL AND (total > 1 -- note
) ORDER BY [select] DESC

-- key of bigint
CONVERT(varchar(20), [select])
7

-- key of nvarchar(40)
CONVERT(nvarchar(4000), [na]]me])
N'O''Neil'

-- key of tinyint
CONVERT(varchar(20), [c of tinyint])
7

-- key of smallint
CONVERT(varchar(20), [c of smallint])
7

-- key of int
CONVERT(varchar(20), [c of int])
7

-- key of bigint
CONVERT(varchar(20), [c of bigint])
7

-- key of decimal(12,2)
CONVERT(varchar(41), [c of decimal(12,2)])
7

-- key of numeric(38,10)
CONVERT(varchar(41), [c of numeric(38,10)])
7

-- key of nchar(8)
CONVERT(nvarchar(4000), [c of nchar(8)])
N'O''Neil'

-- key of nvarchar(40)
CONVERT(nvarchar(4000), [c of nvarchar(40)])
N'O''Neil'

-- key of date
CONVERT(varchar(10), [c of date], 23)
CONVERT(date, N'2024-02-29', 121)

-- key of datetime
CONVERT(varchar(40), [c of datetime], 121)
CONVERT(datetime, N'2024-02-29 13:14:15', 121)

-- key of smalldatetime
CONVERT(varchar(19), [c of smalldatetime], 120)
CONVERT(smalldatetime, N'2024-02-29 13:14:15', 121)

-- key of datetime2(6)
CONVERT(varchar(40), [c of datetime2(6)], 121)
CONVERT(datetime2(6), N'2024-02-29 13:14:15', 121)

-- key of datetime2(7)
CONVERT(varchar(40), [c of datetime2(7)], 121)
CONVERT(datetime2(7), N'2024-02-29 13:14:15', 121)

-- key of uniqueidentifier
CONVERT(char(36), [c of uniqueidentifier])
CONVERT(uniqueidentifier, N'01234567-89AB-CDEF-0123-456789ABCDEF')

-- tables of Godwit's own
CREATE TABLE godwit_run (step nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY, state nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL, opened_at datetime2(6) DEFAULT SYSUTCDATETIME() NOT NULL, closed_at datetime2(6) NULL, prepared_for nvarchar(300) COLLATE Latin1_General_100_BIN2 NULL, prepared_statements nvarchar(max) NULL, prepared_notes nvarchar(max) NULL, published_statements nvarchar(max) NULL, published_notes nvarchar(max) NULL)
CREATE TABLE godwit_lane (step nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL, lane bigint NOT NULL, taken bigint NOT NULL, PRIMARY KEY (step, lane))
CREATE TABLE godwit_ledger (subtask nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY, step nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL, attempt nvarchar(300) COLLATE Latin1_General_100_BIN2 NULL, written_rows bigint NOT NULL, written_bytes bigint NOT NULL, written_digest nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL, quarantined_rows bigint NOT NULL, quarantined_bytes bigint NOT NULL, quarantined_digest nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL, written_at datetime2(6) DEFAULT SYSUTCDATETIME() NOT NULL)
CREATE INDEX godwit_ledger_step ON godwit_ledger (step)
CREATE TABLE godwit_quarantine (id bigint IDENTITY(1,1) NOT NULL PRIMARY KEY, subtask nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL, table_name nvarchar(max) NOT NULL, row_key nvarchar(max) NULL, code nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL, reason nvarchar(max) NOT NULL, columns_ nvarchar(max) NULL, types nvarchar(max) NULL, row_ varbinary(max) NOT NULL, row_bytes bigint NOT NULL, refused_at datetime2(6) DEFAULT SYSUTCDATETIME() NOT NULL, replayed_by nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL)
CREATE INDEX godwit_quarantine_subtask ON godwit_quarantine (subtask)
CREATE TABLE godwit_target (step nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL, ordinal bigint NOT NULL, table_name nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL, created bigint NOT NULL, aside nvarchar(300) COLLATE Latin1_General_100_BIN2 NULL, PRIMARY KEY (step, ordinal))
CREATE INDEX godwit_target_table ON godwit_target (table_name)
CREATE TABLE godwit_guard (step nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY)
CREATE TABLE godwit_version (version bigint NOT NULL PRIMARY KEY)

-- create
CREATE TABLE [d]]b'o].[select ]];-- "orders'] ([select] bigint NOT NULL, [na]]me] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL, [c of tinyint] tinyint NULL, [c of smallint] smallint NULL, [c of int] int NULL, [c of bigint] bigint NULL, [c of bit] bit NULL, [c of decimal(12,2)] decimal(12,2) NULL, [c of numeric(38,10)] numeric(38,10) NULL, [c of money] money NULL, [c of smallmoney] smallmoney NULL, [c of float] float NULL, [c of real] real NULL, [c of char(8)] char(8) NULL, [c of nchar(8)] nchar(8) COLLATE Latin1_General_100_BIN2 NULL, [c of varchar(40)] varchar(40) NULL, [c of nvarchar(40)] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL, [c of varchar(max)] varchar(max) NULL, [c of nvarchar(max)] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, [c of text] text NULL, [c of ntext] ntext NULL, [c of binary(4)] binary(4) NULL, [c of varbinary(40)] varbinary(40) NULL, [c of varbinary(max)] varbinary(max) NULL, [c of image] image NULL, [c of date] date NULL, [c of time(3)] time(3) NULL, [c of time(7)] time(7) NULL, [c of datetime] datetime NULL, [c of smalldatetime] smalldatetime NULL, [c of datetime2(6)] datetime2(6) NULL, [c of datetime2(7)] datetime2(7) NULL, [c of datetimeoffset(6)] datetimeoffset(6) NULL, [c of datetimeoffset(7)] datetimeoffset(7) NULL, [c of uniqueidentifier] uniqueidentifier NULL, [c of xml] xml NULL, [c of hierarchyid] hierarchyid NULL, PRIMARY KEY ([select], [na]]me]))

-- add a column
ALTER TABLE [d]]b'o].[select ]];-- "orders'] ADD [select] bigint NULL

-- insert
INSERT INTO [d]]b'o].[select ]];-- "orders'] ([select], [na]]me], [c of tinyint], [c of smallint], [c of int], [c of bigint], [c of bit], [c of decimal(12,2)], [c of numeric(38,10)], [c of money], [c of smallmoney], [c of float], [c of real], [c of char(8)], [c of nchar(8)], [c of varchar(40)], [c of nvarchar(40)], [c of varchar(max)], [c of nvarchar(max)], [c of text], [c of ntext], [c of binary(4)], [c of varbinary(40)], [c of varbinary(max)], [c of image], [c of date], [c of time(3)], [c of time(7)], [c of datetime], [c of smalldatetime], [c of datetime2(6)], [c of datetime2(7)], [c of datetimeoffset(6)], [c of datetimeoffset(7)], [c of uniqueidentifier], [c of xml], [c of hierarchyid]) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CONVERT(date, ?, 121), CONVERT(time(3), ?, 121), CONVERT(time(7), ?, 121), CONVERT(datetime, ?, 121), CONVERT(smalldatetime, ?, 121), CONVERT(datetime2(6), ?, 121), CONVERT(datetime2(7), ?, 121), CONVERT(datetimeoffset(6), ?, 121), CONVERT(datetimeoffset(7), ?, 121), CONVERT(uniqueidentifier, ?), CONVERT(xml, ?, 1), hierarchyid::Parse(?))

-- around inserts
IF EXISTS (SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'[d]]b''o].[select ]];-- "orders'']') AND name IN (N'select', N'na]me')) SET IDENTITY_INSERT [d]]b'o].[select ]];-- "orders'] ON

-- after inserts
IF EXISTS (SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'[d]]b''o].[select ]];-- "orders'']') AND name IN (N'select', N'na]me')) SET IDENTITY_INSERT [d]]b'o].[select ]];-- "orders'] OFF

-- upsert
MERGE INTO [d]]b'o].[select ]];-- "orders'] WITH (HOLDLOCK) t USING (SELECT ? AS [select], ? AS [na]]me], ? AS [c of tinyint], ? AS [c of smallint], ? AS [c of int], ? AS [c of bigint], ? AS [c of bit], ? AS [c of decimal(12,2)], ? AS [c of numeric(38,10)], ? AS [c of money], ? AS [c of smallmoney], ? AS [c of float], ? AS [c of real], ? AS [c of char(8)], ? AS [c of nchar(8)], ? AS [c of varchar(40)], ? AS [c of nvarchar(40)], ? AS [c of varchar(max)], ? AS [c of nvarchar(max)], ? AS [c of text], ? AS [c of ntext], ? AS [c of binary(4)], ? AS [c of varbinary(40)], ? AS [c of varbinary(max)], ? AS [c of image], CONVERT(date, ?, 121) AS [c of date], CONVERT(time(3), ?, 121) AS [c of time(3)], CONVERT(time(7), ?, 121) AS [c of time(7)], CONVERT(datetime, ?, 121) AS [c of datetime], CONVERT(smalldatetime, ?, 121) AS [c of smalldatetime], CONVERT(datetime2(6), ?, 121) AS [c of datetime2(6)], CONVERT(datetime2(7), ?, 121) AS [c of datetime2(7)], CONVERT(datetimeoffset(6), ?, 121) AS [c of datetimeoffset(6)], CONVERT(datetimeoffset(7), ?, 121) AS [c of datetimeoffset(7)], CONVERT(uniqueidentifier, ?) AS [c of uniqueidentifier], CONVERT(xml, ?, 1) AS [c of xml], hierarchyid::Parse(?) AS [c of hierarchyid]) s ON (t.[select] = s.[select] AND t.[na]]me] = s.[na]]me]) WHEN MATCHED THEN UPDATE SET [c of tinyint] = s.[c of tinyint], [c of smallint] = s.[c of smallint], [c of int] = s.[c of int], [c of bigint] = s.[c of bigint], [c of bit] = s.[c of bit], [c of decimal(12,2)] = s.[c of decimal(12,2)], [c of numeric(38,10)] = s.[c of numeric(38,10)], [c of money] = s.[c of money], [c of smallmoney] = s.[c of smallmoney], [c of float] = s.[c of float], [c of real] = s.[c of real], [c of char(8)] = s.[c of char(8)], [c of nchar(8)] = s.[c of nchar(8)], [c of varchar(40)] = s.[c of varchar(40)], [c of nvarchar(40)] = s.[c of nvarchar(40)], [c of varchar(max)] = s.[c of varchar(max)], [c of nvarchar(max)] = s.[c of nvarchar(max)], [c of text] = s.[c of text], [c of ntext] = s.[c of ntext], [c of binary(4)] = s.[c of binary(4)], [c of varbinary(40)] = s.[c of varbinary(40)], [c of varbinary(max)] = s.[c of varbinary(max)], [c of image] = s.[c of image], [c of date] = s.[c of date], [c of time(3)] = s.[c of time(3)], [c of time(7)] = s.[c of time(7)], [c of datetime] = s.[c of datetime], [c of smalldatetime] = s.[c of smalldatetime], [c of datetime2(6)] = s.[c of datetime2(6)], [c of datetime2(7)] = s.[c of datetime2(7)], [c of datetimeoffset(6)] = s.[c of datetimeoffset(6)], [c of datetimeoffset(7)] = s.[c of datetimeoffset(7)], [c of uniqueidentifier] = s.[c of uniqueidentifier], [c of xml] = s.[c of xml], [c of hierarchyid] = s.[c of hierarchyid] WHEN NOT MATCHED THEN INSERT ([select], [na]]me], [c of tinyint], [c of smallint], [c of int], [c of bigint], [c of bit], [c of decimal(12,2)], [c of numeric(38,10)], [c of money], [c of smallmoney], [c of float], [c of real], [c of char(8)], [c of nchar(8)], [c of varchar(40)], [c of nvarchar(40)], [c of varchar(max)], [c of nvarchar(max)], [c of text], [c of ntext], [c of binary(4)], [c of varbinary(40)], [c of varbinary(max)], [c of image], [c of date], [c of time(3)], [c of time(7)], [c of datetime], [c of smalldatetime], [c of datetime2(6)], [c of datetime2(7)], [c of datetimeoffset(6)], [c of datetimeoffset(7)], [c of uniqueidentifier], [c of xml], [c of hierarchyid]) VALUES (s.[select], s.[na]]me], s.[c of tinyint], s.[c of smallint], s.[c of int], s.[c of bigint], s.[c of bit], s.[c of decimal(12,2)], s.[c of numeric(38,10)], s.[c of money], s.[c of smallmoney], s.[c of float], s.[c of real], s.[c of char(8)], s.[c of nchar(8)], s.[c of varchar(40)], s.[c of nvarchar(40)], s.[c of varchar(max)], s.[c of nvarchar(max)], s.[c of text], s.[c of ntext], s.[c of binary(4)], s.[c of varbinary(40)], s.[c of varbinary(max)], s.[c of image], s.[c of date], s.[c of time(3)], s.[c of time(7)], s.[c of datetime], s.[c of smalldatetime], s.[c of datetime2(6)], s.[c of datetime2(7)], s.[c of datetimeoffset(6)], s.[c of datetimeoffset(7)], s.[c of uniqueidentifier], s.[c of xml], s.[c of hierarchyid]);

-- keep
MERGE INTO [d]]b'o].[select ]];-- "orders'] WITH (HOLDLOCK) t USING (SELECT ? AS [select], ? AS [na]]me], ? AS [c of tinyint], ? AS [c of smallint], ? AS [c of int], ? AS [c of bigint], ? AS [c of bit], ? AS [c of decimal(12,2)], ? AS [c of numeric(38,10)], ? AS [c of money], ? AS [c of smallmoney], ? AS [c of float], ? AS [c of real], ? AS [c of char(8)], ? AS [c of nchar(8)], ? AS [c of varchar(40)], ? AS [c of nvarchar(40)], ? AS [c of varchar(max)], ? AS [c of nvarchar(max)], ? AS [c of text], ? AS [c of ntext], ? AS [c of binary(4)], ? AS [c of varbinary(40)], ? AS [c of varbinary(max)], ? AS [c of image], CONVERT(date, ?, 121) AS [c of date], CONVERT(time(3), ?, 121) AS [c of time(3)], CONVERT(time(7), ?, 121) AS [c of time(7)], CONVERT(datetime, ?, 121) AS [c of datetime], CONVERT(smalldatetime, ?, 121) AS [c of smalldatetime], CONVERT(datetime2(6), ?, 121) AS [c of datetime2(6)], CONVERT(datetime2(7), ?, 121) AS [c of datetime2(7)], CONVERT(datetimeoffset(6), ?, 121) AS [c of datetimeoffset(6)], CONVERT(datetimeoffset(7), ?, 121) AS [c of datetimeoffset(7)], CONVERT(uniqueidentifier, ?) AS [c of uniqueidentifier], CONVERT(xml, ?, 1) AS [c of xml], hierarchyid::Parse(?) AS [c of hierarchyid]) s ON (t.[select] = s.[select] AND t.[na]]me] = s.[na]]me]) WHEN NOT MATCHED THEN INSERT ([select], [na]]me], [c of tinyint], [c of smallint], [c of int], [c of bigint], [c of bit], [c of decimal(12,2)], [c of numeric(38,10)], [c of money], [c of smallmoney], [c of float], [c of real], [c of char(8)], [c of nchar(8)], [c of varchar(40)], [c of nvarchar(40)], [c of varchar(max)], [c of nvarchar(max)], [c of text], [c of ntext], [c of binary(4)], [c of varbinary(40)], [c of varbinary(max)], [c of image], [c of date], [c of time(3)], [c of time(7)], [c of datetime], [c of smalldatetime], [c of datetime2(6)], [c of datetime2(7)], [c of datetimeoffset(6)], [c of datetimeoffset(7)], [c of uniqueidentifier], [c of xml], [c of hierarchyid]) VALUES (s.[select], s.[na]]me], s.[c of tinyint], s.[c of smallint], s.[c of int], s.[c of bigint], s.[c of bit], s.[c of decimal(12,2)], s.[c of numeric(38,10)], s.[c of money], s.[c of smallmoney], s.[c of float], s.[c of real], s.[c of char(8)], s.[c of nchar(8)], s.[c of varchar(40)], s.[c of nvarchar(40)], s.[c of varchar(max)], s.[c of nvarchar(max)], s.[c of text], s.[c of ntext], s.[c of binary(4)], s.[c of varbinary(40)], s.[c of varbinary(max)], s.[c of image], s.[c of date], s.[c of time(3)], s.[c of time(7)], s.[c of datetime], s.[c of smalldatetime], s.[c of datetime2(6)], s.[c of datetime2(7)], s.[c of datetimeoffset(6)], s.[c of datetimeoffset(7)], s.[c of uniqueidentifier], s.[c of xml], s.[c of hierarchyid]);

-- load aside
SELECT * INTO [d]]b'o].[godwit_a8219569d737e596_aside] FROM [d]]b'o].[select ]];-- "orders'] WHERE 1 = 0

-- key of a table aside
ALTER TABLE [d]]b'o].[godwit_a8219569d737e596_aside] ADD PRIMARY KEY ([select], [na]]me])

-- index
CREATE UNIQUE INDEX [by total] ON [d]]b'o].[godwit_a8219569d737e596_aside] ([select], [na]]me])

-- overwrite
DELETE FROM [d]]b'o].[select ]];-- "orders']
INSERT INTO [d]]b'o].[select ]];-- "orders'] ([select], [na]]me], [c of tinyint], [c of smallint], [c of int], [c of bigint], [c of bit], [c of decimal(12,2)], [c of numeric(38,10)], [c of money], [c of smallmoney], [c of float], [c of real], [c of char(8)], [c of nchar(8)], [c of varchar(40)], [c of nvarchar(40)], [c of varchar(max)], [c of nvarchar(max)], [c of text], [c of ntext], [c of binary(4)], [c of varbinary(40)], [c of varbinary(max)], [c of image], [c of date], [c of time(3)], [c of time(7)], [c of datetime], [c of smalldatetime], [c of datetime2(6)], [c of datetime2(7)], [c of datetimeoffset(6)], [c of datetimeoffset(7)], [c of uniqueidentifier], [c of xml], [c of hierarchyid]) SELECT [select], [na]]me], [c of tinyint], [c of smallint], [c of int], [c of bigint], [c of bit], [c of decimal(12,2)], [c of numeric(38,10)], [c of money], [c of smallmoney], [c of float], [c of real], [c of char(8)], [c of nchar(8)], [c of varchar(40)], [c of nvarchar(40)], [c of varchar(max)], [c of nvarchar(max)], [c of text], [c of ntext], [c of binary(4)], [c of varbinary(40)], [c of varbinary(max)], [c of image], [c of date], [c of time(3)], [c of time(7)], [c of datetime], [c of smalldatetime], [c of datetime2(6)], [c of datetime2(7)], [c of datetimeoffset(6)], [c of datetimeoffset(7)], [c of uniqueidentifier], [c of xml], [c of hierarchyid] FROM [d]]b'o].[godwit_a8219569d737e596_aside]

-- swap
EXEC sp_rename N'[d]]b''o].[select ]];-- "orders'']', N'godwit_a8219569d737e596_old', N'OBJECT'
EXEC sp_rename N'[d]]b''o].[godwit_a8219569d737e596_aside]', N'select ];-- "orders''', N'OBJECT'

-- drop
DROP TABLE [d]]b'o].[godwit_a8219569d737e596_old]

-- part of a target
[select] >= 1

