package io.godwit.connector.http;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A REST interface as the contract's source. */
record RestSource(RestServer server, Set<String> named) implements TestedSource {
    private static final String PAGING = "offset";
    private static final Set<String> BARE = Set.of("int2", "int4", "int8", "numeric", "bool");

    RestSource() {
        this(new RestServer(), new ConcurrentSkipListSet<>(Set.of("always")));
        server.put("always", List.of("{\"id\": 1}"));
    }

    @Override
    public Connection connection() {
        String tables = named.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        return server.connection(PAGING, tables, Map.of());
    }

    @Override
    public Source open(Connection connection) {
        return RestServer.open(connection);
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(connection().database(), null, name);
    }

    @Override
    public boolean isDatabase() {
        return false;
    }

    @Override
    public boolean listsTables() {
        return false;
    }

    @Override
    public String found(int row, String key) {
        return "?offset=0#/" + row + ":";
    }

    @Override
    public void create(SampleTable sample) {
        named.add(sample.name().name());
        server.put(sample.name().name(), rows(sample));
    }

    @Override
    public void insert(SampleTable sample) {
        server.add(sample.name().name(), rows(sample));
    }

    private static List<String> rows(SampleTable sample) {
        return sample.rows().stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(i -> json(sample.columns().get(i).name()) + ": "
                                + value(sample.columns().get(i).type(), row.get(i)))
                        .collect(Collectors.joining(", ", "{", "}")))
                .toList();
    }

    private static String value(String type, @Nullable String value) {
        return value == null ? "null" : BARE.contains(type) ? value : json(value);
    }

    static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
