package io.keyward.app;

import io.keyward.app.console.Progress;
import io.keyward.avro.EventLine;

/// Sends every good line of files that have been checked, and passes over the others.
final class EventSender implements EventFiles.Reader {
    private final EventProducer producer;
    private final Progress progress;
    private long sent;

    EventSender(EventProducer producer, Progress progress) {
        this.producer = producer;
        this.progress = progress;
    }

    @Override
    public void accepted(SourceLine line, EventLine event) {
        if (EventCheck.refusal(event).isEmpty()) {
            producer.send(event);
            progress.done(++sent);
        }
    }

    @Override
    public void refused(SourceLine line, String reason) {}

    long sent() {
        return sent;
    }
}
