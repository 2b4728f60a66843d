package io.keyward.console.web;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.event.Protection;
import java.util.Locale;

/// How much attention something asks for. Its name in lower case is a class of the style sheet.
enum Tone {
    GOOD,
    QUIET,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Tone of(EncryptionState state) {
        return switch (state) {
            case CUSTOMER_MANAGED -> GOOD;
            case MICROSOFT_MANAGED, DELETED -> QUIET;
            case RECOVERABLE -> WARNING;
            case LOCKED -> CRITICAL;
        };
    }

    static Tone of(PolicyStatus status) {
        return switch (status) {
            case SUCCEEDED -> GOOD;
            case NONE -> QUIET;
            case WARNING -> WARNING;
            case FAILED -> ERROR;
        };
    }

    static Tone of(EnforcementStatus status) {
        return switch (status) {
            case ENFORCED -> GOOD;
            case UNREPORTED -> QUIET;
            case IN_PROGRESS -> INFO;
            case DRIFTED -> WARNING;
            case FAILED -> ERROR;
        };
    }

    static Tone of(Severity severity) {
        return switch (severity) {
            case INFO -> INFO;
            case WARNING -> WARNING;
            case ERROR -> ERROR;
            case CRITICAL -> CRITICAL;
        };
    }

    static Tone of(Protection protection) {
        return switch (protection) {
            case CUSTOMER_MANAGED -> GOOD;
            case MICROSOFT_MANAGED, UNDETERMINED -> QUIET;
            case MIXED, PENDING_REPROVISION -> WARNING;
            case LOCKED -> CRITICAL;
        };
    }
}
