package io.keyward.app.records;

import io.keyward.app.terminal.Progress;
import io.keyward.topology.contract.EventLine;
import java.util.Optional;

/// Sends the accepted lines of checked files, and skips the others.
public final class EventSender implements LineFiles.LineConsumer<EventLine> {
    private final EventProducer producer;
    private final EventRules rules;
    private final Progress progress;
    private Optional<SourceLine> last = Optional.empty();
    private long sent;

    /// @param rules by which the files were checked
    public EventSender(EventProducer producer, EventRules rules, Progress progress) {
        this.producer = producer;
        this.rules = rules;
        this.progress = progress;
    }

    @Override
    public void accepted(SourceLine line, EventLine event) {
        if (rules.refusal(event).isEmpty()) {
            producer.send(event, line.place());
            last = Optional.of(line);
            progress.done(++sent);
        }
    }

    @Override
    public void refused(SourceLine line, String reason) {}

    public long sent() {
        return sent;
    }

    public Optional<SourceLine> last() {
        return last;
    }
}
