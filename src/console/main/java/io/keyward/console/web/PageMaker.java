package io.keyward.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.keyward.config.VaultLink;
import io.keyward.console.replica.Answer;
import io.keyward.ops.http.EndpointResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Renders pages with answers, and pages about problems.
///
/// @param clock the time from which distances of dates are calculated
/// @param portal creates links from a key to its vault
record PageMaker(InstantSource clock, Optional<VaultLink> portal) {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Invalid request",
            404, "Not found",
            503, "Not ready yet");

    /// The compiled templates. They escape every value by its context.
    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, PageMaker.class.getPackageName());

    Instant now() {
        return clock.instant();
    }

    /// A page that shows an answer.
    ///
    /// @param section the address of the menu entry that it belongs to
    /// @param more parameters of the template, besides the head and the answer
    EndpointResponse page(String template, String title, String section, Answer answer, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("answer", answer);
        return page(200, template, new PageHead(title, section, Optional.of(answer.staleness()), now()), parameters);
    }

    /// @param parameters of the template, besides the head
    EndpointResponse page(int status, String template, PageHead head, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("head", head);
        return part(status, template, all);
    }

    /// A fragment of a page, which has no head.
    EndpointResponse part(int status, String template, Map<String, Object> parameters) {
        StringOutput page = new StringOutput();
        TEMPLATES.render(template + ".jte", parameters, page);
        return EndpointResponse.html(status, page.toString());
    }

    EndpointResponse problem(int status, String detail) {
        String title = TITLES.getOrDefault(status, "This page cannot be shown");
        PageHead head = new PageHead(title, "", Optional.empty(), now());
        return page(status, "problem", head, Map.of("detail", detail));
    }
}
