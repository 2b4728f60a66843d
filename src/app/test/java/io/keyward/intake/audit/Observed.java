package io.keyward.intake.audit;

import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;

/// Writes down what an observer is told.
public record Observed(Collection<String> told) implements IntakeObserver {
    @Override
    public void answered(int status) {
        told.add("answered " + status);
    }

    @Override
    public void item(String source, Item item) {
        told.add("item " + source + " " + new String(item.received(), StandardCharsets.UTF_8));
    }

    @Override
    public void delivered(String source, Duration took) {
        told.add("delivered " + source);
    }
}
