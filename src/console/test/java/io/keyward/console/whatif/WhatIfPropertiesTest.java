package io.keyward.console.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.OutputCodec;
import io.keyward.avro.json.AvroJson;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Explanation;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.topology.Bounds;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// What an answer says happens when the events are really sent: order, queue and slots included.
class WhatIfPropertiesTest {
    private static final int TRIES = 1_000;

    /// How many histories one topology decides, each with tenants of its own.
    private static final int HISTORIES_EACH = 20;

    /// The rule profile with the most outputs.
    private static final RuleProfile PROFILE = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);

    private static final Running RUNNING = new Running();

    /// The topology that runs now, and what it has published since the last read.
    private static final class Running implements FlowObserver {
        private final List<Publication> published = new ArrayList<>();
        private TopologyHarness topology;
        private int histories;

        @Override
        public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
            published.add(publication);
        }

        List<Event> ofItsOwn(List<Event> events) {
            if (++histories % HISTORIES_EACH == 0) {
                topology.close();
                topology = TopologyHarness.start(PROFILE, this);
            }
            return events.stream()
                    .map(event -> Facts.ofTenant(event.tenantId() + "-" + histories, event))
                    .toList();
        }
    }

    @BeforeContainer
    static void start() {
        RUNNING.topology = TopologyHarness.start(PROFILE, RUNNING);
    }

    @AfterContainer
    static void stop() {
        RUNNING.topology.close();
    }

    /// Twelve environments on three keys, with limits that make some of them wait.
    @Provide
    Arbitrary<List<Event>> histories() {
        List<List<Inventory>> natures = new ArrayList<>(EventHistories.ALL.natures());
        natures.addAll(EventHistories.ALL.natures());
        natures.addAll(EventHistories.ALL.natures());
        EventHistories.Kinds kinds =
                new EventHistories.Kinds(EventHistories.ALL.tenants(), natures, List.of(0, 1, 2, 4, 6), true);
        return Arbitraries.oneOf(EventHistories.of(kinds, 60), ReportHistories.of(kinds, 40));
    }

    @Property(tries = TRIES)
    void theAnswerIsWhatIsPublishedWhenTheEventsAreReallySent(
            @ForAll("histories") List<Event> history, @ForAll @IntRange(min = 1, max = 3) int count) {
        List<Event> events = RUNNING.ofItsOwn(history);
        int split = Math.max(0, events.size() - count);
        RUNNING.topology.given(events.subList(0, split).toArray(Event[]::new));
        List<List<String>> rows = rows();

        WhatIfAnswer answer = ask(events, split);

        assertThat(rows()).isEqualTo(rows);
        assertThat(answer.preliminary()).allMatch(sentence -> sentence.contains(": a deadline at "));
        assertThat(answer.staleness().missing()).isEmpty();
        for (WhatIfAnswer.Line line : answer.lines()) {
            List<ObjectNode> predicted =
                    line.outputs().stream().map(WhatIfPropertiesTest::line).toList();
            RUNNING.published.clear();
            RUNNING.topology.given(events.get(split + line.line() - 1));
            assertThat(predicted)
                    .isEqualTo(RUNNING.published.stream()
                            .map(WhatIfPropertiesTest::line)
                            .toList());
        }
    }

    /// Asks about the last events when all have occurred.
    private static WhatIfAnswer ask(List<Event> events, int split) {
        Instant now = events.stream()
                .map(Event::occurredAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        WhatIf whatIf = new WhatIf(TopologyHarness.NAMES, PROFILE, Bounds.DEFAULT, new WhatIfLimits(3, 1_000));
        List<String> lines = events.subList(split, events.size()).stream()
                .map(event -> EventLine.write(event, "test").toString())
                .toList();
        return whatIf.ask(new TopologyView(RUNNING.topology), lines, now, TopologyView.ALL);
    }

    private static List<List<String>> rows() {
        return KeywardTopology.stores().stream().map(RUNNING.topology::rowsOf).toList();
    }

    private static ObjectNode line(Publication publication) {
        return line(
                Topics.of(publication).baseName(),
                publication.key(),
                OutputCodec.write(publication)
                        .map(AvroJson::write)
                        .map(JsonText::of)
                        .map(JsonText::tree));
    }

    private static ObjectNode line(WhatIfAnswer.Output output) {
        return line(output.topic(), output.key(), output.value().map(JsonText::tree));
    }

    private static ObjectNode line(String topic, String key, Optional<ObjectNode> value) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", topic);
        line.put("key", key);
        value.ifPresent(record -> line.set("value", record));
        return withoutPosition(line);
    }

    private static ObjectNode withoutPosition(ObjectNode line) {
        if (line.path("value").path("cause") instanceof ObjectNode cause) {
            cause.remove(List.of("partition", "offset"));
        }
        if (line.path("value") instanceof ObjectNode value && value.has("incident")) {
            value.put("incident", value.path("incident").asText().replaceFirst("-(-1|\\d+)-(-1|\\d+)$", ""));
        }
        return line;
    }
}
