package io.godwit.platform.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFileErrorsTest {
    private static final String GOOD = """
            kind: Connection
            name: shop
            type: postgresql
            host: localhost
            database: shop
            secret: env:SHOP
            ---
            kind: Job
            name: copy
            parameters: { region: eu }
            schedule: { timeZone: UTC }
            steps:
              - name: first
                migrate:
                  from:
                    connection: shop
                    tables: ["public.*"]
                    where: "id > 0"
                  to: { connection: lake, table: "{table}", mode: append }
                  columns: [{ from: id }]
              - name: second
                needs: [first]
                migrate:
                  from: [{ connection: shop, tables: [{ pattern: a }] }]
                  to: { connection: lake, table: "b.{table}" }
            """;

    /** Each is one change to the good file, and the whole of what is then said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            mode: append    | mdoe: append     | f:19:49: steps[0].migrate.to: unknown key mdoe                       | Did you mean mode?
            mode: append    | mode: upsrt      | f:19:55: steps[0].migrate.to.mode: unknown word upsrt                | Did you mean upsert?
            mode: append    | mode: merge      | f:19:55: steps[0].migrate.to.mode: unknown word merge                | Use one of append, upsert, ignore, overwrite, swap.
            mode: append    | mode: 5          | f:19:55: steps[0].migrate.to.mode: must be a text, not a number      | Put it in quotes.
            mode: append    | mode: null       | f:19:55: steps[0].migrate.to.mode: must be a text, not null          | Put it in quotes.
            mode: append    | mode: [append]   | f:19:55: steps[0].migrate.to.mode: must be a text, not a list        | ^^
            mode: append    | mode:            | f:19:54: steps[0].migrate.to.mode: has no value                      | Write one, or take the key out.
            kind: Job       | kind: job        | f:8:7: kind: unknown word job                                        | Did you mean Job?
            kind: Job       | sort: Job        | f:8:1: the key kind is missing                                       | Write kind: Connection or kind: Job.
            name: copy      | name: Copy       | f:9:7: name: must be 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit | ^^
            name: copy      | name: copy¶name: b | f:10:1: the key name stands here twice, first in line 9          | Keep one of them.
            host: localhost | host: h¶url: jdbc:x://y | f:5:6: url: a URL is not taken; write host, port, database, user and options | Take the key out.
            host: localhost | host: db@evil    | f:4:7: host: must be a host name or an IP address alone: no URL, no port, no user | ^^
            host: localhost | host: db:5432    | f:4:7: host: must be a host name or an IP address alone: no URL, no port, no user | ^^
            host: localhost | host: "db\\n"  | f:4:7: host: must be a host name or an IP address alone: no URL, no port, no user | ^^
            host: localhost | host: "a?b"      | f:4:7: host: must be a host name or an IP address alone: no URL, no port, no user | ^^
            host: localhost | host: "a#b"      | f:4:7: host: must be a host name or an IP address alone: no URL, no port, no user | ^^
            database: shop  | database: "a?b"  | f:5:11: database: must be a database's name, or a folder's path, without @ ? # \\ & % and control characters | ^^
            database: shop  | database: "a%b"  | f:5:11: database: must be a database's name, or a folder's path, without @ ? # \\ & % and control characters | ^^
            database: shop  | database: "a\\nb" | f:5:11: database: must be a database's name, or a folder's path, without @ ? # \\ & % and control characters | ^^
            database: shop  | database: shop¶user: "a@b" | f:6:7: user: must be a user's name, without @ ? # / \\ & % : and control characters | ^^
            database: shop  | database: shop¶port: 70000 | f:6:7: port: must be at most 65535                          | ^^
            database: shop  | database: shop¶port: "5432" | f:6:7: port: must be a whole number, not a text             | ^^
            database: shop  | database: shop¶limits: { reads: 0 } | f:6:18: limits.reads: must be at least 1            | ^^
            secret: env:SHOP | secret: pa55word | f:6:9: secret: must be a reference to the secret, never the secret: env:NAME, file:PATH or kubernetes:SECRET/KEY | ^^
            secret: env:SHOP | options: { registrySecret: pa55word } | f:6:28: options.registrySecret: must be a reference to the secret, never the secret: env:NAME, file:PATH or kubernetes:SECRET/KEY | ^^
            secret: env:SHOP | password: pa55word | f:6:11: password: a password never stands in a file; write secret: env:NAME, file:PATH or kubernetes:SECRET/KEY | Take the key out.
            timeZone: UTC   | timeZone: Europe/Berlim | f:11:23: schedule.timeZone: unknown time zone Europe/Berlim   | Did you mean Europe/Berlin?
            { region: eu }  | { planTime: x }  | f:10:15: parameters: the name planTime must be a letter and up to 62 letters, digits and underscores, and none of planTime, job, run, source | ^^
            { region: eu }  | { region: "${jbo}" } | f:10:23: parameters.region: ${jbo}: no parameter of that name    | Did you mean job?
            "id > 0"        | "id > ${regoin}" | f:18:16: steps[0].migrate.from.where: ${regoin}: no parameter of that name | Did you mean region?
            "id > 0"        | "${planTime-1q}" | f:18:16: steps[0].migrate.from.where: ${planTime-1q}: an offset is a sign, a number and one of s m h d w M y; a pattern has 1 to 64 characters | Write planTime, offsets and a pattern, as in ${planTime-1d:yyyyMMdd}.
            ["public.*"]    | []               | f:17:17: steps[0].migrate.from.tables: is an empty list              | Name at least 1.
            ["public.*"]    | public           | f:17:17: steps[0].migrate.from.tables: must be a list, not a text    | ^^
            ["public.*"]    | ["a.b.c"]        | f:17:18: steps[0].migrate.from.tables[0]: pattern a.b.c has more than one dot | Write schema.table with * and ? as wildcards, or /regex/; quote a part that has dots: public."a.b".
            ["public.*"]    | ["/(/"]          | f:17:18: steps[0].migrate.from.tables[0]: pattern /(/ is no regular expression: Unclosed group at character 2 | Write schema.table with * and ? as wildcards, or /regex/; quote a part that has dots: public."a.b".
            ["public.*"]    | ["${source.table}"] | f:17:18: steps[0].migrate.from.tables[0]: ${source.table}: no single source table is meant here | Use source.* in a column's value, in where, or in a table override.
            "b.{table}"     | "b.{tabel}"      | f:25:38: steps[1].migrate.to.table: table name b.{tabel} has {tabel}, which is not known | Did you mean table?
            { pattern: a }  | { patern: a }    | f:24:45: steps[1].migrate.from[0].tables[0]: unknown key patern | Did you mean pattern?
            { from: id }    | { from: id, value: 1 } | f:20:17: steps[0].migrate.columns[0]: a column has either from or value | ^^
            { from: id }    | { from: id, type: bigimt } | f:20:35: steps[0].migrate.columns[0].type: no type bigimt | Did you mean bigint?
            { from: id }    | { value: 1 }     | f:20:17: steps[0].migrate.columns[0]: a column with a value needs to | Name the target's column.
            { from: id }    | { from: "*", to: b } | f:20:17: steps[0].migrate.columns[0]: from: "*" stands alone   | Name other columns in entries of their own.
            { from: id }    | { from: id }, { from: b, to: id } | f:20:46: steps[0].migrate.columns[1].to: the target's column id is mapped twice | ^^
            { from: id }    | { to: id, transform: trim } | f:20:17: steps[0].migrate.columns[0]: a column with transform needs from | ^^
            { from: id }    | { from: id, to: b, expression: "1" } | f:20:25: steps[0].migrate.columns[0].from: an expression names its columns itself | Take from out.
            { from: id }    | { expression: "1" } | f:20:17: steps[0].migrate.columns[0]: a column with an expression needs to | Name the target's column.
            { from: id }    | { to: id, value: 1, expression: "1" } | f:20:17: steps[0].migrate.columns[0]: a column has either expression, transform or value | ^^
            { from: id }    | { from: id, transform: { trim: [], lower: [] } } | f:20:40: steps[0].migrate.columns[0].transform: a transform is one function | Write trim, or { replace: [a, b] }; several make a list.
            { from: id }    | { from: id, transform: { cast: nt4 } } | f:20:40: steps[0].migrate.columns[0].transform: expression cast("id" as nt4), character 14: no type nt4 | Did you mean int4?
            { from: id }    | { to: id, expression: "upper(name" } | f:20:39: steps[0].migrate.columns[0].expression: expression upper(name, character 11: the expression ends where ) should be | Mend it there.
            columns: [{ from: id }] | filter: "a >" | f:20:15: steps[0].migrate.filter: expression a >, character 4: the expression ends where a column, a value or a function should be | Mend it there.
            needs: [first]  | needs: [frist]   | f:22:13: steps[1].needs[0]: no step of the name frist                | Did you mean first?
            needs: [first]  | needs: [second]  | f:22:12: steps[1].needs: steps wait for one another: second          | Take one need out of the circle; a step without needs waits for the one before it.
            name: second    | name: first      | f:21:11: steps[1].name: a second step of the name first              | Rename one.
            mode: append    | mode: swap, key: [id, id] | f:19:71: steps[0].migrate.to.key[1]: the key has this column twice | ^^
            columns: [{ from: id }] | splitSize: 64MBytes | f:20:18: steps[0].migrate.splitSize: must be a number of bytes, or a size such as 64MiB | ^^
            columns: [{ from: id }] | splitSize: 0 MiB | f:20:18: steps[0].migrate.splitSize: 0 MiB is nothing        | ^^
            columns: [{ from: id }] | quarantine: { percent: 101 } | f:20:30: steps[0].migrate.quarantine.percent: must be at most 100 | ^^
            """)
    void everyErrorNamesItsPlaceAndWhatToDo(String good, String bad, String message, String remedy) {
        assertThat(GOOD).contains(good);
        GodwitException error =
                errorOf(GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad.replace("¶", "\n"))));
        assertThat(error).hasMessage(message);
        assertThat(error.remedy()).isEqualTo(remedy);
    }

    @Test
    void allErrorsComeTogetherInTheOrderOfTheFile() {
        GodwitException error = errorOf(GOOD.replace("host: localhost", "hots: localhost")
                .replace("mode: append", "mode: upsrt")
                .replace("needs: [first]", "needs: [frist]"));
        assertThat(error.code()).isEqualTo(ErrorCode.JOB_FILE_INVALID);
        assertThat(error).hasMessage("""
                        f:4:1: unknown key hots. Did you mean host?
                        f:19:55: steps[0].migrate.to.mode: unknown word upsrt. Did you mean upsert?
                        f:22:13: steps[1].needs[0]: no step of the name frist. Did you mean first?""");
        assertThat(error.remedy()).isEqualTo("Mend each of the places named.");
    }

    @Test
    void whatIsForLaterSaysSo() {
        GodwitException error = errorOf(GOOD.replace("- name: second", "- name: second\n    event: {}"));
        assertThat(error.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void unknownConnectionsAndConnectorsAreNamed() {
        GodwitException connection = catchThrowableOfType(
                GodwitException.class,
                () -> JobFiles.parse("f", GOOD, new KnownNames(null, Set.of("warehouse", "laek"))));
        assertThat(connection.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
        assertThat(connection).hasMessage("""
                        f:19:25: steps[0].migrate.to.connection: no connection lake in this file or in the catalog. Did you mean laek?
                        f:25:25: steps[1].migrate.to.connection: no connection lake in this file or in the catalog. Did you mean laek?""");
        GodwitException connector = catchThrowableOfType(
                GodwitException.class,
                () -> JobFiles.parse("f", GOOD, new KnownNames(Set.of("postgres", "mysql"), null)));
        assertThat(connector.code()).isEqualTo(ErrorCode.CONNECTOR_UNKNOWN);
        assertThat(connector).hasMessage("f:3:7: type: no connector of type postgresql");
        assertThat(connector.remedy()).isEqualTo("Did you mean postgres?");
    }

    @Test
    void schedulesAreRead() {
        GodwitException error = errorOf(GOOD.replace("timeZone: UTC", "cron: \"61 2 * * *\""));
        assertThat(error).hasMessageStartingWith("f:11:19: schedule.cron: cron \"61 2 * * *\": ");
        assertThat(error.remedy()).isEqualTo("Write minute, hour, day of month, month, day of week: \"0 2 * * *\".");
    }

    @Test
    void incrementalDoesNotOverwrite() {
        assertThat(errorOf(GOOD.replace("where: \"id > 0\"", "incremental: { column: id }")
                        .replace("mode: append", "mode: swap")))
                .hasMessage(
                        "f:19:55: steps[0].migrate.to.mode: mode swap would leave only the new rows of an incremental source");
    }

    @Test
    void stepsInACircleAreNamed() {
        String circle = GOOD.replace("  - name: first\n", "  - name: first\n    needs: [second]\n");
        assertThat(errorOf(circle)).hasMessage("f:14:12: steps[0].needs: steps wait for one another: first, second");
    }

    @Test
    void namesAreUniqueWithinAKind() {
        String connection = GOOD.substring(0, GOOD.indexOf("---"));
        assertThat(errorOf(connection + "---\n" + connection))
                .hasMessage("f:9:7: name: a second Connection of the name shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n---\n", "~"})
    void emptyFilesSaySo(String text) {
        assertThat(errorOf(text)).hasMessage("f:1:1: no document in this file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            kind: Job\\n\\tname: a      | f:2:1: not well-formed YAML or JSON: while scanning for the next token: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
            kind: [Job\\n               | f:2:1: not well-formed YAML or JSON: while parsing a flow sequence: expected ',' or ']', but got <stream end>
            kind: "Job                  | f:1:11: not well-formed YAML or JSON: while scanning a quoted scalar: found unexpected end of stream
            kind: Job: b                | f:1:10: not well-formed YAML or JSON: mapping values are not allowed here
            kind: *job                  | f:1:7: not well-formed YAML or JSON: no anchor job before this
            ? [a, b]\\n: c              | f:1:3: not well-formed YAML or JSON: a key must be a text
            """)
    void malformedFilesSayWhere(String text, String message) {
        GodwitException error = errorOf(text.replace("\\n", "\n").replace("\\t", "\t"));
        assertThat(error.code()).isEqualTo(ErrorCode.JOB_FILE_MALFORMED);
        assertThat(error).hasMessage(message.replace("'\\t(", "'\t(").replace("'\t(", "'\\t("));
    }

    @Test
    void charactersThatAreNotTextAreNamed() {
        assertThat(errorOf("kind: Job\nname: a\u0001"))
                .hasMessage("f:2:8: not well-formed YAML or JSON: the character U+0001 is not allowed");
    }

    @Test
    void secretsAreNeverEchoed() {
        for (String bad : new String[] {
            "secret: pa55word",
            "secret: 'pa55word",
            "secret: {pa55word",
            "secret: pa55word: x",
            "secret: [pa55word]",
            "secret: *pa55word\u0001",
            "password: pa55word",
            "options: { registrySecret: pa55word }",
            "host: shop:pa55word@localhost",
            "user: shop:pa55word@x",
            "url: jdbc:postgresql://shop:pa55word@localhost/shop",
            "database: shop?password=pa55word",
            "\tsecret: pa55word"
        }) {
            GodwitException error = errorOf(GOOD.replace("secret: env:SHOP", bad));
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                assertThat(cause.getMessage()).as(bad).doesNotContain("pa55");
            }
            assertThat(error.remedy()).doesNotContain("pa55");
        }
    }

    @Test
    void deepLargeAndSwellingFilesAreRefused() {
        assertThat(errorOf("a: " + "[".repeat(5000))).hasMessageEndingWith("nested too deeply");
        assertThat(errorOf("a: \"" + "x".repeat(1 << 20) + "\""))
                .hasMessageEndingWith("longer than 1048576 characters");
        StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int level = 1; level < 9; level++) {
            laughs.append("a" + level + ": &a" + level + " [" + ("*a" + (level - 1) + ", ").repeat(10) + "x]\n");
        }
        assertThat(errorOf(laughs.toString())).hasMessageEndingWith("more than 100000 values");
    }

    @Test
    void tagsConstructNothing() {
        assertThat(errorOf("!!javax.script.ScriptEngineManager [x]"))
                .hasMessage("f:1:37: [0]: the key kind is missing");
    }

    private static GodwitException errorOf(String text) {
        return catchThrowableOfType(GodwitException.class, () -> JobFiles.parse("f", text));
    }
}
