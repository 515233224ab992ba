package io.godwit.connector.http;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.json.FieldText;
import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonRow;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resources of a REST interface as tables. */
final class HttpSource implements Source {
    private static final Duration QUESTION = Duration.ofMinutes(5);
    private static final int MOST_PREVIEWED = 1000;
    private static final int ROWS_PER_LOOK = 256;
    private static final long MOST_SAMPLED_BYTES = 16 << 20;

    private final Connection connection;
    private final HttpOptions options;
    private final Endpoint endpoint;
    private final HttpErrors errors;
    private final Requests requests;

    HttpSource(Connection connection, HttpOptions options, Endpoint endpoint) {
        this.connection = connection;
        this.options = options;
        this.endpoint = endpoint;
        this.errors = new HttpErrors(connection);
        this.requests = new Requests(endpoint);
    }

    @Override
    public ConnectionReport test() {
        Resource first = options.resources().get(0);
        long start = System.nanoTime();
        return errors.during("testing with " + first.path(), () -> {
            TableReading.Seen seen = question(first, Parameters.NONE).first((page, at, index) -> false);
            String server = seen.response().headers().firstValue("Server").orElse("a server that gives no name");
            return new ConnectionReport(
                    "HTTP, " + server + ", paging " + options.paging().name().toLowerCase(java.util.Locale.ROOT),
                    (System.nanoTime() - start) / 1_000_000,
                    List.of("What comes or goes while a table is read may shift its pages: sort by a key that stays."));
        });
    }

    @Override
    public List<String> databases() {
        return List.of(connection.database());
    }

    @Override
    public List<TableName> tables() {
        return options.resources().stream()
                .map(resource -> resource.name(connection.database()))
                .sorted()
                .toList();
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        List<TableDescription> described = new ArrayList<>();
        for (TableName name : tables) {
            Resource resource = find(name);
            if (resource != null) {
                try {
                    Sample sample = sample(resource);
                    described.add(sample.describe(resource.name(connection.database())));
                } catch (GodwitException e) {
                    if (e.code() != ErrorCode.SOURCE_TABLE_NOT_FOUND) {
                        throw e;
                    }
                }
            }
        }
        return described;
    }

    private Sample sample(Resource resource) {
        return errors.during("looking into " + resource.path(), () -> {
            Sample sample = new Sample(resource.declared());
            TableReading.Seen seen = question(resource, Parameters.NONE).first(sample::row);
            sample.end(TableReading.total(options, seen), seen.answer());
            return sample;
        });
    }

