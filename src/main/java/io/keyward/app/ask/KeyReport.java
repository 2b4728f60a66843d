package io.keyward.app.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.Format;
import io.keyward.app.terminal.OutcomeLines;
import io.keyward.app.terminal.Terminal;
import io.keyward.app.terminal.TextTable;
import io.keyward.app.terminal.TextTable.Cell;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Prints for people who uses a key, and whether it may be disabled.
public record KeyReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;

    /// Prints both answers.
    ///
    /// @param key who uses the key
    /// @param disable whether it may be disabled
    public static void print(JsonNode key, JsonNode disable, PrintStream out, Terminal terminal) {
        new KeyReport(new ReportLines(out, terminal)).print(key, disable);
    }

    private void print(JsonNode key, JsonNode disable) {
        lines.text(
                Colour.NAME,
                "",
                key.path("vaultUri").asText() + "/keys/" + key.path("keyName").asText());
        versions(key.path("versions"));
        proof(key.path("enforcement").path("versions"));
        users(key);
        for (JsonNode other : key.path("otherTenants")) {
            lines.text(
                    Colour.PLAIN,
                    "",
                    "Tenant %s uses it for %s, too."
                            .formatted(
                                    other.path("tenantId").asText(),
                                    Format.count(other.path("users").asLong(), "environment", "environments")));
        }
        disable(disable);
        lines.extent(disable);
    }

    private void versions(JsonNode versions) {
        if (versions.isEmpty()) {
            lines.text(Colour.PLAIN, "", "No event has named a version of it.");
            return;
        }
        lines.heading("Versions, the newest first");
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode version : versions) {
            String revoked = String.join(", ", Format.texts(version.path("revokedBy")));
            rows.add(List.of(
                    new Cell(Colour.NAME, version.path("keyVersion").asText()),
                    new Cell(Colour.PLAIN, version.path("state").asText()),
                    new Cell(Colour.PLAIN, time(version, "since")),
                    new Cell(Colour.PLAIN, time(version, "supersededAt")),
                    new Cell(Colour.ATTENTION, time(version, "keepUntil")),
                    new Cell(Colour.ATTENTION, time(version, "expiresAt")),
                    new Cell(Colour.ALARM, revoked)));
        }
        lines.table(new TextTable(
                List.of("Version", "State", "Since", "Superseded", "Keep until", "Expires", "Revoked"), rows, 2));
    }

    private void proof(JsonNode versions) {
        if (versions.isEmpty()) {
            return;
        }
        lines.heading("Who is really under it, by what is reported");
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode version : versions) {
            JsonNode statuses = version.path("statuses");
            rows.add(List.of(
                    new Cell(Colour.NAME, version.path("keyVersion").asText("(any)")),
                    new Cell(Colour.PLAIN, ofAll(version.path("environments"))),
                    new Cell(Colour.PLAIN, ofAll(version.path("components"))),
                    new Cell(Colour.BAD, count(statuses, "FAILED")),
                    new Cell(Colour.BAD, count(statuses, "DRIFTED")),
                    new Cell(Colour.ATTENTION, count(statuses, "UNREPORTED")),
                    new Cell(Colour.PLAIN, version.path("items").asText()),
                    new Cell(Colour.GOOD, time(version, "provenBy")),
                    new Cell(Colour.PLAIN, lag(version.path("lag")))));
        }
        lines.table(new TextTable(
                List.of(
                        "Version",
                        "Environments proven",
                        "Components proven",
                        "Failed",
                        "Drifted",
                        "Unreported",
                        "Items",
                        "Proven by",
                        "Took (half, longest)"),
                rows,
                3));
    }

    private static String ofAll(JsonNode progress) {
        long enforced = progress.path("enforced").asLong();
        return enforced + " of " + (enforced + progress.path("notYet").asLong());
    }

    private static String count(JsonNode statuses, String status) {
        return statuses.path(status).asText("");
    }

    private static String lag(JsonNode lag) {
        return lag.isMissingNode()
                ? ""
                : Format.duration(lag.path("medianSeconds").asLong()) + ", "
                        + Format.duration(lag.path("longestSeconds").asLong());
    }

    private void users(JsonNode key) {
        long all = key.path("totals").path("users").asLong();
        lines.heading("Used by " + Format.count(all, "environment", "environments") + " of "
                + key.path("tenantId").asText());
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode user : key.path("users")) {
            String state = user.path("encryptionState").asText("");
            String status = user.path("policyStatus").asText("");
            rows.add(List.of(
                    new Cell(Colour.NAME, user.path("environmentId").asText()),
                    new Cell(OutcomeLines.ofState(state, status), state),
                    new Cell(Colour.PLAIN, user.path("use").asText()),
                    new Cell(Colour.PLAIN, user.path("keyVersion").asText("")),
                    new Cell(Colour.ATTENTION, time(user, "keepUntil")),
                    new Cell(
                            Colour.FLOW,
                            Integer.toString(user.path("suppressedSinks").size())),
                    new Cell(Colour.ATTENTION, String.join(", ", Format.texts(user.path("openWarnings"))))));
        }
        if (!rows.isEmpty()) {
            lines.table(new TextTable(
                    List.of("Environment", "State", "Use", "Version", "Keep until", "Sinks", "Open warnings"),
                    rows,
                    3));
        }
        if (all > rows.size()) {
            lines.text(Colour.FAINT, "", "… and %d more; the console's page lists all.".formatted(all - rows.size()));
        }
    }

    private void disable(JsonNode disable) {
        String what = disable.hasNonNull("keyVersion")
                ? "version " + disable.path("keyVersion").asText()
                : "the whole key";
        lines.heading("May %s be disabled, as of %s?"
                .formatted(what, Format.time(disable.path("at").asText())));
        if (disable.path("safe").asBoolean()) {
            lines.text(Colour.GOOD, INDENT, "SAFE: nothing speaks against it.");
        } else {
            lines.text(Colour.ALARM, INDENT, "NOT SAFE:");
            disable.path("blockers").forEach(this::blocker);
            more(disable);
            if (disable.hasNonNull("safeFrom")) {
                lines.text(
                        Colour.ATTENTION,
                        INDENT,
                        "Safe from " + Format.time(disable.path("safeFrom").asText()) + " on, if nothing changes.");
            }
        }
        if (disable.path("deletion").hasNonNull("sentence")) {
            lines.text(
                    Colour.FAINT,
                    INDENT,
                    "Deleting: " + disable.path("deletion").path("sentence").asText());
        }
    }

    private void blocker(JsonNode blocker) {
        String where = blocker.hasNonNull("environmentId")
                ? " " + blocker.path("tenantId").asText() + "/"
                        + blocker.path("environmentId").asText()
                : "";
        lines.text(
                Colour.PLAIN,
                INDENT + INDENT,
                blocker.path("code").asText() + where + ": "
                        + blocker.path("sentence").asText());
    }

    private void more(JsonNode disable) {
        long all = 0;
        for (JsonNode count : disable.path("counts")) {
            all += count.asLong();
        }
        long left = all - disable.path("blockers").size();
        if (left > 0) {
            lines.text(Colour.FAINT, INDENT + INDENT, "… and %d more.".formatted(left));
        }
    }

    private static String time(JsonNode node, String field) {
        return node.hasNonNull(field) ? Format.time(node.path(field).asText()) : "";
    }
}
