package io.keyward.intake.eventgrid;

import java.time.Duration;
import java.util.List;

/// Whose events the webhooks take, and how many.
///
/// @param origins the senders that may subscribe by the CloudEvents handshake
/// @param timeout how long a sender waits for Kafka's acknowledgement at most
/// @param rate requests that a tenant may send in a minute
public record Limits(List<String> origins, Duration timeout, int rate) {
    public Limits {
        origins = List.copyOf(origins);
    }
}
