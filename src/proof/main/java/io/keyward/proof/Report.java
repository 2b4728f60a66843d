package io.keyward.proof;

import java.util.List;
import java.util.function.ToLongFunction;

/// The result of a proof.
///
/// @param environments how many were verified, the keys, tenants and output records likewise
/// @param findings what is wrong: as many as fit, see `omitted`
/// @param unverifiable what could be neither proved nor disproved
/// @param omitted how many findings and unverifiable ones there are besides those listed
public record Report(
        long environments,
        long keys,
        long tenants,
        long outputs,
        List<ProofFinding> findings,
        List<Unverifiable> unverifiable,
        long omitted) {
    /// How many findings a report of one group of partitions lists, so that a state that is wrong as a whole fits into
    /// memory.
    public static final int LISTED = 10_000;

    public Report {
        findings = List.copyOf(findings);
        unverifiable = List.copyOf(unverifiable);
    }

    /// Whether everything was verified, and nothing is wrong.
    public boolean holds() {
        return findings.isEmpty() && unverifiable.isEmpty() && omitted == 0;
    }

    /// The reports of several groups of partitions together.
    public static Report joined(List<Report> parts) {
        return new Report(
                sum(parts, Report::environments),
                sum(parts, Report::keys),
                sum(parts, Report::tenants),
                sum(parts, Report::outputs),
                parts.stream().flatMap(part -> part.findings.stream()).toList(),
                parts.stream().flatMap(part -> part.unverifiable.stream()).toList(),
                sum(parts, Report::omitted));
    }

    private static long sum(List<Report> parts, ToLongFunction<Report> count) {
        return parts.stream().mapToLong(count).sum();
    }
}
