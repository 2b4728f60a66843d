package io.keyward.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryLevelTest {
    /// All levels that Azure documents, and what is none.
    @ParameterizedTest
    @CsvSource({
        "Purgeable,                                   NONE",
        "Recoverable+Purgeable,                       SOFT_DELETE",
        "CustomizedRecoverable+Purgeable,             SOFT_DELETE",
        "Recoverable,                                 PURGE_PROTECTED",
        "CustomizedRecoverable,                       PURGE_PROTECTED",
        "Recoverable+ProtectedSubscription,           PURGE_PROTECTED",
        "CustomizedRecoverable+ProtectedSubscription, PURGE_PROTECTED",
        "Whatever,                                    NONE",
        ",                                            NONE"
    })
    void theLevelSaysWhatCanBeDone(String level, RecoveryLevel recovery) {
        assertThat(RecoveryLevel.of(level)).isEqualTo(recovery);
    }
}
