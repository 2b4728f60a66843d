package io.keyward.topology;

import io.keyward.domain.EnvironmentId;
import io.keyward.domain.KeyId;
import io.keyward.domain.TenantId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/// The binary keys of the stores: parts in UTF-8, each ended by a zero byte, which no identifier can contain, so that
/// one range holds what one question asks for, in order.
final class RowKeys {
    private static final byte END = 0;

    private RowKeys() {}

    static Bytes of(TenantId tenant) {
        return parts(tenant.value());
    }

    /// Sorts before every tenant.
    static Bytes ofNobody() {
        return parts("");
    }

    static Bytes of(TenantId tenant, EnvironmentId environment) {
        return parts(tenant.value(), environment.value());
    }

    static Bytes of(TenantId tenant, KeyId key) {
        return parts(tenant.value(), key.vaultUri(), key.keyName());
    }

    static Bytes of(TenantId tenant, KeyId key, EnvironmentId environment) {
        return parts(tenant.value(), key.vaultUri(), key.keyName(), environment.value());
    }

    /// Sorts by place (a time of up to milliseconds), then by environment: the order of the queue (R12).
    static Bytes of(TenantId tenant, Instant place, EnvironmentId environment) {
        byte[] sortable = ByteBuffer.allocate(Long.BYTES)
                .putLong(place.toEpochMilli() ^ Long.MIN_VALUE)
                .array();
        return join(parts(tenant.value()), Bytes.wrap(sortable), parts(environment.value()));
    }

    /// The greatest key of those that begin with `prefix`, which must end with a complete part.
    static Bytes last(Bytes prefix) {
        byte[] last = prefix.get().clone();
        last[last.length - 1] = END + 1;
        return Bytes.wrap(last);
    }

    /// The smallest key after `key` and all keys that begin with it.
    static Bytes after(Bytes key) {
        return last(key);
    }

    static EnvironmentId lastPartAsEnvironment(Bytes key) {
        byte[] bytes = key.get();
        int start = bytes.length - 1;
        while (start > 0 && bytes[start - 1] != END) {
            start--;
        }
        return new EnvironmentId(text(bytes, start, bytes.length - 1));
    }

    /// The environment of a queue row: what follows the tenant and the eight bytes of the place.
    static EnvironmentId queuedEnvironment(TenantId tenant, Bytes key) {
        int start = of(tenant).get().length + Long.BYTES;
        return new EnvironmentId(text(key.get(), start, key.get().length - 1));
    }

    static TenantId firstPartAsTenant(Bytes key) {
        byte[] bytes = key.get();
        int end = 0;
        while (bytes[end] != END) {
            end++;
        }
        return new TenantId(text(bytes, 0, end));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8);
    }

    private static Bytes parts(String... parts) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (String part : parts) {
            key.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            key.write(END);
        }
        return Bytes.wrap(key.toByteArray());
    }

    static Bytes join(Bytes... parts) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (Bytes part : parts) {
            key.writeBytes(part.get());
        }
        return Bytes.wrap(key.toByteArray());
    }
}
