package io.keyward.avro;

import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.event.KeyWatch;
import io.keyward.event.WatchState;
import org.apache.avro.specific.SpecificRecord;

/// Writes the records of the topic `key-watch`.
public final class KeyWatchCodec {
    private KeyWatchCodec() {}

    /// The record key: the tenant, which cannot contain a slash, the vault, and the name of the key.
    public static String key(TenantId tenant, KeyId key) {
        return tenant.value() + "/" + key.vaultUri() + "/" + key.keyName();
    }

    public static SpecificRecord write(TenantId tenant, KeyId key, WatchStatus status) {
        return new KeyWatch(
                tenant.value(),
                key.vaultUri(),
                key.keyName(),
                WatchState.valueOf(status.state().name()),
                status.reason().orElse(null),
                status.usable(),
                status.since());
    }
}
