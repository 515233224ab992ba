package io.godwit.writer;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.question.SinkQuestions;
import io.godwit.platform.ask.QuestionDesk;
import io.godwit.platform.event.EventSource;
import io.godwit.serving.FunqyEvents;
import io.godwit.serving.Handling;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;

/** The writer as functions: one event in, one event out, and one function per question. */
public class WriterFunction {
    private final SubtaskWriter writer;
    private final QuestionDesk desk;
    private final Handling handling;

    @Inject
    public WriterFunction(WriterWiring wiring, Handling handling) {
        this.handling = handling;
        this.writer = wiring.writer();
        this.desk = QuestionDesk.of(SinkQuestions.class, wiring.answers());
    }

    /** Writes a subtask; the reply says that the ledger holds it, or why not. The same event twice writes once. */
    @Funq("writer-subtask-write")
    @CloudEventMapping(trigger = "io.godwit.subtask.write")
    public CloudEvent<JsonNode> subtaskWrite(CloudEvent<JsonNode> request) {
        return handling.of(
                request, SubtaskWrite.class, event -> FunqyEvents.reply(EventSource.WRITER, writer.write(event)));
    }

    @Funq
    public JsonNode testSink(JsonNode question) {
        return desk.answer("testSink", question);
    }

    @Funq
    public JsonNode describeSink(JsonNode question) {
        return desk.answer("describeSink", question);
    }

    @Funq
    public JsonNode previewPreparation(JsonNode question) {
        return desk.answer("previewPreparation", question);
    }

    @Funq
    public JsonNode prepareSink(JsonNode question) {
        return desk.answer("prepareSink", question);
    }

    @Funq
    public JsonNode publishSink(JsonNode question) {
        return desk.answer("publishSink", question);
    }

    @Funq
    public JsonNode closeSink(JsonNode question) {
        return desk.answer("closeSink", question);
    }

    @Funq
    public JsonNode reopenSink(JsonNode question) {
        return desk.answer("reopenSink", question);
    }

    @Funq
    public JsonNode voidInSink(JsonNode question) {
        return desk.answer("voidInSink", question);
    }

    @Funq
    public JsonNode ledgerOfSink(JsonNode question) {
        return desk.answer("ledgerOfSink", question);
    }

    @Funq
    public JsonNode tallySink(JsonNode question) {
        return desk.answer("tallySink", question);
    }

    @Funq
    public JsonNode keysOfSink(JsonNode question) {
        return desk.answer("keysOfSink", question);
    }

    @Funq
    public JsonNode quarantineOfSink(JsonNode question) {
        return desk.answer("quarantineOfSink", question);
    }
}
