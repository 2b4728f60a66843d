package io.keyward.console.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Event lines of a fleet: 404 tenants, one of which has a fifth of all environments and most of those on one
/// key. Of the other environments, every fourth has a policy. Keys are rotated, expire and are revoked. To be
/// read at [ConsoleProgram#NOW].
final class Fleet {
    static final int TENANTS = 404;

    /// The tenant with the most environments.
    static final String LARGEST = tenant(0);

    private static final int EVERY_POLICY = 4;
    private static final int EVERY_REVOKED = 20;
    private static final int EVERY_EXPIRING = 10;
    private static final int EVERY_ROTATED = 3;

    private final List<String> lines = new ArrayList<>();

    private Fleet() {}

    /// Prints the lines for `keyward publish`: how many environments there are.
    static void main(String[] arguments) {
        lines(Integer.parseInt(arguments[0])).forEach(IO::println);
    }

    static List<String> lines(int environments) {
        Fleet fleet = new Fleet();
        int largest = environments / 5;
        int others = environments - largest;
        for (int tenant = 0; tenant < TENANTS && environments > 0; tenant++) {
            int first = tenant == 0 ? 0 : largest + (int) ((tenant - 1L) * others / (TENANTS - 1));
            int end = tenant == 0 ? largest : largest + (int) ((long) tenant * others / (TENANTS - 1));
            fleet.tenant(tenant, first, end);
        }
        return fleet.lines;
    }

    private static String tenant(int number) {
        return "adventure-%04d".formatted(number);
    }

    private void tenant(int number, int first, int end) {
        key(number, "key-rotated", "v1", "2026-06-01T06:00:00Z", "\"newVersion\":\"v1\"");
        event(number, "tenant-limit-changed", "limit", "2026-06-01T06:00:00Z", "\"environmentLimit\":" + (end - first));
        for (int environment = first; environment < end; environment++) {
            boolean policy = number == 0 ? environment % 10 != 5 : environment % EVERY_POLICY == 0;
            environment(number, environment, policy);
        }
        if (number % EVERY_REVOKED == 5) {
            // From one that deletes today to one that has the whole of its 30 days left.
            Instant at = Instant.parse("2026-07-05T12:00:00Z").plus(Duration.ofHours(30L * number / EVERY_REVOKED));
            key(number, "key-revoked", "revoked", at.toString(), "\"cause\":\"KEY_DISABLED\"");
        } else if (number % EVERY_EXPIRING == 2) {
            Instant expires = ConsoleProgram.NOW.plus(Duration.ofHours(number));
            key(number, "key-expiring", "expiring", "2026-07-20T06:00:00Z", """
                    "keyVersion":"v1","expiresAt":"%s\"""".formatted(expires));
        } else if (number % EVERY_ROTATED == 0) {
            key(
                    number,
                    "key-rotated",
                    "v2",
                    "2026-08-03T18:00:00Z",
                    "\"newVersion\":\"v2\",\"previousVersion\":\"v1\"");
        }
    }

    /// A policy is so new that no report is due, unless the key is revoked.
    private void environment(int tenant, int number, boolean policy) {
        String id = "works-%06d".formatted(number);
        event(tenant, "environment-changed", "s" + number, "2026-06-02T08:00:00Z", """
                "environmentId":"%s","displayName":"Works of town %d","region":"europe","type":"%s","managed":true,\
                "lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0}""".formatted(
                        id, number, number % 40 == 0 ? "SANDBOX" : "PRODUCTION"));
        if (policy) {
            String at = tenant % EVERY_REVOKED == 5 ? "2026-06-02T09:00:00Z" : "2026-08-02T09:00:00Z";
            event(tenant, "policy-applied", "p" + number, at, """
                    "environmentId":"%s","policyId":"cmk-works","key":{"vaultUri":"https://kv-%s.vault.azure.net","keyName":"works"}""".formatted(id, tenant(tenant)));
        }
    }

    private void key(int tenant, String topic, String id, String at, String fields) {
        event(tenant, topic, id, at, """
                "vaultUri":"https://kv-%s.vault.azure.net","keyName":"works",%s""".formatted(tenant(tenant), fields));
    }

    private void event(int tenant, String topic, String id, String at, String fields) {
        lines.add("""
                {"topic":"%s","value":{"eventId":"%s","tenantId":"%s","occurredAt":"%s",%s}}""".formatted(topic, id, tenant(tenant), at, fields));
    }
}
