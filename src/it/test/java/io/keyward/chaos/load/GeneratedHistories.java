package io.keyward.chaos.load;

import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/// Generated histories of the domain, each for tenants of its own, in any order and some events twice: their end
/// does not depend on the order of arrival. Several are sent at a time.
public final class GeneratedHistories implements InputSource {
    private static final int MAX_EVENTS = 24;
    private static final int GENERATED = 100;
    private static final int AT_A_TIME = 8;

    private final EventEncoder encoder;
    private final Random random;
    private final Misplacement misplacement;
    private final List<List<Event>> generated;
    private final List<Deque<Event>> open = new ArrayList<>();
    private int begun;

    public GeneratedHistories(EventEncoder encoder, Random random, Misplacement misplacement) {
        this.encoder = encoder;
        this.random = random;
        this.misplacement = misplacement;
        generated = generate(random);
    }

    @Override
    public Input next() {
        while (open.size() < AT_A_TIME) {
            open.add(begin());
        }
        Deque<Event> history = open.get(random.nextInt(AT_A_TIME));
        Event event = history.removeFirst();
        open.removeIf(Deque::isEmpty);
        return misplacement.of(new Input(
                Topics.of(event),
                Optional.empty(),
                Optional.of(event.tenantId().value()),
                Optional.of(encoder.bytes(event)),
                new Input.States(event)));
    }

    private Deque<Event> begin() {
        int number = begun++;
        List<Event> history = generated.get(number % generated.size());
        Deque<Event> events = new ArrayDeque<>();
        EventHistories.disturbed(history, random.nextLong())
                .forEach(event -> events.add(Facts.ofTenant(event.tenantId() + "-" + number, event)));
        return events;
    }

    private static List<List<Event>> generate(Random random) {
        List<List<Event>> histories = new ArrayList<>();
        JqwikSession.run(() -> {
            RandomGenerator<List<Event>> generator =
                    EventHistories.of(EventHistories.CONVERGENT, MAX_EVENTS).generator(GENERATED);
            for (int n = 0; n < GENERATED; n++) {
                histories.add(generator.next(random).value());
            }
        });
        return histories;
    }
}
