package io.keyward.intake;

import io.keyward.domain.decision.Trigger.CarriedHeader;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Writes what the sources say to Kafka.
public interface Publisher {
    /// Writes facts and hints to their topics, and refused items to the dead letters. Leaves out what is irrelevant.
    ///
    /// Returns at once or after a bounded time. The result completes once Kafka has acknowledged everything.
    /// It completes exceptionally if Kafka may not have everything; then the source must send the items again.
    /// Equal facts change nothing.
    ///
    /// @param origin where the items come from, for dead letters
    CompletableFuture<Void> publish(TenantId tenant, Origin origin, List<Item> items);

    /// Where items come from.
    ///
    /// @param source the source of events, such as `event-grid`
    /// @param path of the request
    /// @param headers what the records of facts and hints carry on
    record Origin(String source, String path, List<CarriedHeader> headers) {
        public Origin {
            headers = List.copyOf(headers);
        }

        /// The same origin with other headers.
        public Origin with(List<CarriedHeader> others) {
            return new Origin(source, path, others);
        }
    }
}
