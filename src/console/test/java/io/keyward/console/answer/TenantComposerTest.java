package io.keyward.console.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TenantComposerTest {
    @Test
    void whatIsNotCountedIsMentionedBeforeWhatIsNotListed() {
        assertThat(TenantComposer.leftOut(201, 201, 100_000))
                .containsExactly(
                        "No more than 100,000 environments of each kind are counted.",
                        "Only the first 200 waiting environments are listed.",
                        "Only the first 200 keys are listed.");
        assertThat(TenantComposer.leftOut(200, 200, 99_999)).isEmpty();
    }
}
