package io.keyward.console.api;

import io.keyward.console.answer.Questions;
import io.keyward.console.whatif.Window;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Answers what would be published if the events in the body were received now.
record WhatIfEndpoint(Views views, Questions questions) {
    private static final Set<String> MEDIA_TYPES = Set.of("application/x-ndjson", "text/plain");

    EndpointResponse reply(EndpointRequest request) {
        Parameters parameters = new Parameters(request);
        parameters.accept("after, limit");
        String type = request.header("content-type").orElse("").split(";", 2)[0].strip();
        if (!MEDIA_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            return EndpointResponse.problem(
                    415,
                    "The content type of event lines must be application/x-ndjson or text/plain, not '%s'."
                            .formatted(type));
        }
        List<String> lines = text(request.body()).lines().toList();
        if (lines.stream().allMatch(String::isBlank)) {
            throw new BadRequestException("The body has no event line; expected one JSON object per line, such as"
                    + " {\"topic\": \"key-revoked\", \"value\": {…}}.");
        }
        return Replies.from(
                views,
                request,
                view -> EndpointResponse.json(
                        200,
                        AnswerJson.write(questions.whatIf(
                                view, lines, Window.after(parameters.text("after"), parameters.limit())))));
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new BadRequestException("The body is not UTF-8.");
        }
    }
}
