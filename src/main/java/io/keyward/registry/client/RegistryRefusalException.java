package io.keyward.registry.client;

/// A definite no of the registry, with its error code: the same request will never succeed as things are.
public final class RegistryRefusalException extends RegistryException {
    public static final int SUBJECT_NOT_FOUND = 40401;
    public static final int VERSION_NOT_FOUND = 40402;
    public static final int SCHEMA_NOT_FOUND = 40403;
    public static final int INCOMPATIBLE_SCHEMA = 409;
    public static final int INVALID_SCHEMA = 42201;

    private final int code;

    public RegistryRefusalException(int code, String message) {
        super(message);
        this.code = code;
    }

    /// Confluent's error code: an HTTP status, or five digits that begin with one.
    public int code() {
        return code;
    }

    /// Whether no Avro schema can ever be had for what was asked: it does not exist, or is not Avro.
    public boolean deniesSchema() {
        return code == SCHEMA_NOT_FOUND || code == INVALID_SCHEMA;
    }
}
