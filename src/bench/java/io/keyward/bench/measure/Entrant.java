package io.keyward.bench.measure;

/// A subject as it is started: with the settings of a variant. Only the product has variants.
public record Entrant(Subject subject, Variant variant) {
    public Entrant {
        if (!variant.isStandard() && !subject.isProduct()) {
            throw new IllegalArgumentException(subject.label() + " has no variants");
        }
    }

    public static Entrant standard(Subject subject) {
        return new Entrant(subject, Variant.STANDARD);
    }

    /// The name in the table and of its log.
    public String label() {
        return variant.isStandard() ? subject.label() : subject.label() + "-" + variant.name();
    }
}
