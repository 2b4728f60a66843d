package io.keyward.app.config;

import io.keyward.topology.RefusalLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The settings that say when an instance stops because nearly everything is refused.
final class RefusalSettings {
    static final Setting<Integer> RECORDS = Setting.of(
            "keyward.refusals.records",
            "200",
            "a whole number from 0 (never stop) to 1000000",
            Parsers.wholeNumber(0, 1_000_000));
    static final Setting<Integer> TENANTS = Setting.ofWholeNumber("keyward.refusals.tenants", "5", 1, 10_000);
    static final Setting<Integer> ACCEPTED_PERCENT =
            Setting.ofWholeNumber("keyward.refusals.accepted-percent", "10", 0, 100);
    static final Setting<Duration> WINDOW = Setting.of(
            "keyward.refusals.window",
            "PT1M",
            "an ISO-8601 duration of zero or more, for example PT1M",
            Parsers::duration);

    static final List<Setting<?>> ALL = List.of(RECORDS, TENANTS, ACCEPTED_PERCENT, WINDOW);

    private RefusalSettings() {}

    static RefusalLimits read(ConfigReader reader) {
        return new RefusalLimits(
                reader.value(RECORDS), reader.value(TENANTS), reader.value(ACCEPTED_PERCENT), reader.value(WINDOW));
    }

    static void describe(RefusalLimits limits, Map<String, String> lines) {
        lines.put(RECORDS.key(), Integer.toString(limits.records()));
        lines.put(TENANTS.key(), Integer.toString(limits.tenants()));
        lines.put(ACCEPTED_PERCENT.key(), Integer.toString(limits.acceptedPercent()));
        lines.put(WINDOW.key(), limits.window().toString());
    }
}
