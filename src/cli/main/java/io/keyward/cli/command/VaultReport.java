package io.keyward.cli.command;

import io.keyward.config.Parsers;
import io.keyward.config.VaultAccess;
import io.keyward.domain.id.KeyReference;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The result of probing a key, what it means and what to do, in full sentences.
final class VaultReport {
    private static final String LINE = "%-8s  %s";

    private VaultReport() {}

    static String text(KeyReference key, VaultAccess access, ProbeResult result) {
        VaultAdvice advice = VaultAdvice.forResult(result);
        List<String> lines = new ArrayList<>();
        lines.add(LINE.formatted("Key", key));
        lines.add(LINE.formatted("Service", service(access)));
        lines.add(LINE.formatted("As", identity(access)));
        lines.add(LINE.formatted("Answer", result.outcome() + ": " + result.detail()));
        result.key().ifPresent(found -> {
            lines.add(LINE.formatted("Version", described(found)));
            lines.add(LINE.formatted("Policy", fit(PolicyFit.missing(result))));
        });
        lines.add(LINE.formatted("Meaning", advice.meaning()));
        lines.add(LINE.formatted("To do", advice.remedy()));
        return String.join(System.lineSeparator(), lines);
    }

    private static String service(VaultAccess access) {
        return access.find(VaultAccess.EMULATOR)
                .map(emulator -> "the sandbox at " + emulator)
                .orElse("Azure, cloud " + Parsers.text(access.cloud()));
    }

    private static String identity(VaultAccess access) {
        return Parsers.text(access.credential()).replace('-', ' ')
                + access.find(VaultAccess.CLIENT_ID).map(id -> ", client " + id).orElse("")
                + access.find(VaultAccess.TENANT_ID)
                        .map(id -> " of tenant " + id)
                        .orElse("");
    }

    private static String described(KeyDescription key) {
        return "%s, %s, %s, %s"
                .formatted(
                        key.version(),
                        key.shape(),
                        key.expiresAt()
                                .map(Instant::toString)
                                .map("expires at "::concat)
                                .orElse("does not expire"),
                        switch (key.recovery()) {
                            case NONE -> "lost once it is deleted";
                            case SOFT_DELETE -> "not protected from purging";
                            case PURGE_PROTECTED -> "protected from purging";
                        });
    }

    private static String fit(List<String> missing) {
        return missing.isEmpty()
                ? "fits an enterprise policy"
                : "does not fit an enterprise policy: " + String.join("; ", missing);
    }
}
