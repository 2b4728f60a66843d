package io.keyward.console.api;

import io.keyward.console.answer.Agenda;
import io.keyward.console.answer.Answer;
import io.keyward.console.answer.Questions;
import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.DueQuery;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// The routes of the API about what falls due and about what is locked.
record DueApi(Views views, Questions questions) {
    private static final String DEADLINES = ConsoleApi.PREFIX + "/deadlines";
    private static final String KEYS = ConsoleApi.PREFIX + "/locked";
    private static final String LOCKED = KEYS + "/environments";

    /// Past dates stay in the calendar for a while.
    private static final Duration CALENDAR_KEPT = Duration.ofDays(30);

    /// More than a calendar holds, which is bounded by its length.
    private static final int MAX_EVENTS = 1_000;

    private static final String OF_DEADLINES =
            "at,kind,title,tenantId,environmentId,environments,vaultUri,keyName,keyVersion,components,sentence";

    private static final String OF_LOCKED =
            "tenantId,environmentId,vaultUri,keyName,keyVersion,lockedSince,expectedDeletionAt,causes";

    Stream<Endpoint> endpoints() {
        return Stream.of(
                ConsoleApi.question(
                        views,
                        DEADLINES,
                        "what falls due; parameters kind, from, before, tenant, after, limit",
                        this::deadlines),
                new CsvTable(DEADLINES + ".csv", "deadlines", OF_DEADLINES, this::deadlines).route(views),
                ConsoleApi.question(
                        views, KEYS, "keys that lock environments; parameters tenant, after, limit", this::lockedKeys),
                ConsoleApi.question(
                        views, LOCKED, "locked environments; parameters tenant, key, after, limit", this::locked),
                new CsvTable(LOCKED + ".csv", "environments", OF_LOCKED, this::locked).route(views),
                new Route(
                        "/calendar.ics",
                        "what falls due, as a calendar to subscribe to; parameter tenant",
                        this::calendar));
    }

    private Answer deadlines(ReplicaView view, Parameters asked) {
        asked.accept("kind", "from", "before", "tenant", "after", "limit");
        Instant from = asked.time("from").orElseGet(questions::now);
        Instant before = asked.time("before").orElse(Questions.END_OF_TIME);
        if (asked.text("from").isPresent() && from.isAfter(before)) {
            throw new BadRequestException("The parameter 'from' cannot be later than 'before'.");
        }
        return questions.deadlines(
                view,
                new DueQuery(
                        asked.optionalTenant(view, questions),
                        asked.constant("kind", DueDate.Kind.class),
                        from,
                        before,
                        asked.text("after"),
                        asked.limit()));
    }

    private Answer lockedKeys(ReplicaView view, Parameters asked) {
        asked.accept("tenant", "after", "limit");
        return questions.lockedKeys(view, asked.optionalTenant(view, questions), asked.text("after"), asked.limit());
    }

    private Answer locked(ReplicaView view, Parameters asked) {
        asked.accept("tenant", "key", "after", "limit");
        return questions.locked(
                view, asked.optionalTenant(view, questions), asked.keyOfTenant(), asked.text("after"), asked.limit());
    }

    private EndpointResponse calendar(EndpointRequest request) {
        Parameters asked = new Parameters(request);
        asked.accept("tenant", "token");
        return Replies.from(views, request, view -> {
            Optional<TenantId> tenant = asked.optionalTenant(view, questions);
            Agenda agenda = questions.agenda(view, tenant, questions.now().minus(CALENDAR_KEPT), MAX_EVENTS);
            String name = "Keyward: " + tenant.map(TenantId::value).orElse("all tenants");
            String calendar = Calendar.write(name, agenda, questions.now());
            return new EndpointResponse(200, "text/calendar; charset=utf-8", calendar);
        });
    }
}
