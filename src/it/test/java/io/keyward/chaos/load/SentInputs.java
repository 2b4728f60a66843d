package io.keyward.chaos.load;

import io.keyward.client.Coordinates;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// All inputs that the cluster has acknowledged. Safe for many threads.
public final class SentInputs {
    private static final int MANY = 10_000;

    /// An input that the cluster has acknowledged.
    public record Sent(Coordinates coordinates, Input input) {}

    private final List<Sent> sent = new ArrayList<>();

    public synchronized void add(Coordinates coordinates, Input input) {
        sent.add(new Sent(coordinates, input));
    }

    synchronized int size() {
        return sent.size();
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /// The reference model after every event, and after all deadlines that have passed.
    public ReferenceModel model() {
        ReferenceModel model = new ReferenceModel(Profiles.SEED);
        events().stream().collect(Collectors.groupingBy(Event::tenantId)).forEach((_, events) -> accept(events, model));
        model.letTimePass(Instant.now());
        return model;
    }

    /// The model decides every environment of a tenant for each event, so one with very many gets its policies
    /// together.
    private static void accept(List<Event> ofTenant, ReferenceModel model) {
        if (ofTenant.size() < MANY) {
            ofTenant.forEach(model::accept);
        } else {
            Map<Boolean, List<Event>> events =
                    ofTenant.stream().collect(Collectors.partitioningBy(Event.PolicyApplied.class::isInstance));
            model.acceptTogether(events.get(true));
            events.get(false).forEach(model::accept);
        }
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
