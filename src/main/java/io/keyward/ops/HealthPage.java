package io.keyward.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// One aspect of the health: status 200 when it is good, 503 with the reasons when it is not.
record HealthPage(String path, String summary, Supplier<Health> source) implements Page {
    @Override
    public Reply reply(Request request) {
        Health health = source.get();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", health.ok() ? "UP" : "DOWN");
        json.put("reasons", health.reasons());
        return Reply.json(health.ok() ? 200 : 503, json);
    }
}
