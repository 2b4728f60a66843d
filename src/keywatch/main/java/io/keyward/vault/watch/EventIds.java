package io.keyward.vault.watch;

import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.Sha256;
import io.keyward.domain.id.TenantId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Creates the ids of the watch's events. An id depends only on the event's content and on the fact that it
/// contradicts. So the same difference gets the same id after a restart and on another instance.
final class EventIds {
    private static final int BYTES = 20;

    private EventIds() {}

    /// @param what the kind and the content of the event
    /// @param against the newest fact that it contradicts
    static EventId of(TenantId tenant, KeyId key, Stream<Object> what, Optional<? extends Fact> against) {
        String text = Stream.concat(Stream.of(tenant, key.vaultUri(), key.keyName(), against.map(Fact::stamp)), what)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
        return new EventId(EventId.OF_THE_KEY_WATCH + HexFormat.of().formatHex(Sha256.of(text), 0, BYTES));
    }

    /// Whether a watch published the event.
    static boolean isOurs(EventId id) {
        return id.isOfTheKeyWatch();
    }
}
