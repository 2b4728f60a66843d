package io.keyward.bench.measure;

/// A subject and its settings. Only the product has variants.
public record SubjectVariant(Subject subject, ProductVariant variant) {
    public SubjectVariant {
        if (!variant.isStandard() && !subject.isProduct()) {
            throw new IllegalArgumentException(subject.label() + " has no variants");
        }
    }

    public static SubjectVariant standard(Subject subject) {
        return new SubjectVariant(subject, ProductVariant.STANDARD);
    }

    /// The name in the table and in the log's file name.
    public String label() {
        return variant.isStandard() ? subject.label() : subject.label() + "-" + variant.name();
    }
}
