package io.keyward.intake.eventgrid;

import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Item;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what it receives.
final class RecordingObserver implements IntakeObserver {
    final List<Integer> statuses = new CopyOnWriteArrayList<>();
    final List<String> items = new CopyOnWriteArrayList<>();
    final List<String> deliveries = new CopyOnWriteArrayList<>();

    @Override
    public void answered(int status) {
        statuses.add(status);
    }

    @Override
    public void item(String source, Item item) {
        items.add(source + " " + item.type());
    }

    @Override
    public void delivered(String source, Duration took) {
        deliveries.add(source);
    }
}
