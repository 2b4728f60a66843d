package io.keyward.intake;

import java.time.Duration;

/// Receives what an intake accepts and answers, for metrics. Safe for many threads.
public interface IntakeObserver {
    /// A request to a webhook has been answered.
    void answered(int status);

    /// A source has delivered an item.
    ///
    /// @param source such as `event-grid`
    void item(String source, Item item);

    /// Kafka has acknowledged all of a delivery.
    ///
    /// @param took since it was received
    void delivered(String source, Duration took);
}
