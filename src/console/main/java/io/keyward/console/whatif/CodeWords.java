package io.keyward.console.whatif;

import java.util.Locale;

/// Codes such as `KEY_REVOKED` in words. Unknown codes become readable, too.
public final class CodeWords {
    private CodeWords() {}

    /// At the start of a text: `Key revoked`.
    public static String of(String code) {
        String words = inText(code);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// Within a sentence: `key revoked`, but `Microsoft-managed`.
    public static String inText(String code) {
        return code.toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace("microsoft", "Microsoft")
                .replace(" managed", "-managed")
                .replace("non oauth", "non-OAuth")
                .replace("reenable", "re-enable")
                .replace("dataverse", "Dataverse");
    }
}
