package io.godwit.connector.file;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.RoundTripContract;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TypeSample;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From CSV whose types are declared into files of a format, and back. */
public abstract class FileRoundTrip extends RoundTripContract {
    private final Folder from = new Folder(Map.of());
    private final Folder to;

    protected FileRoundTrip(Folder to) {
        this.to = to;
    }

    @Override
    protected List<TypeSample> samples() {
        return TypeSamples.all().stream()
                .map(sample -> new TypeSample(sample.type(), sample.type().notation(), sample.values()))
                .toList();
    }

    @Override
    protected Set<WriteMode> modes() {
        return FolderSink.MODES;
    }

    @Override
    protected Connector connector() {
        return to.connector();
    }

    @Override
    protected Connection sourceConnection() {
        return from.connection();
    }

    @Override
    protected Connection sinkConnection() {
        return to.connection();
    }

    @Override
    protected Source openSource() {
        return from.source();
    }

    @Override
    protected Sink openSink() {
        return to.sink();
    }

    @Override
    protected Source openSinkAsSource() {
        return to.source();
    }

    @Override
    protected void create(SampleTable sample) {
        from.create(sample);
    }

    @Override
    protected TableName tableName(String name) {
        return from.tableName(name);
    }
}
