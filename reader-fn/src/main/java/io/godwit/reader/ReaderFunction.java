package io.godwit.reader;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.question.SourceQuestions;
import io.godwit.platform.ask.QuestionDesk;
import io.godwit.platform.event.EventSource;
import io.godwit.serving.FunqyEvents;
import io.godwit.serving.Handling;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;

/** The reader as functions: one event in, one event out, and one function per question. */
public class ReaderFunction {
    private final SplitReader reader;
    private final QuestionDesk desk;
    private final Handling handling;

    @Inject
    public ReaderFunction(ReaderWiring wiring, Handling handling) {
        this.handling = handling;
        this.reader = wiring.reader();
        this.desk = QuestionDesk.of(SourceQuestions.class, wiring.answers());
    }

    /** Reads a subtask; the reply says that its rows are ready, or why not. The same event twice makes two attempts. */
    @Funq("reader-subtask-read")
    @CloudEventMapping(trigger = "io.godwit.subtask.read")
    public CloudEvent<JsonNode> subtaskRead(CloudEvent<JsonNode> request) {
        return handling.of(
                request, SubtaskRead.class, event -> FunqyEvents.reply(EventSource.READER, reader.read(event)));
    }

    @Funq
    public JsonNode testSource(JsonNode question) {
        return desk.answer("testSource", question);
    }

    @Funq
    public JsonNode describeSource(JsonNode question) {
        return desk.answer("describeSource", question);
    }

    @Funq
    public JsonNode splitSource(JsonNode question) {
        return desk.answer("splitSource", question);
    }

    @Funq
    public JsonNode splitAgain(JsonNode question) {
        return desk.answer("splitAgain", question);
    }

    @Funq
    public JsonNode previewSource(JsonNode question) {
        return desk.answer("previewSource", question);
    }

    @Funq
    public JsonNode highWater(JsonNode question) {
        return desk.answer("highWater", question);
    }

    @Funq
    public JsonNode holdSnapshot(JsonNode question) {
        return desk.answer("holdSnapshot", question);
    }

    @Funq
    public JsonNode releaseSnapshot(JsonNode question) {
        return desk.answer("releaseSnapshot", question);
    }

    @Funq
    public JsonNode tallySource(JsonNode question) {
        return desk.answer("tallySource", question);
    }

    @Funq
    public JsonNode keysOfSource(JsonNode question) {
        return desk.answer("keysOfSource", question);
    }
}
