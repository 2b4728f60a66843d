package io.keyward.console.whatif;

import io.keyward.avro.EventCodec;
import io.keyward.avro.json.JsonRefusedException;
import io.keyward.console.replica.TenantView;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Flow;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.DryRun;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A what-if while it is answered, line by line.
final class Question {
    private final WhatIfLimits limits;
    private final TenantView view;
    private final ViewRequest request;
    private final StoreCopies stores;
    private final DryRun dryRun;
    private final Reservations reservations;
    private final Changes changes;
    private final List<WhatIfAnswer.Line> lines = new ArrayList<>();
    private final Set<String> truncated = new LinkedHashSet<>();
    private int decided;

    /// @param now when the broker would receive the events
    /// @param window the environments that are returned in full
    record ViewRequest(Instant now, Window window) {}

    Question(TenantView view, Flow flow, WhatIfLimits limits, ViewRequest request) {
        this.limits = limits;
        this.view = view;
        this.request = request;
        this.stores = new StoreCopies(view);
        this.changes = new Changes(stores, request.window());
        this.dryRun = new DryRun(flow, stores);
        this.reservations = new Reservations(view, dryRun);
    }

    /// Answers the next line.
    void add(int number, String text) {
        if (text.isBlank()) {
            return;
        }
        if (decided >= limits.environments()) {
            truncated.add("Later lines are not answered: the lines before them decide " + decided + " environments.");
            return;
        }
        try {
            lines.add(answer(number, EventLine.parse(text)));
        } catch (JsonRefusedException refusal) {
            lines.add(refused(number, Optional.empty(), refusal.getMessage()));
        }
    }

    private WhatIfAnswer.Line answer(int number, EventLine line) {
        Optional<TenantId> tenant = tenant(line);
        if (tenant.filter(id -> !view.caller().mayKnow(id)).isPresent()) {
            return refused(number, Optional.empty(), WhatIf.notForTheCaller(tenant.get()));
        }
        tenant.ifPresent(reservations::prepare);
        stores.mark();
        return switch (dryRun.decide(line, received(line))) {
            case DryRun.Outcome.Refused(OutputRecord.Refused refused) ->
                refused(number, Optional.of(refused.reason()), refused.detail());
            case DryRun.Outcome.Decided outcome -> decided(number, outcome);
        };
    }

    /// The tenant of an event; empty if the line is not an event and will be refused.
    private static Optional<TenantId> tenant(EventLine line) {
        try {
            return line.value().map(EventCodec::read).map(Event::tenantId);
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    /// The broker timestamp of the record. A timestamp in the line is used only if it is earlier than now,
    /// because brokers replace it with their own time.
    private Instant received(EventLine line) {
        return line.timestamp().filter(request.now()::isAfter).orElse(request.now());
    }

    private static WhatIfAnswer.Line refused(int number, Optional<String> reason, String detail) {
        return new WhatIfAnswer.Line(number, Optional.of(new WhatIfAnswer.Refusal(reason, detail)), List.of());
    }

    private WhatIfAnswer.Line decided(int number, DryRun.Outcome.Decided outcome) {
        decided += outcome.environments();
        if (!outcome.complete()) {
            truncated.add("Line " + number + " concerns more than " + limits.environments()
                    + " environments. The others are left out.");
        }
        return new WhatIfAnswer.Line(number, Optional.empty(), outputs(outcome.outputs()));
    }

    private List<WhatIfAnswer.Output> outputs(List<DryRun.Output> published) {
        Map<EnvironmentId, Optional<JsonText>> last = new HashMap<>();
        List<WhatIfAnswer.Output> outputs = new ArrayList<>();
        for (DryRun.Output output : published) {
            Publication publication = output.publication();
            TenantId tenant = publication.tenantId();
            if (!changes.add(publication)) {
                continue;
            }
            Optional<JsonText> previous = Subjects.decided(publication)
                    .flatMap(environment -> last.computeIfAbsent(
                            environment,
                            _ -> DecisionJson.of(
                                    tenant,
                                    environment,
                                    stores.atMark(tenant).state(environment).published())));
            if (publication instanceof Publication.OfDecision decision) {
                last.put(decision.environmentId().orElseThrow(), Optional.of(DecisionJson.of(decision)));
            }
            OutputRecord written = output.record();
            Optional<JsonText> value = written instanceof OutputRecord.Published record
                    ? Optional.of(JsonText.of(record.value()))
                    : Optional.empty();
            outputs.add(new WhatIfAnswer.Output(written.topic().baseName(), publication.key(), value, previous));
        }
        return outputs;
    }

    WhatIfAnswer answer() {
        List<String> preliminary = new ArrayList<>(reservations.sentences());
        preliminary.addAll(changes.overdue(request.now()));
        List<WhatIfAnswer.Deletion> deletions = changes.deletions();
        return new WhatIfAnswer(
                lines,
                changes.shown(),
                changes.count(),
                changes.groups(),
                deletions.stream().limit(WhatIfAnswer.MOST_DELETIONS).toList(),
                deletions.size(),
                preliminary,
                request.window().next(changes.count()),
                view.staleness().with(List.copyOf(truncated)));
    }
}
