package io.godwit.platform.store;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The control store's migrations, by name: looking for them in the class path takes time at every start, and a native
 * image has none to look in.
 */
final class Migrations implements ResourceProvider {
    static final String FOLDER = "db/control/";
    static final List<String> FILES = List.of(
            "V1__document.sql",
            "V2__sink_ledgers.sql",
            "V3__run_keys.sql",
            "V4__sink_quarantine.sql",
            "V100__planner_tables.sql",
            "V101__kept_facts.sql",
            "V102__what_lies_in_a_lane.sql",
            "V103__replays.sql",
            "V110__traces.sql",
            "V111__states_told_again.sql",
            "V120__read_once_write_many.sql",
            "V201__ops_history.sql",
            "V202__dead_letters.sql",
            "V203__filtered_rows.sql",
            "V204__replays.sql",
            "V205__left_out_rows.sql",
            "V206__notes_of_runs.sql");

    /** As Flyway's history names them. */
    static List<String> versions() {
        return FILES.stream().map(file -> file.substring(1, file.indexOf("__"))).toList();
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return FILES.stream()
                .filter(file -> name.equals(FOLDER + file) || name.equals(file))
                .map(Migration::new)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return FILES.stream()
                .filter(file -> file.startsWith(prefix) && Stream.of(suffixes).anyMatch(file::endsWith))
                .<LoadableResource>map(Migration::new)
                .toList();
    }

    private static final class Migration extends LoadableResource {
        private final String file;

        Migration(String file) {
            this.file = file;
        }

        @Override
        public Reader read() {
            return new InputStreamReader(
                    Objects.requireNonNull(
                            Migrations.class.getClassLoader().getResourceAsStream(FOLDER + file), FOLDER + file),
                    StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + file;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + file;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getRelativePath() {
            return file;
        }
    }
}
