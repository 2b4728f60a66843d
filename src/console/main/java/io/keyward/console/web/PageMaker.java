package io.keyward.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.keyward.config.VaultLink;
import io.keyward.console.answer.Answer;
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
    /// The compiled templates. They escape every value by its context.
    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, PageMaker.class.getPackageName());

    private final Optional<VaultLink> portal;

    PageMaker(Views views, InstantSource clock, Optional<VaultLink> portal) {
        this.views = views;
        this.clock = clock;
        this.portal = portal;
    }

    /// Where a page leads from a key to its vault.
    Optional<VaultLink> portal() {
        return portal;
    }

    Instant now() {
        return clock.instant();
    }

    /// A page that is made from a view of the replica.
    Function<EndpointRequest, EndpointResponse> answering(BiFunction<ReplicaView, Parameters, EndpointResponse> page) {
        return request -> {
            try {
                Parameters asked = new Parameters(withoutBlanks(request));
                return Replies.from(views, request, view -> page.apply(view, asked), this::problem);
            } catch (BadRequestException bad) {
                return problem(400, bad.getMessage());
            }
        };
    }

    /// A page that shows an answer.
    ///
    /// @param section the address of the page of the menu that it belongs to
    /// @param more parameters of the template, besides the head and the answer
    EndpointResponse page(String template, String title, String section, Answer answer, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("answer", answer);
        return page(200, template, new PageHead(title, section, Optional.of(answer.extent()), now()), parameters);
    }

    /// @param parameters of the template, besides the head
    EndpointResponse page(int status, String template, PageHead head, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("head", head);
        return part(status, template, all);
    }

    /// A part of a page, which has no head.
    EndpointResponse part(int status, String template, Map<String, Object> parameters) {
        StringOutput page = new StringOutput();
        templates.render(template + ".jte", parameters, page);
        return EndpointResponse.html(status, page.toString());
    }

    EndpointResponse problem(int status, String detail) {
        String title = TITLES.getOrDefault(status, "This page cannot be shown");
        PageHead head = new PageHead(title, "", Optional.empty(), now());
        return page(status, "problem", head, Map.of("detail", detail));
    }

    /// A form sends every field, also those that were left blank.
    private static EndpointRequest withoutBlanks(EndpointRequest request) {
        String query = Arrays.stream(request.query().split("&", -1))
                .filter(pair -> !pair.matches("[^=]*=?[+]*"))
                .collect(Collectors.joining("&"));
        return request.withQuery(query);
    }
}
