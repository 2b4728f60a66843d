package io.keyward.chaos.load;

import io.keyward.chaos.cluster.RecordCoordinates;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All inputs that the cluster has acknowledged. Safe for many threads.
public final class SentInputs {
    /// An input that the cluster has acknowledged.
    public record Sent(RecordCoordinates place, Input input) {}

    private final List<Sent> sent = new ArrayList<>();

    public synchronized void add(RecordCoordinates place, Input input) {
        sent.add(new Sent(place, input));
    }

    synchronized int size() {
        return sent.size();
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /// The reference model after every event, and after all that has fallen due by now.
    public ReferenceModel model() {
        ReferenceModel model = ReferenceModel.after(Profiles.SEED, events());
        model.letTimePass(Instant.now());
        return model;
    }

    /// Every event, in the order of acknowledgement.
    private List<Event> events() {
        return sent().stream()
                .map(Sent::input)
                .map(Input::event)
                .flatMap(Optional::stream)
                .toList();
    }
}
