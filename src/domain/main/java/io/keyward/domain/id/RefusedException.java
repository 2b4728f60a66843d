package io.keyward.domain.id;

/// Refuses an input: a stable code for machines and one sentence for people. Never thrown for a defect of
/// Keyward.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RefusalCode code;

    /// @param code the public refusal code
    /// @param detail one sentence that names the input and what was expected; never contains the payload
    public RefusedException(RefusalCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /// Refuses a field with an invalid value.
    ///
    /// @param detail one sentence that names the field and what was expected
    public static RefusedException invalidField(String detail) {
        return new RefusedException(RefusalCode.INVALID_FIELD, detail);
    }

    /// The public refusal code.
    public RefusalCode code() {
        return code;
    }

    /// One sentence for people: what was wrong and what was expected.
    public String detail() {
        return getMessage();
    }
}