    @Override
    public SourceSplits split(SplitSource question) {
        Resource resource = resource(question.table().name());
        Parameters where = where(question.where());
        return errors.during(
                "splitting " + resource.path(),
                () -> new Splitting(options, question(resource, where)).split(question.splitBytes()));
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        Resource resource = resource(question.table().name());
        Parameters where = where(question.where());
        return errors.during(
                "splitting " + resource.path() + " again",
                () -> new Splitting(options, question(resource, where)).again(question.split()));
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        throw errors.notSupported(
                "an interface does not say the largest value of a column",
                "Take incremental: out, and ask for what is new by a parameter of the interface: where: updated_since ="
                        + " '${planTime:yyyy-MM-dd}'.");
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName name, int limit) {
        Resource resource = resource(name);
        List<JsonField> columns = sample(resource).columns();
        List<FieldText> texts =
                columns.stream().map(column -> FieldText.of(column.type())).toList();
        List<List<@Nullable String>> rows = new ArrayList<>();
        int most = Math.min(Math.max(limit, 0), MOST_PREVIEWED);
        TupleFields fields = new TupleFields(columns.size());
        RowConsumer texted = (bytes, offset, length) -> {
            fields.of(bytes, offset, offset + length);
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                row.add(fields.isNull(i) ? null : texts.get(i).of(bytes, fields.offset(i), fields.length(i)));
            }
            rows.add(row);
        };
        errors.during("previewing " + resource.path(), () -> {
            TableReading reading = question(resource, Parameters.NONE);
            RowConversion conversion = conversion(reading, columns, columns, MOST_SAMPLED_BYTES, texted);
            if (most > 0) {
                reading.read(0, null, (page, at, index) -> {
                    conversion.row(page, at, index);
                    return rows.size() < most;
                });
            }
            return true;
        });
        return new Preview(
                columns.stream().map(JsonField::name).toList(),
                columns.stream().map(column -> column.type().notation()).toList(),
                rows);
    }

    @Override
    public String holdSnapshot() {
        throw errors.notSupported(
                "an interface has no snapshots",
                "Take consistency: run out. What is seen to change while the run lasts is refused.");
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        Resource resource = resource(request.table().name());
        requirePart(request.split());
        Split.Rows part = request.split() instanceof Split.Rows some ? some : null;
        Version planned = part == null ? Version.UNKNOWN : Version.parse(part.version());
        Deadline deadline = Deadline.in(request.most());
        TableReading reading = reading(resource, where(request.where()), planned, request.maxRowBytes(), deadline);
        RowConversion conversion = conversion(
                reading, fields(request.table().columns()), fields(request.columns()), request.maxRowBytes(), rows);
        errors.during("reading " + resource.path(), () -> {
            try {
                reading.read(part == null ? 0 : part.first(), part == null ? null : part.end(), (page, at, index) -> {
                    conversion.row(page, at, index);
                    if (conversion.count() % ROWS_PER_LOOK == 0) {
                        reading.requireTime(resource.path());
                    }
                    return true;
                });
            } catch (IOException e) {
                reading.requireTime(resource.path()); // that no byte came in the rest of its time is not the reason
                throw e;
            }
            return true;
        });
    }

    private void requirePart(Split split) {
        boolean known = split instanceof Split.Whole;
        if (split instanceof Split.Rows rows) {
            known = options.paging().isNumbered()
                    ? rows.first() % options.pageSize() == 0
                    : rows.first() == 0 && rows.end() == null;
        }
        if (!known) {
            throw errors.error(
                    ErrorCode.EVENT_MALFORMED,
                    "a split that no plan of this connection has",
                    "No planner sends this: find out who may send events to the broker.",
                    null);
        }
    }

    private RowConversion conversion(
            TableReading reading, List<JsonField> all, List<JsonField> wanted, long maxRowBytes, RowConsumer rows) {
        JsonRow row = new JsonRow(options.othersLeftOut() ? null : all, wanted, false);
        return new RowConversion(reading, row, errors, maxRowBytes, rows);
    }

    private TableReading question(Resource resource, Parameters where) {
        return reading(resource, where, Version.UNKNOWN, MOST_SAMPLED_BYTES, Deadline.in(QUESTION));
    }

    private TableReading reading(
            Resource resource, Parameters where, Version planned, long maxRowBytes, Deadline deadline) {
        Pages pages = new Pages(options, endpoint, resource.path(), where);
        return new TableReading(options, requests, errors, pages, planned, maxRowBytes, deadline);
    }

    private Parameters where(@Nullable String where) {
        try {
            return where == null ? Parameters.NONE : options.checked(Parameters.ofWhere(where));
        } catch (IllegalArgumentException e) {
            throw errors.error(
                    ErrorCode.SOURCE_REFUSED,
                    "where: " + e.getMessage(),
                    "Write parameters of the interface: where: status = 'open' AND year = 2026. Other conditions go"
                            + " under filter:.",
                    e);
        }
    }

    private static List<JsonField> fields(List<Column> columns) {
        return columns.stream()
                .map(column -> new JsonField(column.name(), column.type()))
                .toList();
    }

    private @Nullable Resource find(TableName name) {
        return options.resources().stream()
                .filter(resource -> {
                    TableName own = resource.name(connection.database());
                    return own.name().equals(name.name()) && java.util.Objects.equals(own.schema(), name.schema());
                })
                .findFirst()
                .orElse(null);
    }

    private Resource resource(TableName name) {
        Resource found = find(name);
        if (found == null) {
            throw errors.error(
                    ErrorCode.SOURCE_TABLE_NOT_FOUND,
                    name.display() + " is none of the connection's tables",
                    "Name it in option tables.",
                    null);
        }
        return found;
    }

    @Override
    public void close() {
        // The client is everybody's.
    }
}
