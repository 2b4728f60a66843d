package io.keyward.console.api;

import io.keyward.console.answer.DeadlineList;
import io.keyward.console.answer.DueDateEntry;
import io.keyward.console.answer.Questions;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What falls due, as a calendar to subscribe to.
record CalendarEndpoint(Views views, Questions questions) implements Endpoint {
    /// Past dates stay in the calendar for a while.
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int PAGE = 500;
    private static final int MAX_EVENTS = 5_000;

    @Override
    public String path() {
        return "/calendar.ics";
    }

    @Override
    public String summary() {
        return "what falls due, as a calendar to subscribe to; parameter tenant";
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        Parameters asked = new Parameters(request);
        asked.accept("tenant");
        Optional<TenantId> tenant = asked.optionalTenant();
        return Replies.from(
                views, view -> new EndpointResponse(200, "text/calendar; charset=utf-8", calendar(view, tenant)));
    }

    private String calendar(ReplicaView view, Optional<TenantId> tenant) {
        List<DueDateEntry> dueDates = new ArrayList<>();
        DeadlineList page;
        Optional<String> after = Optional.empty();
        do {
            page = questions.deadlines(view, tenant, questions.now().minus(KEPT), Questions.END_OF_TIME, after, PAGE);
            dueDates.addAll(page.deadlines());
            after = page.next();
        } while (after.isPresent() && dueDates.size() < MAX_EVENTS);
        return Calendar.write(
                "Keyward: " + tenant.map(TenantId::value).orElse("all tenants"),
                page.extent().asOf(),
                dueDates);
    }
}
