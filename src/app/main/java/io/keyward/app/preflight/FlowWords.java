package io.keyward.app.preflight;

import io.keyward.domain.CloudFlow.Trigger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Recognises the triggers and actions that keep a flow from migrating (R3a), by the names that Power Automate
/// gives them: in the designer (`Power Apps (V2)`), in a definition (type `Request`, kind `PowerAppV2`) and as
/// operations of a connector. Letters and digits count, without case. In doubt a name means the one that keeps
/// the flow.
final class FlowWords {
    private static final Pattern NO_LETTERS_OR_DIGITS = Pattern.compile("[^\\p{L}\\p{N}]");

    /// Definitions call every trigger `manual` that waits for a request. The kind tells whose, and is missing
    /// here.
    private static final Set<String> REQUEST_WITHOUT_KIND = Set.of("request", "manual");

    private FlowWords() {}

    static Trigger trigger(String name) {
        String word = lettersAndDigits(name);
        if (word.contains("teams") || Advice.ALL.teamsTriggers().contains(word)) {
            return Trigger.TEAMS;
        }
        if (word.contains("powerapp")) {
            return word.contains("v2") ? Trigger.OTHER : Trigger.POWER_APPS_V1;
        }
        return word.contains("http") || REQUEST_WITHOUT_KIND.contains(word) ? Trigger.HTTP : Trigger.OTHER;
    }

    static boolean isListFlowsAsAdmin(String action) {
        String word = lettersAndDigits(action);
        return (word.contains("listflowsasadmin") || word.contains("listflowsinenvironment")) && !word.contains("v2");
    }

    private static String lettersAndDigits(String name) {
        return NO_LETTERS_OR_DIGITS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
