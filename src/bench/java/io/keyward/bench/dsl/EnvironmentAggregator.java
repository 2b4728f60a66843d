package io.keyward.bench.dsl;

import io.keyward.avro.PublicationWriter;
import io.keyward.bench.rules.OutputEncoder;
import io.keyward.client.TopicNames;
import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Decides one environment for each input. A slot is always free, because no aggregation sees the whole tenant.
/// Not thread-safe.
final class EnvironmentAggregator {
    /// An aggregation does not know the position of its record.
    private static final OutputEncoder.Origin UNKNOWN = new OutputEncoder.Origin("", -1, -1, 0);

    private final Decider decider =
            new Decider(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
    private final TopicNames names;
    private final ValueDecoder decoding;
    private final PublicationWriter writer;

    EnvironmentAggregator(TopicNames names, ValueSerde serde) {
        this.names = names;
        decoding = new ValueDecoder(serde);
        writer = new PublicationWriter(serde);
    }

    /// @param key `tenantId/environmentId`
    EnvironmentRow aggregate(String key, EnvironmentInput input, EnvironmentRow before) {
        Event event = decoding.event(input.event());
        EnvironmentRow known =
                input.facts().map(facts -> before.withKey(keyOf(event), facts)).orElseGet(before::silent);
        EnvironmentFacts facts = before.state().facts();
        if (input.facts().isEmpty() && event instanceof Event.OfEnvironment own) {
            facts = facts.with(own);
            if (facts.equals(before.state().facts())) {
                return known;
            }
        }
        return decide(key, event, known, facts);
    }

    private EnvironmentRow decide(String key, Event event, EnvironmentRow known, EnvironmentFacts facts) {
        EnvironmentId environment = new EnvironmentId(key.substring(key.indexOf('/') + 1));
        DecisionResult result = decider.decide(
                event.tenantId(),
                environment,
                new Decider.Input(
                        known.state(), facts, Reports.NONE, known.keys(), Instant.MIN, Optional.empty(), () -> true),
                OutputEncoder.trigger(event, UNKNOWN, List.of()).cause());
        return new EnvironmentRow(
                result.after(),
                known.keys(),
                result.publications().stream().map(this::output).toList());
    }

    private EnvironmentRow.Output output(Publication publication) {
        String topic = names.name(Topics.of(publication));
        return new EnvironmentRow.Output(
                topic, publication.key(), writer.bytes(topic, new RecordHeaders(), publication));
    }

    private static KeyId keyOf(Event event) {
        return switch (event) {
            case Event.OfKey e -> e.key();
            case Event.PolicyApplied e -> e.key().key();
            case Event.PolicyRemoved _,
                    Event.EnvironmentChanged _,
                    Event.EnforcementReported _,
                    Event.TenantLimitChanged _,
                    Event.TenantErased _,
                    Event.TimeReached _ -> throw new IllegalArgumentException("A " + event.type() + " names no key");
        };
    }
}
