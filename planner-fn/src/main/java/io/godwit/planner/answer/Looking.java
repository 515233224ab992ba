package io.godwit.planner.answer;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.Connection;
import io.godwit.core.question.PlannerQuestions.PreviewTable;
import io.godwit.core.question.SourceQuestions.ConnectionQuestion;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.PreviewSource;
import io.godwit.core.table.TableName;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Looks at connections of the catalog through the functions that reach them. */
public final class Looking {
    private final ControlStore store;
    private final Functions functions;

    public Looking(ControlStore store, Functions functions) {
        this.store = store;
        this.functions = functions;
    }

    ConnectionReport test(String name) {
        Connection connection = connection(name);
        ConnectionReport source = functions.readersOf(connection).testSource(new ConnectionQuestion(connection));
        ConnectionReport sink = functions.writersOf(connection).testSink(new ConnectionQuestion(connection));
        List<String> notes = new ArrayList<>();
        source.notes().forEach(note -> notes.add("as a source: " + note));
        sink.notes().forEach(note -> notes.add("as a sink: " + note));
        return new ConnectionReport(source.product(), Math.max(source.millis(), sink.millis()), notes);
    }

    Preview preview(PreviewTable question) {
        Connection connection = connection(question.connection());
        return functions
                .readersOf(connection)
                .previewSource(new PreviewSource(connection, tableOf(question.table()), question.limit()));
    }

    private static TableName tableOf(String text) {
        int dot = text.indexOf('.');
        return dot <= 0
                ? new TableName(null, null, text)
                : new TableName(null, text.substring(0, dot), text.substring(dot + 1));
    }

    private Connection connection(String name) {
        return store.transact(session -> {
            Map<String, String> documents = Catalog.connections(session);
            String document = documents.get(name);
            if (document == null) {
                throw new GodwitException(
                        ErrorCode.CONNECTION_UNKNOWN,
                        name + ": no such connection in the catalog",
                        NearestWord.remedy(name, new TreeSet<>(documents.keySet())));
            }
            return Documents.get(session, document, Connection.class);
        });
    }
}
