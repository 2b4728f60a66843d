package io.keyward.bench.flink;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/// Serializes the domain's immutable objects for Flink. On the heap they are stored as objects, on disk in the
/// product's binary form.
public final class CodecSerializer<T> extends TypeSerializer<T> {
    private final Kind kind;
    private transient StateCodec<T> codec;

    enum Kind {
        ENVIRONMENT,
        KEY,
        TENANT
    }

    private CodecSerializer(Kind kind) {
        this.kind = kind;
    }

    static CodecSerializer<EnvironmentState> ofEnvironments() {
        return new CodecSerializer<>(Kind.ENVIRONMENT);
    }

    static CodecSerializer<KeyFacts> ofKeys() {
        return new CodecSerializer<>(Kind.KEY);
    }

    static CodecSerializer<TenantState> ofTenants() {
        return new CodecSerializer<>(Kind.TENANT);
    }

    @SuppressWarnings("unchecked") // the factory methods ensure that the kind matches the type
    private StateCodec<T> codec() {
        if (codec == null) {
            codec = (StateCodec<T>)
                    switch (kind) {
                        case ENVIRONMENT -> StateCodec.ENVIRONMENTS;
                        case KEY -> StateCodec.KEYS;
                        case TENANT -> StateCodec.TENANTS;
                    };
        }
        return codec;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        byte[] bytes = codec().write(value);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return codec().read(bytes);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length);
    }

    @Override
    public T copy(T value) {
        return value;
    }

    @Override
    public T copy(T value, T reuse) {
        return value;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new CodecSerializer<>(kind);
    }

    @Override
    public T createInstance() {
        throw new UnsupportedOperationException("Immutable objects are not made empty");
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecSerializer<?> serializer && serializer.kind == kind;
    }

    @Override
    public int hashCode() {
        return kind.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        Snapshot<T> snapshot = new Snapshot<>();
        snapshot.kind = kind;
        return snapshot;
    }

    /// What a checkpoint stores about the serializer.
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
        private Kind kind = Kind.ENVIRONMENT;

        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(kind.name());
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
            kind = Kind.valueOf(in.readUTF());
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new CodecSerializer<>(kind);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
    }
}
