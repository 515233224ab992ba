package io.godwit.e2e.bad;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code BadInputIT} shows of PostgreSQL, of the other connectors: a code, a place, a remedy, exit code 2. */
class BadPlacesIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    private static List<BadKind> kinds = List.of();

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        Servers.create(servers.left(), "source", """
                create table public.orders (id integer primary key, total numeric(12,2));
                insert into public.orders values (1, 1.00);""");
        Path files = Files.createDirectory(home.resolve("files"));
        kinds = List.of(
                new BadText(files),
                new BadParquet(files),
                new BadRest(),
                new BadOpenSearch(),
                new BadBuckets(),
                new BadSftp(),
                new BadDialects(),
                new BadMariaDb(servers),
                new BadSqlite(files),
                new BadMongoDb(),
                new BadKafka());
        system = RunningSystem.up(home);
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
        kinds.forEach(BadKind::close);
    }

    static Stream<Bad> places() {
        return kinds.stream().flatMap(kind -> kind.places().stream());
    }

    static Stream<Bad> rows() {
        return kinds.stream().flatMap(kind -> kind.rows().stream());
    }

    @ParameterizedTest
    @MethodSource("places")
    void isRefusedWithCodePlaceAndRemedy(Bad bad) throws Exception {
        Result planned = GodwitProcess.run(home, "plan", job(bad, "postgres"));

        // A source that answers with a refusal is no error in the file.
        assertThat(planned.exitCode())
                .as(planned.toString())
                .isEqualTo(bad.code().equals("SOURCE_REFUSED") ? 1 : 2);
        assertThat(planned.err()).contains(bad.code()).contains(bad.words());
        if (bad.code().equals("NOT_SUPPORTED")) {
            Result run = GodwitProcess.run(home, "run", job(bad, "postgres"));

            assertThat(run.exitCode()).as(run.toString()).isPositive();
            assertThat(run.err()).contains(bad.code()).contains(bad.words());
        }
        assertThat(Servers.rows(
                        servers.right(),
                        "postgres",
                        "select 1 from information_schema.tables where table_schema = 'public'"))
                .isEmpty();
        assertThat(home.resolve("files/taken/.godwit")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void badRowFailsTheRunWithItsPlace(Bad bad) throws Exception {
        Servers.create(servers.right(), "rows", "");
        Result result = GodwitProcess.run(home, "run", job(bad, "rows"));

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.toString()).contains(bad.code()).contains(bad.words());
    }

    private static String job(Bad bad, String target) throws IOException {
        String text = bad.bad() + servers.document("source", "source") + servers.document("target", target)
                + "kind: Job\nname: bad\nsteps:\n  - name: copy\n    migrate:\n"
                + bad.migrate().indent(6);
        return Files.writeString(home.resolve("bad.yaml"), text).toString();
    }
}
