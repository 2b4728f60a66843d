package io.keyward.bench.measure;

/// A subject with the settings that it is started with. Only the product has variants.
public record SubjectVariant(Subject subject, ProductVariant variant) {
    public SubjectVariant {
        if (!variant.isStandard() && !subject.isProduct()) {
            throw new IllegalArgumentException(subject.label() + " has no variants");
        }
    }

    public static SubjectVariant standard(Subject subject) {
        return new SubjectVariant(subject, ProductVariant.STANDARD);
    }

    /// The name in the table and of its log.
    public String label() {
        return variant.isStandard() ? subject.label() : subject.label() + "-" + variant.name();
    }
}
