package io.keyward.domain;

import java.util.List;
import java.util.Locale;

/// A warning that a verdict holds open, with what its text would tell now; the text is made only when it is raised.
///
/// @param arguments the values of the places in the code's message
public record OpenWarning(WarningKey key, List<Object> arguments) {
    public OpenWarning {
        arguments = List.copyOf(arguments);
    }

    static OpenWarning of(WarningCode code, Object... arguments) {
        return new OpenWarning(WarningKey.of(code), List.of(arguments));
    }

    /// The full sentences for an administrator.
    public String message() {
        return String.format(Locale.ROOT, key.code().messageTemplate(), arguments.toArray());
    }
}
