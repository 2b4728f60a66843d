package io.keyward.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The settings of a Kafka admin client, with time limits that suit an interactive command.
///
/// @param limit within which every call ends
public record AdminSettings(Map<String, Object> values, String bootstrapServers, Duration limit) {
    private static final String CALL_LIMIT = "default.api.timeout.ms";
    private static final String REQUEST_LIMIT = "request.timeout.ms";
    private static final int DEFAULT_CALL_LIMIT = 15_000;
    private static final String START_LIMIT = "120000";
    private static final int DEFAULT_REQUEST_LIMIT = 10_000;

    /// Keeps limits that the user has set. The client rejects a request limit above the call limit.
    public static AdminSettings from(ClientSettings kafka) {
        Map<String, String> given = kafka.values();
        int request = given.containsKey(REQUEST_LIMIT) ? millis(given, REQUEST_LIMIT) : DEFAULT_REQUEST_LIMIT;
        int call = given.containsKey(CALL_LIMIT) ? millis(given, CALL_LIMIT) : Math.max(DEFAULT_CALL_LIMIT, request);
        Map<String, Object> values = new HashMap<>(given);
        values.put(CALL_LIMIT, call);
        values.put(REQUEST_LIMIT, given.containsKey(REQUEST_LIMIT) ? request : Math.min(request, call));
        return new AdminSettings(
                values, given.getOrDefault(KeywardConfig.BOOTSTRAP_SERVERS, ""), Duration.ofMillis(call));
    }

    /// For a start: waits longer for a cluster that is not up yet, unless the user has set a limit.
    public static AdminSettings forStart(ClientSettings kafka) {
        return from(kafka.has(CALL_LIMIT) ? kafka : kafka.with(CALL_LIMIT, START_LIMIT));
    }

    private static int millis(Map<String, String> given, String name) {
        return Integer.parseInt(given.get(name).strip());
    }
}
