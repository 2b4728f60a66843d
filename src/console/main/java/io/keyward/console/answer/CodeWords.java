package io.keyward.console.answer;

import java.util.Locale;

/// Codes such as `KEY_REVOKED` in words.
public final class CodeWords {
    private CodeWords() {}

    /// Codes that are not known yet become readable, too.
    public static String of(String code) {
        String words = code.toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace("microsoft managed", "Microsoft-managed")
                .replace("non oauth", "non-OAuth")
                .replace("reenable", "re-enable")
                .replace("dataverse", "Dataverse");
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
