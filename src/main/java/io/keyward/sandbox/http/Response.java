package io.keyward.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/// The response of an emulator to a request.
public sealed interface Response {
    record Answer(int status, Map<String, String> headers, String body) implements Response {}

    /// Closes the connection without a response.
    record Closed() implements Response {}

    ObjectMapper JSON = new ObjectMapper();

    static Response json(int status, JsonNode body) {
        return json(status, Map.of(), body);
    }

    static Response json(int status, Map<String, String> headers, JsonNode body) {
        return of(status, "application/json; charset=utf-8", headers, body.toString());
    }

    static Response empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Response of(int status, String contentType, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", contentType);
        return new Answer(status, all, body);
    }
}
