package io.keyward.console.web;

import io.keyward.console.answer.Extent;
import io.keyward.console.api.Parameters;
import io.keyward.console.api.Replies;
import io.keyward.console.api.Views;
import io.keyward.console.replica.ReplicaView;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes pages of answers, and of what stands in the way of one.
final class PageMaker {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "This cannot be asked",
            404, "Not found",
            503, "Not ready yet");

    private final Views views;
    private final InstantSource clock;
    private final Templates templates = new Templates();

    PageMaker(Views views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /// A page that is made from a view of the replica.
    Function<EndpointRequest, EndpointResponse> answering(BiFunction<ReplicaView, Parameters, EndpointResponse> page) {
        return request -> {
            try {
                Parameters asked = new Parameters(withoutBlanks(request));
                return Replies.from(views, view -> page.apply(view, asked), this::problem);
            } catch (BadRequestException bad) {
                return problem(400, bad.getMessage());
            }
        };
    }

    PageHead head(String title, String section, Extent extent) {
        return new PageHead(title, section, Optional.of(extent), now());
    }

    /// @param parameters names and values in turn, beside the head
    EndpointResponse page(String template, PageHead head, Object... parameters) {
        return page(200, template, head, parameters);
    }

    EndpointResponse problem(int status, String detail) {
        String title = TITLES.getOrDefault(status, "This page cannot be shown");
        return page(status, "problem", new PageHead(title, "", Optional.empty(), now()), "detail", detail);
    }

    private EndpointResponse page(int status, String template, PageHead head, Object... parameters) {
        Map<String, Object> all = new HashMap<>();
        all.put("head", head);
        for (int i = 0; i < parameters.length; i += 2) {
            all.put((String) parameters[i], parameters[i + 1]);
        }
        return EndpointResponse.html(status, templates.render(template, all));
    }

    /// A form sends every field, also those that were left blank.
    private static EndpointRequest withoutBlanks(EndpointRequest request) {
        String query = Arrays.stream(request.query().split("&", -1))
                .filter(pair -> !pair.matches("[^=]*=?[+]*"))
                .collect(Collectors.joining("&"));
        return new EndpointRequest(
                request.method(), request.path(), request.variables(), query, request.headers(), request.body());
    }
}
