package io.keyward.app.intake;

import io.keyward.intake.Finding;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Item;
import io.keyward.ops.metrics.IntakeMetrics;
import java.time.Duration;

/// Counts in the metrics what an intake takes and answers.
record MeteredIntake(IntakeMetrics metrics) implements IntakeObserver {
    @Override
    public void answered(int status) {
        metrics.answered(status);
    }

    @Override
    public void item(String source, Item item) {
        metrics.item(source, item.type(), result(item.finding()));
    }

    @Override
    public void delivered(String source, Duration took) {
        metrics.delivered(source, took);
    }

    private static String result(Finding finding) {
        return switch (finding) {
            case Finding.Fact _ -> "fact";
            case Finding.Hint _ -> "hint";
            case Finding.Irrelevant _, Finding.Handshake _ -> "irrelevant";
            case Finding.Refused _ -> "refused";
        };
    }
}
