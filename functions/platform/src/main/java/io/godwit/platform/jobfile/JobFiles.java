package io.godwit.platform.jobfile;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads job files. */
public final class JobFiles {
    private static final String CONNECTION = "Connection";
    private static final String JOB = "Job";
    private static final Map<String, Schema> SCHEMAS =
            new TreeMap<>(Map.of(CONNECTION, Schema.load("connection"), JOB, Schema.load("job")));

    private JobFiles() {}

    /** As {@link #parse(String, String, KnownNames)}; names that the file does not define are left unchecked. */
    public static JobDocuments parse(String file, String text) {
        return parse(file, text, KnownNames.NONE);
    }

    /**
     * Reads a file and checks all that can be checked without asking a database.
     *
     * @param file its name, for error messages
     * @param text YAML documents, or JSON: one document, or a list of them
     * @throws io.godwit.core.error.GodwitException JOB_FILE_MALFORMED where it is not well-formed; else, for everything
     *     that is wrong at once, the code that all errors have in common (JOB_FILE_INVALID, CONNECTION_UNKNOWN,
     *     CONNECTOR_UNKNOWN, PARAMETER_INVALID, NOT_SUPPORTED), or JOB_FILE_INVALID. One error a line:
     *     {@code file:line:column: key.path: what}.
     */
    public static JobDocuments parse(String file, String text, KnownNames known) {
        Problems problems = new Problems(file);
        List<Cursor> documents = new ArrayList<>();
        for (Tree document : YamlReader.read(file, text, problems)) {
            documents.addAll(Cursor.of(document).itemsOrOne());
        }
        if (documents.isEmpty()) {
            problems.add(new Tree.Place(1, 1), "", "no document in this file", "Write kind: Connection or kind: Job.");
        }
        Set<String> connections = connections(documents, known);
        for (Cursor document : documents) {
            Schema schema = SCHEMAS.get(kind(document));
            if (schema == null) {
                unknownKind(document, problems);
                continue;
            }
            schema.check(document, problems);
            if (kind(document).equals(JOB)) {
                JobChecks.check(document, connections, problems);
            } else {
                ConnectionChecks.check(document, known.connectorTypes(), problems);
            }
        }
        checkNames(documents, problems);
        problems.throwIfAny();
        return read(documents);
    }

    private static JobDocuments read(List<Cursor> documents) {
        List<Connection> connections = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (Cursor document : documents) {
            if (kind(document).equals(JOB)) {
                jobs.add(DocumentReader.job(document));
            } else {
                connections.add(DocumentReader.connection(document));
            }
        }
        return new JobDocuments(connections, jobs);
    }

    private static @Nullable Set<String> connections(List<Cursor> documents, KnownNames known) {
        if (known.connections() == null) {
            return null;
        }
        Set<String> connections = new HashSet<>(known.connections());
        for (Cursor document : documents) {
            if (kind(document).equals(CONNECTION)) {
                document.at("name").text().ifPresent(connections::add);
            }
        }
        return connections;
    }

    private static void checkNames(List<Cursor> documents, Problems problems) {
        Set<String> names = new HashSet<>();
        for (Cursor document : documents) {
            document.at("name").text().ifPresent(name -> {
                if (!names.add(kind(document) + " " + name)) {
                    problems.add(
                            document.at("name"),
                            ErrorCode.JOB_FILE_INVALID,
                            "a second " + kind(document) + " of the name " + name,
                            "Rename one, or take it out.");
                }
            });
        }
    }

    private static void unknownKind(Cursor document, Problems problems) {
        Cursor kind = document.at("kind");
        if (kind.present()) {
            problems.add(
                    kind,
                    ErrorCode.JOB_FILE_INVALID,
                    "unknown word " + kind(document),
                    NearestWord.remedy(kind(document), SCHEMAS.keySet()));
        } else {
            problems.add(
                    document,
                    ErrorCode.JOB_FILE_INVALID,
                    "the key kind is missing",
                    "Write kind: Connection or kind: Job.");
        }
    }

    private static String kind(Cursor document) {
        return document.at("kind").text().orElse("");
    }
}
