package io.keyward.domain.decision;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The text of a warning, with its placeholders `%0$s` (the environment), `%1$s`, `%2$s` and so on parsed.
///
/// @param literals the text before, between and after the placeholders: one more than there are placeholders
/// @param arguments the number of each placeholder
record MessageTemplate(List<String> literals, List<Integer> arguments) {
    private static final Pattern PLACEHOLDER = Pattern.compile("%([0-9])\\$s");

    private static final Map<WarningCode, MessageTemplate> BY_CODE = Arrays.stream(WarningCode.values())
            .collect(Collectors.toUnmodifiableMap(code -> code, code -> parse(code.messageTemplate())));

    static MessageTemplate of(WarningCode code) {
        return BY_CODE.get(code);
    }

    private static MessageTemplate parse(String text) {
        return new MessageTemplate(
                List.of(PLACEHOLDER.split(text, -1)),
                PLACEHOLDER
                        .matcher(text)
                        .results()
                        .map(placeholder -> Integer.parseInt(placeholder.group(1)))
                        .toList());
    }

    /// The text, with each placeholder replaced by the environment or by the argument of that index.
    String with(String environment, IntFunction<String> argument) {
        String[] parts = new String[literals.size() + arguments.size()];
        parts[0] = literals.getFirst();
        for (int index = 0; index < arguments.size(); index++) {
            int number = arguments.get(index);
            parts[2 * index + 1] = number == 0 ? environment : argument.apply(number - 1);
            parts[2 * index + 2] = literals.get(index + 1);
        }
        return String.join("", parts);
    }
}
