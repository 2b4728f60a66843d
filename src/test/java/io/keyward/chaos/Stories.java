package io.keyward.chaos;

import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/// Generated histories of the domain, each of tenants of its own, told in any order, some events twice: what they end
/// in does not depend on the order of arrival. Several are told at a time.
final class Stories implements Source {
    private static final int MOST_EVENTS = 24;
    private static final int GENERATED = 100;
    private static final int AT_A_TIME = 8;

    private final Wire wire;
    private final Random random;
    private final Misplacement misplacement;
    private final List<List<Event>> generated;
    private final List<Deque<Event>> open = new ArrayList<>();
    private int told;

    Stories(Wire wire, Random random, Misplacement misplacement) {
        this.wire = wire;
        this.random = random;
        this.misplacement = misplacement;
        generated = generate(random);
    }

    @Override
    public Input next() {
        while (open.size() < AT_A_TIME) {
            open.add(begin());
        }
        Deque<Event> story = open.get(random.nextInt(AT_A_TIME));
        Event event = story.removeFirst();
        open.removeIf(Deque::isEmpty);
        return misplacement.of(new Input(
                Wire.topicOf(event),
                Optional.empty(),
                Optional.of(event.tenantId().value()),
                Optional.of(wire.bytes(event)),
                new Input.States(event)));
    }

    private Deque<Event> begin() {
        int number = told++;
        List<Event> story = generated.get(number % generated.size());
        Deque<Event> events = new ArrayDeque<>();
        EventHistories.disturbed(story, random.nextLong())
                .forEach(event -> events.add(Facts.ofTenant(event.tenantId() + "-" + number, event)));
        return events;
    }

    private static List<List<Event>> generate(Random random) {
        List<List<Event>> stories = new ArrayList<>();
        JqwikSession.run(() -> {
            RandomGenerator<List<Event>> generator =
                    EventHistories.of(EventHistories.CONVERGENT, MOST_EVENTS).generator(GENERATED);
            for (int n = 0; n < GENERATED; n++) {
                stories.add(generator.next(random).value());
            }
        });
        return stories;
    }
}
