package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// Writes a key of the database: texts, each ended by a zero byte, which no identifier can contain, and numbers
/// and times as bytes that sort like their values.
final class KeyWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    static KeyWriter in(Table table) {
        return new KeyWriter().code(table.code());
    }

    /// The prefix of a tenant's rows in a table whose keys start with the tenant.
    static KeyWriter in(Table table, TenantId tenant) {
        return in(table).text(tenant.value());
    }

    /// The prefix of rows about the tenant; empty for all tenants.
    static byte[] of(Optional<TenantId> tenant) {
        return tenant.map(one -> new KeyWriter().text(one.value()).bytes()).orElse(Scan.OPEN);
    }

    KeyWriter text(String part) {
        bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return this;
    }

    KeyWriter key(KeyId key) {
        return text(key.vaultUri()).text(key.keyName());
    }

    KeyWriter key(KeyReference key) {
        return key(key.key()).text(key.version().map(KeyVersion::value).orElse(""));
    }

    KeyWriter environment(TenantId tenant, EnvironmentId environment) {
        return text(tenant.value()).text(environment.value());
    }

    KeyWriter environment(EnvironmentRow row) {
        return environment(row.tenant(), row.environment());
    }

    KeyWriter code(int code) {
        bytes.write(code);
        return this;
    }

    KeyWriter number(int number) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    KeyWriter number(long number) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /// In milliseconds. Times outside the range of milliseconds sort first or last.
    KeyWriter time(Instant time) {
        return number(millis(time) ^ Long.MIN_VALUE);
    }

    KeyWriter raw(byte[] part) {
        bytes.writeBytes(part);
        return this;
    }

    /// Preceded by its length; -1 for null.
    KeyWriter sized(byte[] part) {
        return part == null ? number(-1) : number(part.length).raw(part);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    Bytes key() {
        return Bytes.wrap(bytes());
    }

    /// The smallest key after this one.
    static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    static byte[] later(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) < 0 ? other : one;
    }

    static byte[] joined(byte[] prefix, byte[] tail) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + tail.length);
        System.arraycopy(tail, 0, joined, prefix.length, tail.length);
        return joined;
    }

    /// The smallest key after all keys with this prefix; empty if the prefix is, because no key follows.
    static byte[] after(byte[] prefix) {
        if (prefix.length == 0) {
            return prefix;
        }
        int length = prefix.length;
        while (prefix[length - 1] == (byte) 0xff) {
            length--; // not the first byte: the codes of tables are small
        }
        byte[] after = Arrays.copyOf(prefix, length);
        after[length - 1]++;
        return after;
    }

    private static long millis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException beyond) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
