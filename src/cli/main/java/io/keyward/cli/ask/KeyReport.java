package io.keyward.cli.ask;

import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.Format;
import io.keyward.cli.terminal.JsonFields;
import io.keyward.cli.terminal.OutcomeLines;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.cli.terminal.TextTable;
import io.keyward.cli.terminal.TextTable.Cell;
import io.keyward.cli.terminal.TextTable.Column;
import java.util.List;

/// Prints, as text, which environments use a key and whether it may be disabled.
public record KeyReport(ReportLines lines) {
    private static final List<Column> VERSIONS = List.of(
            Column.text("Version", Colour.NAME, "keyVersion"),
            Column.text("State", Colour.PLAIN, "state"),
            Column.time("Since", Colour.PLAIN, "since"),
            Column.time("Superseded", Colour.PLAIN, "supersededAt"),
            Column.time("Keep until", Colour.ATTENTION, "keepUntil"),
            Column.time("Expires", Colour.ATTENTION, "expiresAt"),
            texts("Revoked", Colour.ALARM, "revokedBy"));

    private static final List<Column> PROOFS = List.of(
            new Column("Version", Colour.NAME, version -> version.text("keyVersion", "(any)")),
            new Column("Environments proven", Colour.PLAIN, version -> ofAll(version.at("environments"))),
            new Column("Components proven", Colour.PLAIN, version -> ofAll(version.at("components"))),
            count("Failed", Colour.BAD, "FAILED"),
            count("Drifted", Colour.BAD, "DRIFTED"),
            count("Unreported", Colour.ATTENTION, "UNREPORTED"),
            Column.text("Items", Colour.PLAIN, "items"),
            Column.time("Proven by", Colour.GOOD, "provenBy"),
            new Column("Took (half, longest)", Colour.PLAIN, version -> lag(version.at("lag"))));

    private static final List<Column> USERS = List.of(
            Column.text("Environment", Colour.NAME, "environmentId"),
            new Column("State", KeyReport::state),
            Column.text("Use", Colour.PLAIN, "use"),
            Column.text("Version", Colour.PLAIN, "keyVersion"),
            Column.time("Keep until", Colour.ATTENTION, "keepUntil"),
            new Column(
                    "Sinks",
                    Colour.FLOW,
                    user -> Integer.toString(user.all("suppressedSinks").size())),
            texts("Open warnings", Colour.ATTENTION, "openWarnings"));

    /// Prints both responses of the console.
    ///
    /// @param key the response about who uses the key
    /// @param disable the response about whether it may be disabled
    public void print(JsonFields key, JsonFields disable) {
        lines.text(Colour.NAME, key.text("vaultUri") + "/keys/" + key.text("keyName"));
        if (key.has("watch")) {
            watch(key.at("watch"));
        }
        versions(key.all("versions"));
        proof(key.at("enforcement").all("versions"));
        users(key);
        for (JsonFields other : key.all("otherTenants")) {
            String users = Format.count(other.number("users"), "environment");
            lines.text(Colour.PLAIN, "Tenant %s uses it for %s, too.".formatted(other.text("tenantId"), users));
        }
        disable(disable);
        lines.extent(disable);
    }

    private void watch(JsonFields watch) {
        lines.heading("Is it watched? (no fact: the answer below does not depend on it)");
        lines.item(
                watch.flag("usable") ? Colour.GOOD : Colour.ATTENTION,
                "%s Since %s, as reported %s."
                        .formatted(watch.text("sentence"), watch.time("since"), watch.time("reportedAt")));
        watch.all("remarks")
                .forEach(remark -> lines.item(Colour.ATTENTION, remark.json().asText()));
    }

    private void versions(List<JsonFields> versions) {
        if (versions.isEmpty()) {
            lines.text(Colour.PLAIN, "No event has named a version of it.");
            return;
        }
        lines.heading("Versions, the newest first");
        lines.table(TextTable.of(versions, VERSIONS, 2));
    }

    private void proof(List<JsonFields> versions) {
        if (!versions.isEmpty()) {
            lines.heading("Who is really under it, by what is reported");
            lines.table(TextTable.of(versions, PROOFS, 3));
        }
    }

    private static Column texts(String heading, Colour colour, String field) {
        return new Column(heading, colour, row -> String.join(", ", row.texts(field)));
    }

    private static Column count(String heading, Colour colour, String status) {
        return new Column(heading, colour, row -> row.at("statuses").text(status));
    }

    private static Cell state(JsonFields user) {
        String state = user.text("encryptionState");
        return new Cell(OutcomeLines.ofState(state, user.text("policyStatus")), state);
    }

    private static String ofAll(JsonFields progress) {
        long enforced = progress.number("enforced");
        return enforced + " of " + (enforced + progress.number("notYet"));
    }

    private static String lag(JsonFields lag) {
        return lag.json().isMissingNode()
                ? ""
                : Format.duration(lag.number("medianSeconds")) + ", " + Format.duration(lag.number("longestSeconds"));
    }

    private void users(JsonFields key) {
        long all = key.at("totals").number("users");
        lines.heading("Used by " + Format.count(all, "environment") + " of " + key.text("tenantId"));
        List<JsonFields> users = key.all("users");
        if (!users.isEmpty()) {
            lines.table(TextTable.of(users, USERS, 3));
        }
        lines.more("", all - users.size());
    }

    private void disable(JsonFields disable) {
        String what = disable.has("keyVersion") ? "version " + disable.text("keyVersion") : "the whole key";
        lines.heading("May %s be disabled, as of %s?".formatted(what, disable.time("at")));
        if (disable.flag("safe")) {
            lines.item(Colour.GOOD, "SAFE: nothing blocks it.");
        } else {
            lines.item(Colour.ALARM, "NOT SAFE:");
            disable.all("blockers").forEach(this::blocker);
            more(disable);
            if (disable.has("safeFrom")) {
                lines.item(Colour.ATTENTION, "Safe from " + disable.time("safeFrom") + " on, if nothing changes.");
            }
        }
        if (disable.at("deletion").has("sentence")) {
            lines.item(Colour.FAINT, "Deleting: " + disable.at("deletion").text("sentence"));
        }
    }

    private void blocker(JsonFields blocker) {
        String where = blocker.has("environmentId") ? " " + blocker.owner() : "";
        lines.detail(Colour.PLAIN, blocker.text("code") + where + ": " + blocker.text("sentence"));
    }

    private void more(JsonFields disable) {
        long all = disable.all("counts").stream()
                .mapToLong(count -> count.json().asLong())
                .sum();
        lines.more(ReportLines.INDENT.repeat(2), all - disable.all("blockers").size());
    }
}
